import { describe, expect, it } from 'vitest';
import type { FileGrant } from '../../../../shared/contract/bridge';
import { createDocument } from '../../../../shared/document/build';
import { deleteSelected, selectAll } from './edit';
import { cameraDialog, unsavedDialog } from '../dialogs/handles';
import { newDocument, openFirstSample, openProjectOrSource } from './open';
import { save } from './save';
import { cube, fakeWorkbench, openedCube } from '../../../workbench/actions/testing';
import { shapeSlice } from '../state';

const grant = (name: string): FileGrant => ({ token: `token of ${name}`, name, bytes: 1 });
const project = (name: string) => ({
  document: { ...createDocument(name, undefined, name), parts: [cube('a')] },
  source: null,
  notes: [],
});

/** A bridge that takes settings and recovery calls, and answers dialogs with `chosen`. */
const bridge = (chosen: FileGrant | null = null) => ({
  writeSettings: async () => undefined,
  clearRecovery: async () => undefined,
  chooseFile: async () => chosen,
});

describe('opening', () => {
  it('makes a document about the source, with its frame and without parts', async () => {
    const workbench = fakeWorkbench([], bridge());
    openProjectOrSource(workbench, grant('chair.leg.obj'));
    expect(workbench.started[0].request).toMatchObject({ kind: 'open' });
    await workbench.started[0].succeed(openedCube);
    expect(workbench.document.state().document).toMatchObject({
      name: 'chair.leg',
      frame: openedCube.frame,
      source: openedCube.reference,
      parts: [],
    });
    expect(shapeSlice.get(workbench).source?.opened).toBe(openedCube);
    expect(workbench.document.state().unsaved).toBe(false);
  });

  it('leaves the document untouched when the file is bad, and lists the error', async () => {
    const workbench = fakeWorkbench([cube('a')], bridge());
    const before = workbench.document.state().document;
    openProjectOrSource(workbench, grant('bad.obj'));
    await workbench.started[0].fail({ code: 'file-truncated', message: 'bad.obj, line 1: too short.' });
    expect(workbench.document.state().document).toBe(before);
    expect(workbench.jobs.store.getState()[0].problem?.message).toContain('bad.obj, line 1');
  });

  it('asks for the camera of a depth image instead of listing an error', async () => {
    const workbench = fakeWorkbench([], bridge());
    openProjectOrSource(workbench, grant('mug.exr'));
    await workbench.started[0].fail({ code: 'camera-missing', message: 'mug.exr has no camera file.' });
    expect(cameraDialog.in(workbench.ui.getState())?.grant.name).toBe('mug.exr');
    expect(workbench.jobs.store.getState()).toEqual([]);
  });

  it('shows what was asked for last, whichever file is read first', async () => {
    const workbench = fakeWorkbench([], bridge());
    openProjectOrSource(workbench, grant('first.halfspace'));
    openProjectOrSource(workbench, grant('second.halfspace'));
    await workbench.started[1].succeed(project('second'));
    await workbench.started[0].succeed(project('first'));
    expect(workbench.document.state().document.name).toBe('second');
    expect(shapeSlice.get(workbench).project?.name).toBe('second.halfspace');
  });

  it('asks before unsaved work is lost, and goes on when told to', async () => {
    const workbench = fakeWorkbench([cube('a')], bridge());
    selectAll(workbench);
    deleteSelected(workbench);
    newDocument(workbench);
    const asked = unsavedDialog.in(workbench.ui.getState());
    expect(asked).not.toBeNull();
    expect(workbench.document.state().unsaved).toBe(true);
    asked?.proceed();
    expect(workbench.document.state()).toMatchObject({ unsaved: false, undoTitle: null });
  });
});

describe('the first sample', () => {
  it('does not take the place of what a person opened while it was looked up', async () => {
    let grantSample: (grant: FileGrant) => void = () => undefined;
    const waiting = new Promise<FileGrant>((resolve) => {
      grantSample = resolve;
    });
    const workbench = fakeWorkbench([], { ...bridge(), grantSample: () => waiting });
    shapeSlice.set(workbench, { samples: [{ name: 'a', title: 'A', kind: 'project' }] });
    const begun = openFirstSample(workbench);
    newDocument(workbench);
    grantSample(grant('a.halfspace'));
    await begun;
    expect(workbench.started).toEqual([]);
  });
});

describe('saving', () => {
  it('asks where the first time, then writes there and knows that nothing is unsaved', async () => {
    const workbench = fakeWorkbench([cube('a')], bridge(grant('new.halfspace')));
    selectAll(workbench);
    deleteSelected(workbench);
    const saved = save(workbench);
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
    expect(workbench.started[0].request).toMatchObject({
      kind: 'save-project',
      destination: 'token of new.halfspace',
    });
    await workbench.started[0].succeed({ files: [{ name: 'new.halfspace', bytes: 10 }], notes: [] });
    expect(await saved).toBe(true);
    expect(workbench.document.state().unsaved).toBe(false);
    expect(shapeSlice.get(workbench).project?.name).toBe('new.halfspace');
  });

  it('finds the source of a recovered project in the file just written, because the recovered one goes', async () => {
    const workbench = fakeWorkbench([cube('a')], bridge());
    shapeSlice.set(workbench, {
      project: grant('mine.halfspace'),
      source: { request: { token: 'recovered' }, opened: openedCube, embedded: true },
    });
    const saved = save(workbench);
    await workbench.started[0].succeed({ files: [], notes: [] });
    await saved;
    expect(shapeSlice.get(workbench).source?.request).toEqual({ token: 'token of mine.halfspace' });
  });

  it('counts what was edited while it was written as unsaved', async () => {
    const workbench = fakeWorkbench([cube('a')], bridge());
    shapeSlice.set(workbench, { project: grant('mine.halfspace') });
    const saved = save(workbench);
    selectAll(workbench);
    deleteSelected(workbench);
    await workbench.started[0].succeed({ files: [], notes: [] });
    await saved;
    expect(workbench.document.state().unsaved).toBe(true);
  });

  it('asks where when the project may only be read', async () => {
    const workbench = fakeWorkbench([cube('a')], bridge(grant('copy.halfspace')));
    shapeSlice.set(workbench, { project: grant('readonly.halfspace') });
    void save(workbench);
    await workbench.started[0].fail({ code: 'file-not-writable', message: 'For reading only.' });
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
    expect(workbench.started[1].request).toMatchObject({ destination: 'token of copy.halfspace' });
  });

  it('saves nothing when the person cancels the dialog', async () => {
    const workbench = fakeWorkbench([cube('a')], bridge(null));
    expect(await save(workbench)).toBe(false);
    expect(workbench.started).toHaveLength(0);
  });
});
