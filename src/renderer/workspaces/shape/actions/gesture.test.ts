import { describe, expect, it } from 'vitest';
import { setPlaneOffset } from '../../../../shared/document/edits';
import { selectTarget } from './edit';
import { followGesture } from './gesture';
import { cube, fakeWorkbench } from '../../../workbench/actions/testing';
import { shapeSlice } from '../state';

const offsetOf = (workbench: ReturnType<typeof fakeWorkbench>): number =>
  workbench.document.state().document.parts[0].planes[0].offset;

function dragged() {
  const workbench = fakeWorkbench([cube('a')]);
  followGesture(workbench, {
    phase: 'start',
    command: 'plane.move',
    title: 'Move plane',
    select: { partIds: ['a'], plane: 0 },
  });
  for (const offset of [0.21, 0.25, 0.3]) {
    followGesture(workbench, { phase: 'move', edit: setPlaneOffset('a', 0, offset) });
  }
  return workbench;
}

describe('dragging a plane', () => {
  it('selects the plane and moves it without an undo entry until it is let go', () => {
    const workbench = dragged();
    expect(offsetOf(workbench)).toBe(0.3);
    expect(workbench.document.state()).toMatchObject({
      undoTitle: null,
      selection: { partIds: ['a'], plane: 0 },
    });
    followGesture(workbench, { phase: 'commit' });
    expect(workbench.document.state().undoTitle).toBe('Move plane');
    workbench.document.undo();
    expect(offsetOf(workbench)).toBe(0.2);
    expect(workbench.document.state().undoTitle).toBeNull();
  });

  it('restores everything on Esc and ignores the pointer afterwards', () => {
    const workbench = dragged();
    followGesture(workbench, { phase: 'cancel' });
    followGesture(workbench, { phase: 'move', edit: setPlaneOffset('a', 0, 0.4) });
    followGesture(workbench, { phase: 'commit' });
    expect(offsetOf(workbench)).toBe(0.2);
    expect(workbench.document.state()).toMatchObject({ undoTitle: null, redoTitle: null });
  });

  it('never makes the part empty', () => {
    const workbench = dragged();
    followGesture(workbench, { phase: 'move', edit: setPlaneOffset('a', 0, -9) });
    expect(offsetOf(workbench)).toBeGreaterThan(-0.2);
    expect(shapeSlice.get(workbench).drag?.title).toBe('Move plane');
  });

  it('ends at an edit that cannot be made, says why once, and leaves no trace in the document', () => {
    const workbench = dragged();
    for (let move = 0; move < 3; move++) {
      followGesture(workbench, { phase: 'move', edit: setPlaneOffset('gone', 0, 0.1) });
    }
    expect(workbench.jobs.store.getState().map(({ problem }) => problem?.code)).toEqual(['unknown-part']);
    expect(shapeSlice.get(workbench).drag).toBeNull();
    expect(offsetOf(workbench)).toBe(0.2);
  });
});

describe('clicking in the viewport', () => {
  it('selects the part first, its plane on the second click, and nothing beside it', () => {
    const workbench = fakeWorkbench([cube('a'), cube('b', 1)]);
    const selection = () => workbench.document.state().selection;
    selectTarget(workbench, { partId: 'a', plane: 3 }, false);
    expect(selection()).toEqual({ partIds: ['a'], plane: null });
    selectTarget(workbench, { partId: 'a', plane: 3 }, false);
    expect(selection()).toEqual({ partIds: ['a'], plane: 3 });
    selectTarget(workbench, { partId: 'b', plane: 1 }, true);
    expect(selection()).toEqual({ partIds: ['a', 'b'], plane: null });
    selectTarget(workbench, null, false);
    expect(selection()).toEqual({ partIds: [], plane: null });
  });
});
