import { describe, expect, it } from 'vitest';
import type { InspectedImage, Reconstruction } from '../../../../shared/contract/learning';
import { PICTURE, RECONSTRUCTED_CHAIR, timeless } from '../../../../shared/contract/work.fixture';
import { reasonAgainst, runCommand } from '../../../workbench/commands/run';
import { nextCommand } from '../../../workbench/jobs/list';
import { cube, fakeWorkbench, openedCube } from '../../../workbench/actions/testing';
import { unsavedDialog } from '../../shape/dialogs/handles';
import { createDocument } from '../../../../shared/document/build';
import { renamePart } from '../../../../shared/document/edits';
import { openFile } from '../../../workbench/actions/open-file';
import { SHAPE_FILES } from '../../shape/files';
import { RECONSTRUCT_COMMANDS } from '../commands';
import { RECONSTRUCT_FILES } from '../files';
import type { Workspace } from '../../../workbench/state/workbench';
import { chooseBox, openPicture, openSourceAsPicture, reconstruct } from './reconstruct';
import { acceptReconstruction } from './reconstruct-accept';
import { findSimilar } from './reconstruct-similar';
import { followDocumentSource } from './reconstruct-source';
import { save } from '../../shape/actions/save';
import { shapeSlice } from '../../shape/state';
import { reconstructSlice } from '../state';

const WORKSPACES: readonly Workspace[] = [
  { name: 'shape', commands: [], files: SHAPE_FILES },
  { name: 'reconstruct', commands: [RECONSTRUCT_COMMANDS], files: RECONSTRUCT_FILES },
];

const grant = { token: 'picture-token', name: 'mug.jpg', bytes: 12 };
const picture = { width: 2, height: 2, rgba: new Uint8Array(16) };

const inspected: InspectedImage = {
  name: 'mug.jpg',
  sha256: 'a'.repeat(64),
  input: 'rgb',
  picture,
  width: 4,
  height: 4,
  mask: new Uint8Array([0, 255, 0, 255]),
  maskFrom: 'background',
  camera: null,
  notes: [],
};

const made: Reconstruction = {
  shape: { parts: [cube('part-01', 3), cube('part-02', 7)], sharpness: 75 },
  latent: [0.5, -1],
  model: { name: 'rgb', sha256: 'b'.repeat(64), input: 'rgb' },
  frame: { origin: [0, 0, 0], metresPerUnit: 0.3, upAxis: 'y' },
  metric: false,
  cameraToShape: null,
  observed: null,
  refined: false,
  seen: picture,
  backend: 'wasm',
  secondsPerStage: { encode: 0.1 },
  notes: [],
};

/** A workbench that has looked at a picture and reconstructed it. */
async function reconstructed(parts = [] as Parameters<typeof fakeWorkbench>[0]) {
  const workbench = fakeWorkbench(parts, { writeSettings: async () => undefined }, WORKSPACES);
  void openPicture(workbench, grant);
  await workbench.started[0].succeed(inspected);
  await workbench.started[1].succeed(made, 0.8);
  return workbench;
}

