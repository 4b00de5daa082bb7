import { describe, expect, it } from 'vitest';
import type { FileGrant } from '../shared/contract/bridge';
import type { FitResult, OpenedSource } from '../shared/contract/jobs';
import { MUG, PICTURE } from '../shared/contract/work.fixture';
import { createDocument } from '../shared/document/build';
import { cube, fakeWorkbench, openedCube } from './workbench/actions/testing';
import { chooseBox, openPicture } from './workspaces/reconstruct/actions/reconstruct';
import { acceptReconstruction } from './workspaces/reconstruct/actions/reconstruct-accept';
import { reconstructSlice } from './workspaces/reconstruct/state';
import { shapeSlice } from './workspaces/shape/state';
import { startFit } from './workspaces/shape/actions/fit';
import {
  openProjectOrSource,
  openProject,
  openSample,
  reopenWithCompletion,
} from './workspaces/shape/actions/open';
import { beginSession, discardRecovery, restoreRecovery } from './workspaces/shape/actions/recovery';
import { save } from './workspaces/shape/actions/save';

const grant = (name: string): FileGrant => ({ token: `token of ${name}`, name, bytes: 1 });
const project = (name: string) => ({
  document: { ...createDocument(name, undefined, name), parts: [cube('a')] },
  source: null,
  notes: [],
});
const depth = (completion: 'none' | 'mirror' | 'ground'): OpenedSource => ({
  ...openedCube,
  reference: { ...openedCube.reference, name: 'mug.exr', kind: 'depth', settings: { completion } },
  frame: { ...openedCube.frame, metresPerUnit: completion === 'none' ? 1 : 3 },
});

/** A promise that a test answers by hand. */
function asked<T>(): { readonly promise: Promise<T>; readonly answer: (value: T) => Promise<void> } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return {
    promise,
    answer: async (value) => {
      resolve(value);
      for (let turn = 0; turn < 8; turn++) await Promise.resolve();
    },
  };
}

/** A window with a depth image open. */
async function withDepth(bridge: Parameters<typeof fakeWorkbench>[1] = {}) {
  const workbench = fakeWorkbench([], {
    writeSettings: async () => undefined,
    clearRecovery: async () => undefined,
    ...bridge,
  });
  openProjectOrSource(workbench, grant('mug.exr'));
  await workbench.started[0].succeed(depth('none'));
  return workbench;
}

