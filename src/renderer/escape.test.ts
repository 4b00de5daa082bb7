import { describe, expect, it } from 'vitest';
import { reconstructSlice } from './workspaces/reconstruct/state';
import { startFit } from './workspaces/shape/actions/fit';
import { exportDialog } from './workspaces/shape/dialogs/handles';
import { WORKSPACES } from './workspaces';
import { shapeSlice } from './workspaces/shape/state';
import { cube, fakeWorkbench, openedCube } from './workbench/actions/testing';
import { escape } from './workbench/commands/escape';

function busy() {
  const workbench = fakeWorkbench([cube('a')], {}, WORKSPACES);
  shapeSlice.set(workbench, { source: { request: { token: 'token' }, opened: openedCube, embedded: false } });
  void startFit(workbench);
  workbench.document.select({ partIds: ['a'], plane: null });
  return workbench;
}

const selected = ({ document }: ReturnType<typeof busy>): number => document.state().selection.partIds.length;

describe('Esc', () => {
  it('cancels a running fit before it clears the selection', async () => {
    const workbench = busy();
    escape(workbench);
    expect([workbench.started[0].cancelled(), selected(workbench)]).toEqual([true, 1]);
    await workbench.started[0].fail({ code: 'cancelled', message: '' });
    escape(workbench);
    expect(selected(workbench)).toBe(0);
    escape(workbench);
  });

  it('leaves the fit to run while something before it is ended', () => {
    for (const first of ['drag', 'dialog', 'renaming', 'box'] as const) {
      const workbench = busy();
      if (first === 'drag') {
        const mark = workbench.document.mark();
        shapeSlice.set(workbench, { drag: { mark, command: 'plane.move', title: 'Move plane' } });
      }
      if (first === 'dialog') exportDialog.open(workbench, {});
      if (first === 'renaming') shapeSlice.set(workbench, { renaming: 'a' });
      if (first === 'box') {
        workbench.ui.setState({ workspace: 'reconstruct' });
        reconstructSlice.set(workbench, {
          drawing: true,
          picture: { inspected: { mask: new Uint8Array(1) } } as never,
        });
      }
      escape(workbench);
      expect([first, workbench.started[0].cancelled(), selected(workbench)]).toEqual([first, false, 1]);
      if (first === 'box') expect(reconstructSlice.get(workbench).drawing).toBe(false);
    }
  });
});