describe('a reconstruction whose document is gone', () => {
  it('can be accepted neither from the dock nor anywhere else, and is not lost', async () => {
    const workbench = await reconstructed();
    const [job] = workbench.jobs.store.getState();
    const reason = (): string | null => reasonAgainst(workbench, 'reconstruct.accept');
    expect(reason()).toBeNull();
    expect(nextCommand(job, workbench.document.state().generation)).toBe('reconstruct.accept');

    workbench.document.reset({ ...workbench.document.state().document, id: 'other', parts: [cube('own')] });
    expect(reason()).toContain('another document');
    expect(runCommand(workbench, 'reconstruct.accept')).toBe(false);
    expect(nextCommand(job, workbench.document.state().generation)).toBeNull();
    expect(workbench.document.state().document.parts.map(({ id }) => id)).toEqual(['own']);
    expect(reconstructSlice.get(workbench).result?.reconstruction).toBe(made);

    void reconstruct(workbench, false);
    await workbench.started[2].succeed(made, 0.8);
    expect(reason()).toBeNull();
  });

  it('belongs to the document that was open when it was asked for, not when it was done', async () => {
    const workbench = fakeWorkbench([], { writeSettings: async () => undefined }, WORKSPACES);
    void openPicture(workbench, grant);
    await workbench.started[0].succeed(inspected);
    workbench.document.reset(createDocument('other', undefined, 'other'));
    await workbench.started[1].succeed(made);
    const [job] = workbench.jobs.store.getState();
    expect(nextCommand(job, workbench.document.state().generation)).toBeNull();
    expect(reasonAgainst(workbench, 'reconstruct.accept')).toContain('another document');
  });

  /** Another document with unsaved work, opened after the reconstruction. */
  async function elsewhere() {
    const workbench = await reconstructed();
    expect(reasonAgainst(workbench, 'reconstruct.replace')).toContain('accept it');
    workbench.document.reset({ ...createDocument('other', undefined, 'other'), parts: [cube('mine')] });
    const edit = renamePart('mine', 'edited');
    workbench.document.apply({ command: 'part.rename', title: 'Rename part', edit }, 'immediate');
    return workbench;
  }

  it('replaces unsaved work only after a question, and belongs to that document from then on', async () => {
    const workbench = await elsewhere();
    const { document } = workbench.document.state();
    expect(runCommand(workbench, 'reconstruct.replace')).toBe(true);
    expect(workbench.document.state().document).toBe(document);
    const question = unsavedDialog.in(workbench.ui.getState());
    expect(question).not.toBeNull();
    question?.proceed();
    expect(workbench.document.state().document.parts).toEqual(made.shape.parts);
    expect(reasonAgainst(workbench, 'reconstruct.accept')).toBeNull();
    workbench.document.undo();
    expect(workbench.document.state().document.parts).toEqual(document.parts);
  });

  it('replaces what is saved at once', async () => {
    const workbench = await elsewhere();
    workbench.document.markSaved(workbench.document.state().document);
    runCommand(workbench, 'reconstruct.replace');
    expect(workbench.ui.getState().dialog).toBeNull();
    expect(workbench.document.state().document.parts).toEqual(made.shape.parts);
  });
});