describe('an answer that comes late', () => {
  it('about a completion leaves another document alone that was opened meanwhile', async () => {
    const workbench = await withDepth();
    void reopenWithCompletion(workbench, 'mirror');
    openProjectOrSource(workbench, grant('other.halfspace'));
    await workbench.started[2].succeed(project('other'));
    const before = workbench.document.state().document;
    await workbench.started[1].succeed(depth('mirror'));
    expect(workbench.document.state().document).toBe(before);
    expect(shapeSlice.get(workbench).source).toBeNull();
  });

  it('about a completion leaves the one that was chosen after it', async () => {
    const workbench = await withDepth();
    void reopenWithCompletion(workbench, 'mirror');
    void reopenWithCompletion(workbench, 'ground');
    await workbench.started[2].succeed(depth('ground'));
    await workbench.started[1].succeed(depth('mirror'));
    expect(workbench.document.state().document.source?.settings?.completion).toBe('ground');
    expect(shapeSlice.get(workbench).source?.request.completion).toBe('ground');
  });

  it('about a completion leaves a reconstruction that was accepted meanwhile', async () => {
    const workbench = await withDepth();
    void openPicture(workbench, grant(PICTURE.file));
    await workbench.started[1].succeed(PICTURE.seen);
    await workbench.started[2].succeed(PICTURE.made);
    void reopenWithCompletion(workbench, 'mirror');
    acceptReconstruction(workbench);
    await workbench.started[3].succeed(depth('mirror'));
    expect(workbench.document.state().document.source?.kind).toBe('image');
    expect(shapeSlice.get(workbench).source).toBeNull();
  });

  it.each([
    ['a reconstruction was accepted', 'accept'],
    ['the completion changed', 'complete'],
    ['the same project was opened again', 'open'],
  ])('of a fit is dropped when %s meanwhile: it was fitted to something else', async (_, what) => {
    const workbench = await withDepth();
    void openPicture(workbench, grant(PICTURE.file));
    await workbench.started[1].succeed(PICTURE.seen);
    await workbench.started[2].succeed(PICTURE.made);
    void startFit(workbench);
    const fit = workbench.started[3];
    const { id } = workbench.document.state().document;
    if (what === 'accept') acceptReconstruction(workbench);
    if (what === 'complete') {
      void reopenWithCompletion(workbench, 'mirror');
      await workbench.started[4].succeed(depth('mirror'));
    }
    if (what === 'open') {
      openProjectOrSource(workbench, grant('mug.halfspace'));
      const again = { ...project('mug'), document: { ...project('mug').document, id } };
      await workbench.started[4].succeed(again);
    }
    expect(fit.cancelled()).toBe(true);
    const { document } = workbench.document.state();
    fit.listeners.onPreview?.(MUG.fit.shape);
    expect(shapeSlice.get(workbench).preview).toBeNull();
    await fit.succeed(MUG.fit satisfies FitResult);
    expect(workbench.document.state().document).toBe(document);
    expect(shapeSlice.get(workbench)).toMatchObject({ proposal: null, fitJob: null });
  });

  it('of a save does not make the old file that of the document opened meanwhile', async () => {
    let cleared = 0;
    const workbench = await withDepth({ clearRecovery: async () => void cleared++ });
    shapeSlice.set(workbench, { project: grant('old.halfspace') });
    const saved = save(workbench);
    openProjectOrSource(workbench, grant('new.halfspace'));
    await workbench.started[2].succeed(project('new'));
    workbench.document.apply(
      {
        command: 'x',
        title: 'x',
        edit: (document) => ({ ok: true, value: { ...document, name: 'edited' } }),
      },
      'immediate',
    );
    await workbench.started[1].succeed({ files: [], notes: [] });
    expect(await saved).toBe(false);
    expect(shapeSlice.get(workbench).project?.name).toBe('new.halfspace');
    expect(workbench.document.state().unsaved).toBe(true);
    expect(cleared).toBe(0);
  });

  it('about where to save does not write another document there', async () => {
    const where = asked<FileGrant | null>();
    const workbench = await withDepth({ chooseFile: () => where.promise });
    const saved = save(workbench);
    openProjectOrSource(workbench, grant('new.halfspace'));
    await workbench.started[1].succeed(project('new'));
    await where.answer(grant('mug.halfspace'));
    expect(await saved).toBe(false);
    expect(workbench.started).toHaveLength(2);
    expect(workbench.jobs.store.getState()[0].problem?.message).toContain('Another document was opened');
  });

  it('about a sample, unsaved work or the first picture does not take the place of what was opened', async () => {
    const actions = [
      (workbench: Awaited<ReturnType<typeof withDepth>>) => openSample(workbench, 'chair'),
      restoreRecovery,
      discardRecovery,
      beginSession,
    ];
    for (const act of actions) {
      const token = asked<FileGrant>();
      const found = asked<boolean>();
      const workbench = fakeWorkbench([], {
        writeSettings: async () => undefined,
        clearRecovery: async () => undefined,
        grantSample: () => token.promise,
        grantRecovery: () => token.promise,
        hasRecovery: () => found.promise,
      });
      shapeSlice.set(workbench, { samples: [{ name: 'chair', title: 'Chair', kind: 'project' }] });
      void act(workbench);
      void openProject(workbench, grant('mine.halfspace'));
      await workbench.started[0].succeed(project('mine'));
      await found.answer(false);
      await token.answer(grant('chair.halfspace'));
      expect(workbench.started).toHaveLength(1);
      expect(workbench.document.state().document.name).toBe('mine');
    }
  });

  it('about a picture leaves the one that was opened after it, and about a box the newer box', async () => {
    const workbench = await withDepth();
    void openPicture(workbench, grant('first.jpg'));
    void openPicture(workbench, grant('second.jpg'));
    await workbench.started[2].succeed({ ...PICTURE.seen, mask: null, maskFrom: null });
    await workbench.started[1].succeed({ ...PICTURE.seen, mask: null, maskFrom: null });
    expect(reconstructSlice.get(workbench).picture?.name).toBe('second.jpg');
    void chooseBox(workbench, { x: 0, y: 0, width: 5, height: 5 });
    void chooseBox(workbench, { x: 1, y: 1, width: 8, height: 8 });
    await workbench.started[3].succeed({ ...PICTURE.seen, mask: null, maskFrom: null });
    await workbench.started[4].succeed(PICTURE.seen);
    expect(reconstructSlice.get(workbench).picture?.request.box?.width).toBe(8);
  });
});
