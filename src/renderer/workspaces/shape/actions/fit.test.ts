import { describe, expect, it } from 'vitest';
import type { FitResult } from '../../../../shared/contract/jobs';
import { FITTED_MUG, MUG, timeless } from '../../../../shared/contract/work.fixture';
import { setOffset } from './edit';
import { openProjectOrSource } from './open';
import { adoptFit, discardFit, startFit } from './fit';
import { cube, fakeWorkbench, openedCube } from '../../../workbench/actions/testing';
import { shapeSlice } from '../state';

const result: FitResult = {
  shape: { parts: [cube('part-1', 0), cube('part-2', 1)], sharpness: 120 },
  figures: {
    iou: 0.953,
    smoothIou: 0.94,
    chamferL1: 0.01,
    fScore: 90,
    partCount: 2,
    totalPlanes: 12,
    totalVertices: 16,
    unionVolume: 1,
    sumOfVolumes: 1.1,
    uncoveredVolume: 0,
  },
  steps: 100,
  stopped: 'converged',
  backend: 'wasm',
  secondsPerStage: {},
};

function withSource(parts = [] as Parameters<typeof fakeWorkbench>[0]) {
  const workbench = fakeWorkbench(parts);
  shapeSlice.set(workbench, { source: { request: { token: 'token' }, opened: openedCube, embedded: false } });
  void startFit(workbench);
  return workbench;
}

describe('a fit', () => {
  it('of a file makes the document that the command line makes', async () => {
    const workbench = fakeWorkbench([], { writeSettings: async () => undefined });
    openProjectOrSource(workbench, { token: 'mug', name: MUG.file, bytes: 9 });
    await workbench.started[0].succeed(MUG.opened);
    void startFit(workbench);
    await workbench.started[1].succeed(MUG.fit);
    expect(timeless(workbench.document.state().document)).toEqual(FITTED_MUG);
  });

  it('is adopted as one entry when nothing would be lost, with its recipe', async () => {
    const workbench = withSource();
    await workbench.started[0].succeed(result, 2.13);
    const { document, undoTitle } = workbench.document.state();
    expect(document.parts).toEqual(result.shape.parts);
    expect(document.adoptedParts).toBe(document.parts);
    expect(document.recipe).toMatchObject({ method: 'fit', seed: 1, options: { parts: 24, planes: 16 } });
    expect(undoTitle).toBe('Fit parts');
    expect(workbench.jobs.store.getState()[0]).toMatchObject({
      state: 'finished',
      outcome: '2 parts, IoU 0.95 in 2.1 s',
      next: { command: 'file.export' },
    });
    workbench.document.undo();
    expect(workbench.document.state().document.parts).toEqual([]);
  });

  it('says that it is exact where it is', async () => {
    const workbench = withSource();
    await workbench.started[0].succeed({ ...result, stopped: 'exact' }, 0.42);
    expect(workbench.jobs.store.getState()[0].outcome).toBe('2 parts, exact in 0.4 s');
  });

  it('shows previews without ever writing them into the document or its history', async () => {
    const workbench = withSource();
    const before = workbench.document.state().document;
    workbench.started[0].listeners.onPreview?.(result.shape);
    expect(shapeSlice.get(workbench).preview).toBe(result.shape);
    expect(workbench.document.state().document).toBe(before);
    await workbench.started[0].fail({ code: 'cancelled', message: '' });
    expect(shapeSlice.get(workbench)).toMatchObject({ preview: null, fitJob: null });
    expect(workbench.document.state()).toMatchObject({ document: before, undoTitle: null });
  });

  it('waits to be adopted when the document has edits', async () => {
    const workbench = withSource();
    await workbench.started[0].succeed(result);
    setOffset(workbench, 'part-1', 0, 0.15);
    const edited = workbench.document.state().document;
    void startFit(workbench);
    await workbench.started[1].succeed(result);
    expect(workbench.document.state().document).toBe(edited);
    const { proposal } = shapeSlice.get(workbench);
    expect(proposal?.result).toBe(result);
    discardFit(workbench);
    expect(workbench.document.state().document).toBe(edited);
    if (proposal) adoptFit(workbench, proposal);
    expect(workbench.document.state().document.parts).toBe(result.shape.parts);
    workbench.document.undo();
    expect(workbench.document.state().document.parts).toEqual(edited.parts);
  });

  it('starts from the document only when something in it is locked', () => {
    expect(withSource([cube('a')]).started[0].request).not.toHaveProperty('initial');
    const locked = withSource([{ ...cube('a'), locked: true }]);
    expect(locked.started[0].request).toHaveProperty('initial.parts.0.id', 'a');
  });

  it('says in its line when more parts are locked than were asked for', async () => {
    const outcome = async (asked: number): Promise<string | null> => {
      const workbench = fakeWorkbench(['a', 'b', 'c'].map((id, i) => ({ ...cube(id, i), locked: i < 2 })));
      shapeSlice.set(workbench, ({ fit }) => ({
        source: { request: { token: 'token' }, opened: openedCube, embedded: false },
        fit: { ...fit, parts: asked },
      }));
      void startFit(workbench);
      await workbench.started[0].succeed(result, 1);
      return workbench.jobs.store.getState()[0].outcome;
    };
    expect(await outcome(1)).toMatch(/2 parts are locked, so 1 could not be kept to$/);
    expect(await outcome(2)).toBe('2 parts, IoU 0.95 in 1.0 s');
  });

  it('leaves document and window whole when the engine dies, with an error that stays', async () => {
    const workbench = withSource([cube('a')]);
    const before = workbench.document.state().document;
    await workbench.started[0].fail({ code: 'engine-stopped', message: 'The engine stopped.' });
    expect(workbench.document.state().document).toBe(before);
    expect(shapeSlice.get(workbench)).toMatchObject({ fitJob: null, preview: null });
    expect(workbench.ui.getState().dockOpen).toBe(true);
    expect(workbench.jobs.store.getState()[0]).toMatchObject({
      state: 'failed',
      problem: { code: 'engine-stopped' },
    });
  });

  it('does not run twice at once', () => {
    const workbench = withSource();
    void startFit(workbench);
    expect(workbench.started).toHaveLength(1);
  });
});
