import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useWorkbench } from '../state/hooks';

export interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** The buttons, the affirmative one last. */
  readonly actions?: ReactNode;
  readonly wide?: boolean;
  /** What Esc does; closes without doing anything when absent. */
  readonly onDismiss?: () => void;
}

/** The browser's own modal dialog: it keeps the focus inside and gives it back. */
export function Dialog({ title, children, actions, wide, onDismiss }: DialogProps) {
  const { ui } = useWorkbench();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const dismiss = onDismiss ?? (() => ui.setState({ dialog: null }));
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
  const { ui } = useWorkbench();
  return (
    <button type="button" className="button" onClick={() => ui.setState({ dialog: null })}>
      {label}
    </button>
  );
}