describe('a dropped picture', () => {
  it('is looked at, shown beside the shape, and reconstructed by the model for its kind', async () => {
    const workbench = await reconstructed();
    expect(workbench.started[0].request).toEqual({
      kind: 'inspect-image',
      image: { token: 'picture-token' },
    });
    expect(workbench.started[1].request).toMatchObject({
      kind: 'reconstruct',
      model: { name: 'rgb' },
      refine: false,
    });
    expect(workbench.ui.getState().workspace).toBe('reconstruct');
    expect(reconstructSlice.get(workbench)).toMatchObject({
      running: null,
      drawing: false,
      result: { seconds: 0.8 },
    });
    expect(workbench.jobs.store.getState()[0]).toMatchObject({
      outcome: '2 parts in 0.8 s',
      next: { command: 'reconstruct.accept', generation: workbench.document.state().generation },
    });
    expect(workbench.document.state().document.parts).toEqual([]);
  });

  it('leads here by its name, and asks nothing about unsaved work', () => {
    const workbench = fakeWorkbench([cube('a')], {}, WORKSPACES);
    workbench.document.apply(
      {
        command: 'x',
        title: 'x',
        edit: (document) => ({ ok: true, value: { ...document, name: 'edited' } }),
      },
      'immediate',
    );
    openFile(workbench, grant);
    expect(workbench.started[0].request.kind).toBe('inspect-image');
    expect(workbench.ui.getState().dialog).toBeNull();
  });

  it('that is a depth image can be fitted from Shape, and comes here from Reconstruct', async () => {
    const depth = { ...inspected, input: 'depth' as const };
    const png = { ...grant, name: 'mug.png' };
    const inShape = fakeWorkbench([], {}, WORKSPACES);
    openFile(inShape, png);
    await inShape.started[0].succeed(depth);
    expect(inShape.started[1].request).toEqual({ kind: 'open', source: { token: 'picture-token' } });

    const here = fakeWorkbench([], { writeSettings: async () => undefined }, WORKSPACES);
    here.ui.setState({ workspace: 'reconstruct' });
    openFile(here, png);
    await here.started[0].succeed(depth);
    expect(here.started[1].request).toMatchObject({ kind: 'reconstruct', model: { name: 'depth' } });
  });

  it('without an outline waits for a box, which goes with every later request', async () => {
    const workbench = fakeWorkbench([], { writeSettings: async () => undefined }, WORKSPACES);
    void openPicture(workbench, grant);
    await workbench.started[0].succeed({ ...inspected, mask: null, maskFrom: null });
    expect(workbench.started).toHaveLength(1);
    expect(reconstructSlice.get(workbench).drawing).toBe(true);
    expect(reasonAgainst(workbench, 'reconstruct.run')).toContain('box');
    const box = { x: 1, y: 1, width: 2, height: 2 };
    void chooseBox(workbench, box);
    await workbench.started[1].succeed({ ...inspected, maskFrom: 'box' });
    expect(workbench.started[2].request).toMatchObject({ image: { token: 'picture-token', box } });
  });

  it('comes back from the document with the box that was drawn', async () => {
    const workbench = await reconstructed();
    const box = { x: 1, y: 1, width: 2, height: 2 };
    void chooseBox(workbench, box);
    await workbench.started[2].succeed({ ...inspected, maskFrom: 'box' });
    await workbench.started[3].succeed(made);
    acceptReconstruction(workbench);
    void openSourceAsPicture(workbench);
    expect(workbench.started[4].request).toEqual({
      kind: 'inspect-image',
      image: { token: 'picture-token', box },
    });
  });

  it('replaces one that is still being reconstructed, whose late answer is dropped', async () => {
    const workbench = fakeWorkbench([], { writeSettings: async () => undefined }, WORKSPACES);
    void openPicture(workbench, grant);
    await workbench.started[0].succeed(inspected);
    void openPicture(workbench, { ...grant, name: 'chair.jpg' });
    await workbench.started[2].succeed({ ...inspected, name: 'chair.jpg' });
    expect(workbench.started[1].cancelled()).toBe(true);
    await workbench.started[1].succeed(made);
    const { result, picture: shown, running } = reconstructSlice.get(workbench);
    expect(result).toBeNull();
    expect(shown?.name).toBe('chair.jpg');
    expect(running).not.toBeNull();
  });

  it('that cannot be reconstructed leaves an error and the picture', async () => {
    const workbench = fakeWorkbench([], { writeSettings: async () => undefined }, WORKSPACES);
    void openPicture(workbench, grant);
    await workbench.started[0].succeed(inspected);
    await workbench.started[1].fail({ code: 'model-missing', message: 'The model rgb is missing.' });
    expect(reconstructSlice.get(workbench)).toMatchObject({ running: null, result: null, lastJob: 2 });
    expect(workbench.jobs.store.getState()[0].problem?.code).toBe('model-missing');
  });
});

describe('refining', () => {
  it('continues on the same picture and says what it gained or that it did not', async () => {
    const workbench = await reconstructed();
    void reconstruct(workbench, true);
    expect(workbench.started[2].request).toMatchObject({ kind: 'reconstruct', refine: true });
    workbench.started[2].listeners.onPreview?.(made.shape);
    expect(reconstructSlice.get(workbench).preview).toBe(made.shape);
    const observed = { before: 11.2, after: 5.85, of: 'of the observed places on the wrong side' };
    await workbench.started[2].succeed({ ...made, refined: true, observed }, 3);
    expect(reconstructSlice.get(workbench).preview).toBeNull();
    expect(workbench.jobs.store.getState()[0].outcome).toBe(
      '2 parts in 3.0 s, observed error 11.2 \u2192 5.85 %: accepted',
    );
    void reconstruct(workbench, true);
    await workbench.started[3].succeed({ ...made, refined: true, observed: { ...observed, after: 11.2 } }, 3);
    expect(workbench.jobs.store.getState()[0].outcome).toContain('did not fall');
  });
});

