import { describe, expect, it } from 'vitest';
import { followPlaneDrag } from './drag';
import { selectTarget } from './edit';
import { cube, fakeWorkbench } from '../../../workbench/actions/testing';
import { shapeSlice } from '../state';

const offsetOf = (workbench: ReturnType<typeof fakeWorkbench>): number =>
  workbench.document.state().document.parts[0].planes[0].offset;

function dragged() {
  const workbench = fakeWorkbench([cube('a')]);
  followPlaneDrag(workbench, { phase: 'start', partId: 'a', plane: 0 });
  for (const offset of [0.21, 0.25, 0.3]) {
    followPlaneDrag(workbench, { phase: 'move', partId: 'a', plane: 0, offset, snappedTo: null });
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
    followPlaneDrag(workbench, { phase: 'commit' });
    expect(workbench.document.state().undoTitle).toBe('Move plane');
    workbench.document.undo();
    expect(offsetOf(workbench)).toBe(0.2);
    expect(workbench.document.state().undoTitle).toBeNull();
  });

  it('restores everything on Esc and ignores the pointer afterwards', () => {
    const workbench = dragged();
    followPlaneDrag(workbench, { phase: 'cancel' });
    followPlaneDrag(workbench, { phase: 'move', partId: 'a', plane: 0, offset: 0.4, snappedTo: null });
    followPlaneDrag(workbench, { phase: 'commit' });
    expect(offsetOf(workbench)).toBe(0.2);
    expect(workbench.document.state()).toMatchObject({ undoTitle: null, redoTitle: null });
  });

  it('never makes the part empty', () => {
    const workbench = dragged();
    followPlaneDrag(workbench, { phase: 'move', partId: 'a', plane: 0, offset: -9, snappedTo: null });
    expect(offsetOf(workbench)).toBeGreaterThan(-0.2);
    expect(shapeSlice.get(workbench).drag?.offset).toBe(offsetOf(workbench));
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
