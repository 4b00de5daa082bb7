import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useWorkbench } from '../state/hooks';
import { closeDialog } from './handle';

export interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** The buttons, the affirmative one last. */
  readonly actions?: ReactNode;
  readonly wide?: boolean;
  /** What Esc does; closes without doing anything when absent. */
  readonly onDismiss?: () => void;
}

/**
 * Shows a dialog and moves the focus to the element marked with `data-focus`: the browser would take the first one,
 * which is not always the one that a person needs. Returns how to close it.
 */
export function openModal(dialog: HTMLDialogElement | null): () => void {
  dialog?.showModal();
  dialog?.querySelector<HTMLElement>('[data-focus]')?.focus();
  return () => dialog?.close();
}

/** The browser's own modal dialog: it keeps the focus inside and gives it back. */
export function Dialog({ title, children, actions, wide, onDismiss }: DialogProps) {
  const workbench = useWorkbench();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => openModal(ref.current), []);
  const dismiss = onDismiss ?? (() => closeDialog(workbench));
  return (
    <dialog
      ref={ref}
      className={wide ? 'dialog wide' : 'dialog'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        dismiss();
      }}
    >
      <h1 id={titleId}>{title}</h1>
      <div className="dialog-body">{children}</div>
      {actions && <div className="dialog-actions">{actions}</div>}
    </dialog>
  );
}

/** Closes the dialog that is open. */
export function CloseButton({ label = 'Cancel' }: { readonly label?: string }) {
  const workbench = useWorkbench();
  return (
    <button type="button" className="button" onClick={() => closeDialog(workbench)}>
      {label}
    </button>
  );
}
