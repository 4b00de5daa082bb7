import type { ComponentType } from 'react';
import type { UiState, UiStore } from '../state/ui';

/** One kind of dialog: how to open it and whether it is open. What it looks like is registered; see `showsDialog`. */
export interface DialogHandle<P extends object> {
  readonly key: symbol;
  open(holder: { readonly ui: UiStore }, props: P): void;
  /** What it was opened with; null when it is not the one that is open. */
  in(state: UiState): P | null;
}

/** A dialog with its looks. */
export interface DialogView {
  readonly key: symbol;
  readonly View: ComponentType<object>;
}

export function createDialog<P extends object = object>(name: string): DialogHandle<P> {
  const key = Symbol(name);
  return {
    key,
    open: ({ ui }, props) => ui.setState({ dialog: { key, props } }),
    in: ({ dialog }) => (dialog?.key === key ? (dialog.props as P) : null),
  };
}

/** Says what a dialog looks like. Apart from its handle, so that actions can open what the dialog calls actions for. */
export function showsDialog<P extends object>(handle: DialogHandle<P>, View: ComponentType<P>): DialogView {
  // The handle is the only one that opens it, and opens it with P.
  return { key: handle.key, View: View as ComponentType<object> };
}

export function closeDialog({ ui }: { readonly ui: UiStore }): void {
  ui.setState({ dialog: null });
}
