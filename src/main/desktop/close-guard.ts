import { dialog, type BrowserWindow } from 'electron';

export interface UnsavedState {
  readonly unsaved: boolean;
  readonly title: string;
}

/** Keeps a window from closing over unsaved work without asking. */
export interface CloseGuard {
  setUnsaved(state: UnsavedState): void;
  /** The person gave up the save that closing had asked for: the window stays. */
  saveWasCancelled(): void;
}

export function guardClose(window: BrowserWindow, save: () => void): CloseGuard {
  let state: UnsavedState = { unsaved: false, title: '' };
  let closeAfterSave = false;
  let asking = false;

  const ask = async (): Promise<void> => {
    asking = true;
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: `Save the changes to ${state.title || 'this shape'}?`,
      detail: 'What is not saved is lost when the window closes.',
      buttons: ['Save', "Don't save", 'Cancel'],
      defaultId: 0,
      cancelId: 2,
    });
    asking = false;
    if (window.isDestroyed()) return;
    if (response === 1) {
      state = { ...state, unsaved: false };
      window.close();
    } else if (response === 0) {
      closeAfterSave = true;
      save();
    }
  };

  window.on('close', (event) => {
    if (!state.unsaved) return;
    event.preventDefault();
    if (!asking) void ask();
  });

  return {
    setUnsaved: (next) => {
      state = next;
      window.setTitle(next.title ? `${next.unsaved ? '\u2022 ' : ''}${next.title} - Halfspace` : 'Halfspace');
      window.setDocumentEdited(next.unsaved);
      if (!next.unsaved && closeAfterSave) window.close();
    },
    saveWasCancelled: () => {
      closeAfterSave = false;
    },
  };
}