describe('accepting', () => {
  it('makes the document that the command line makes, with the box', async () => {
    const workbench = fakeWorkbench([], { writeSettings: async () => undefined });
    void openPicture(workbench, { token: 'chair', name: PICTURE.file, bytes: PICTURE.bytes });
    await workbench.started[0].succeed({ ...PICTURE.seen, mask: null, maskFrom: null });
    void chooseBox(workbench, PICTURE.box);
    await workbench.started[1].succeed(PICTURE.seen);
    await workbench.started[2].succeed(PICTURE.made);
    acceptReconstruction(workbench);
    expect(timeless(workbench.document.state().document)).toEqual(RECONSTRUCTED_CHAIR);
  });

  it('is one entry with picture, frame, model and seed; undo brings back shape and source', async () => {
    const workbench = await reconstructed([cube('a')]);
    const before = { ...workbench.document.state().document, source: openedCube.reference };
    workbench.document.reset(before);
    const source = { request: { token: 'mesh' }, opened: openedCube, embedded: false };
    shapeSlice.set(workbench, { source, project: grant });
    followDocumentSource(workbench);

    acceptReconstruction(workbench);
    const { document, undoTitle } = workbench.document.state();
    expect(document).toMatchObject({
      name: 'mug',
      frame: made.frame,
      parts: made.shape.parts,
      source: { name: 'mug.jpg', kind: 'image', sha256: 'a'.repeat(64), byteLength: 12 },
      recipe: { method: 'reconstruct', seed: 1, modelHash: 'b'.repeat(64), options: { model: 'rgb' } },
    });
    expect(document.adoptedParts).toBe(document.parts);
    expect(undoTitle).toBe('Accept the reconstruction');
    expect(workbench.ui.getState().workspace).toBe('shape');
    expect(shapeSlice.get(workbench)).toMatchObject({
      source: null,
      project: null,
      picture: { request: { token: 'picture-token' } },
    });

    workbench.document.undo();
    expect(workbench.document.state().document).toMatchObject({ name: before.name, source: before.source });
    expect(shapeSlice.get(workbench)).toMatchObject({ source, picture: null });
    workbench.document.redo();
    expect(shapeSlice.get(workbench)).toMatchObject({
      source: null,
      picture: { request: { token: 'picture-token' } },
    });
  });

  it('lets the picture travel in the project file', async () => {
    const workbench = await reconstructed();
    acceptReconstruction(workbench);
    shapeSlice.set(workbench, { project: grant });
    void save(workbench);
    expect(workbench.started.at(-1)?.request).toMatchObject({
      kind: 'save-project',
      source: { token: 'picture-token' },
    });
  });
});

describe('similar parts', () => {
  it('are asked for by the learned index of the selected part', async () => {
    const workbench = await reconstructed();
    const reason = () => reasonAgainst(workbench, 'reconstruct.similar');
    expect(reason()).toContain('Select a part');
    reconstructSlice.set(workbench, { selected: 'part-02' });
    expect(reason()).toBeNull();
    void findSimilar(workbench, 'part');
    expect(workbench.started[2].request).toMatchObject({ kind: 'retrieve', part: 7, latent: [0.5, -1] });
    const shapes = [{ id: '1', family: 'mug', distance: 0.1, latent: [0, 0], shape: made.shape }];
    await workbench.started[2].succeed({ shapes });
    expect(reconstructSlice.get(workbench).similar).toEqual({
      part: { index: 7, name: 'part-02' },
      shapes,
    });
  });
});
