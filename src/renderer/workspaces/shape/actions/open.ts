import type { FileGrant } from '../../../../shared/contract/bridge';
import type { OpenedSource, SourceRequest } from '../../../../shared/contract/jobs';
import { createDocument, documentOfSource } from '../../../../shared/document/build';
import { setSource } from '../../../../shared/document/edits';
import type { HalfspaceDocument } from '../../../../shared/document/types';
import { isProjectName } from '../../../../shared/formats/lookup';
import { writeLog } from '../../../workbench/state/ui';
import type { Workbench } from '../../../workbench/state/workbench';
import { attempt, runJob } from '../../../workbench/actions/jobs';
import { openFile } from '../../../workbench/actions/open-file';
import { closeDialog } from '../../../workbench/dialogs/handle';
import { cameraDialog, unsavedDialog } from '../dialogs/handles';
import { dropFit } from './fit';
import { rememberFile } from '../../../workbench/actions/settings';
import { shapeSlice } from '../state';

export async function openSample(workbench: Workbench, name: string): Promise<void> {
  const sample = shapeSlice.get(workbench).samples.find((entry) => entry.name === name);
  const turn = workbench.turns.begin(sample?.kind === 'picture' ? 'picture' : 'document');
  const grant = await attempt(workbench, 'Open sample', () => workbench.bridge.grantSample(name));
  if (!grant || !turn.holds()) return;
  if (sample?.kind === 'depth' && workbench.ui.getState().workspace === 'shape')
    openAsSource(workbench, grant);
  else openFile(workbench, grant);
}

/** Opens a project or a source; a person is asked when that would lose unsaved work. */
export function openProjectOrSource(workbench: Workbench, grant: FileGrant): void {
  if (isProjectName(grant.name)) guardUnsaved(workbench, () => void openProject(workbench, grant));
  else openAsSource(workbench, grant);
}

/** Opens a mesh, point set or depth image as the source to fit to, after a question when work would be lost. */
export function openAsSource(workbench: Workbench, grant: FileGrant): void {
  guardUnsaved(workbench, () => void openSource(workbench, grant, { token: grant.token }));
}

/** Runs `proceed` at once, or after a person agreed to lose or save what is unsaved. */
export function guardUnsaved(workbench: Workbench, proceed: () => void): void {
  if (workbench.document.state().unsaved) unsavedDialog.open(workbench, { proceed });
  else proceed();
}

export function newDocument(workbench: Workbench): void {
  guardUnsaved(workbench, () => {
    workbench.turns.begin('document');
    replaceDocument(workbench, createDocument('Untitled'));
  });
}

export interface OpenProjectOptions {
  /** A bundled or recovered project is nobody's file: saving it asks where. */
  readonly adoptFile?: boolean;
  readonly saved?: boolean;
  readonly remember?: boolean;
}

export async function openProject(
  workbench: Workbench,
  grant: FileGrant,
  options: OpenProjectOptions = {},
): Promise<boolean> {
  const turn = workbench.turns.begin('document');
  const end = await runJob(
    workbench,
    { kind: 'open-project', token: grant.token },
    { title: `Open ${grant.name}` },
  );
  if (!end.ok || !turn.holds()) return false;
  const { document, source, notes } = end.value.value;
  replaceDocument(workbench, document, options.saved);
  shapeSlice.set(workbench, {
    source: source ? { request: { token: grant.token }, opened: source, embedded: true } : null,
    picture: document.source?.kind === 'image' ? { request: { token: grant.token }, embedded: true } : null,
    project: options.adoptFile === false ? null : grant,
  });
  for (const note of notes) writeLog(workbench.ui, `${grant.name}: ${note}`);
  if (options.remember !== false) await rememberFile(workbench, grant.name);
  return true;
}

/** Opens a mesh, point set or depth image. The document becomes one about this source, without parts yet. */
export async function openSource(
  workbench: Workbench,
  grant: FileGrant,
  request: SourceRequest,
): Promise<void> {
  const turn = workbench.turns.begin('document');
  const end = await runJob(
    workbench,
    { kind: 'open', source: request },
    {
      title: `Open ${grant.name}`,
      outcome: ({ value }) => describeSource(value),
      handled: ['camera-missing'],
    },
  );
  if (!turn.holds()) return;
  if (!end.ok) {
    if (end.error.code === 'camera-missing') cameraDialog.open(workbench, { grant });
    return;
  }
  const opened = end.value.value;
  replaceDocument(workbench, documentOfSource(grant.name, opened));
  shapeSlice.set(workbench, { source: { request, opened, embedded: false }, project: null });
  for (const note of opened.notes) writeLog(workbench.ui, `${grant.name}: ${note}`);
  await rememberFile(workbench, grant.name);
}

/** Opens the depth image of the camera dialog with what the person chose there. */
export async function openDepth(
  workbench: Workbench,
  grant: FileGrant,
  choice: { readonly camera: FileGrant; readonly completion: 'none' | 'mirror' | 'ground' },
): Promise<void> {
  closeDialog(workbench);
  await openSource(workbench, grant, {
    token: grant.token,
    cameraToken: choice.camera.token,
    completion: choice.completion,
  });
}

/** Reads the current depth image again with another way to complete what it did not see. */
export async function reopenWithCompletion(
  workbench: Workbench,
  completion: 'none' | 'mirror' | 'ground',
): Promise<void> {
  const { source } = shapeSlice.get(workbench);
  if (!source || source.embedded) return;
  const turn = workbench.turns.begin('source');
  const request = { ...source.request, completion };
  const end = await runJob(
    workbench,
    { kind: 'open', source: request },
    { title: `Open ${source.opened.reference.name}`, outcome: ({ value }) => describeSource(value) },
  );
  if (!end.ok || !turn.holds()) return;
  dropFit(workbench);
  const opened = end.value.value;
  shapeSlice.set(workbench, { source: { request, opened, embedded: false } });
  workbench.document.apply(
    {
      command: 'source.completion',
      title: 'Change completion',
      edit: setSource(opened.reference, opened.frame),
    },
    'never',
  );
}

/** Shows the bundled fitted sample at the first start, so that the window never starts empty. */
export async function openFirstSample(workbench: Workbench): Promise<void> {
  // A person may have been quicker than the start.
  if (workbench.turns.begun('document')) return;
  const sample = shapeSlice.get(workbench).samples.find((entry) => entry.kind === 'project');
  if (!sample) return;
  const turn = workbench.turns.begin('document');
  const grant = await attempt(workbench, 'Open sample', () => workbench.bridge.grantSample(sample.name));
  if (grant && turn.holds()) await openProject(workbench, grant, { adoptFile: false, remember: false });
}

function replaceDocument(workbench: Workbench, document: HalfspaceDocument, saved = true): void {
  dropFit(workbench);
  workbench.document.reset(document, { saved });
  shapeSlice.set(workbench, {
    source: null,
    picture: null,
    project: null,
    isolated: null,
    explode: 0,
    hover: null,
    drag: null,
    renaming: null,
  });
  workbench.ui.setState({ workspace: 'shape' });
  // After the caller has set the source, so that the camera frames it too.
  queueMicrotask(() => workbench.viewport?.view('home'));
}

function describeSource({ facts, reference }: OpenedSource): string {
  if (reference.kind === 'mesh') {
    const open = facts.openEdges === 0 ? 'closed' : `${facts.openEdges.toLocaleString('en')} open edges`;
    return `${facts.triangles.toLocaleString('en')} triangles, ${open}`;
  }
  return `${facts.vertices.toLocaleString('en')} points`;
}
