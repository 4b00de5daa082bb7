import type { FileGrant } from '../../../shared/contract/bridge';
import type { CollectionChoice, OpenedCollection } from '../../../shared/contract/explain';
import type { BuiltinPictures } from '../../../shared/recipes/vae';
import { extensionsReadAs, isReadAs } from '../../../shared/formats/lookup';
import { SPLITS, type Split } from '../../../shared/dataset/types';
import { attempt, runJob } from '../../workbench/actions/jobs';
import { ensureModels, openModelFile } from '../models/load';
import { plural } from '../../ui/format';
import { writeLog } from '../../workbench/state/ui';
import type { DroppedFile, Workbench } from '../../workbench/state/workbench';
import { firstSplit } from './labels';
import { choosePicture } from './select';
import { INITIAL_EXPLAIN, type PictureFilter, explainSlice } from './state';

export const BUILTIN_TITLES: Readonly<Record<BuiltinPictures, string>> = {
  digits: 'Handwritten digits',
  dsprites: 'Drawn shapes',
  planted: 'Planted anomalies',
};

export async function openImages(workbench: Workbench): Promise<void> {
  const grant = await attempt(workbench, 'Open images', () =>
    workbench.bridge.chooseFile({
      purpose: 'open',
      extensions: extensionsReadAs('collected-picture', 'collection'),
    }),
  );
  if (grant) await openGranted(workbench, [grant]);
}

export async function openImageFolder(workbench: Workbench): Promise<void> {
  const grant = await attempt(workbench, 'Open images', () =>
    workbench.bridge.chooseFile({ purpose: 'data-folder' }),
  );
  if (grant) await openGranted(workbench, [grant]);
}

/** Opens files, or a folder, that a person chose or dropped. */
export async function openGranted(workbench: Workbench, grants: readonly FileGrant[]): Promise<void> {
  const name = grants.length === 1 ? grants[0].name : plural(grants.length, 'file');
  await openCollection(workbench, { tokens: grants.map(({ token }) => token) }, name);
}

export async function openBuiltin(workbench: Workbench, builtin: BuiltinPictures): Promise<void> {
  await openCollection(workbench, { builtin }, BUILTIN_TITLES[builtin]);
}

/** Opens a collection in place of the one that is shown, and chooses its first picture. */
async function openCollection(workbench: Workbench, choice: CollectionChoice, name: string): Promise<void> {
  workbench.ui.setState({ workspace: 'explain' });
  const models = ensureModels(workbench);
  const end = await runJob(
    workbench,
    { kind: 'open-pictures', collection: choice },
    { title: `Open ${name}`, onStarted: (id) => explainSlice.set(workbench, { running: id, lastJob: id }) },
  );
  explainSlice.set(workbench, { running: null });
  if (!end.ok) return;
  const opened = end.value.value;
  for (const note of opened.notes) writeLog(workbench.ui, `${opened.name}: ${note}`);
  await models;
  takeCollection(workbench, choice, opened);
}

function takeCollection(workbench: Workbench, choice: CollectionChoice, opened: OpenedCollection): void {
  const { view, look, everyLatent, options, anomaly, lastJob } = explainSlice.get(workbench);
  explainSlice.set(workbench, {
    ...INITIAL_EXPLAIN,
    view,
    look,
    everyLatent,
    options,
    anomaly: { ...INITIAL_EXPLAIN.anomaly, options: anomaly.options },
    lastJob,
    collection: { choice, opened },
    split: firstSplit(opened),
  });
  choosePicture(workbench, 0);
}

/** Splits that have pictures. */
export function filledSplits({ counts }: Pick<OpenedCollection, 'counts'>): readonly Split[] {
  return SPLITS.filter((split) => counts[split] > 0);
}

export function chooseSplit(workbench: Workbench, split: Split): void {
  const { anomaly, space } = explainSlice.get(workbench);
  explainSlice.set(workbench, {
    split,
    pictures: new Map(),
    filter: INITIAL_EXPLAIN.filter,
    chosen: [],
    anomaly: { ...anomaly, page: 0, shown: null },
    space: { ...space, laidOut: null },
  });
  choosePicture(workbench, 0);
}

/** Filters the grid. The chosen pictures stay: a filter is a way to look for others. */
export function changeFilter(workbench: Workbench, changes: Partial<PictureFilter>): void {
  const { filter, anomaly } = explainSlice.get(workbench);
  explainSlice.set(workbench, { filter: { ...filter, ...changes }, anomaly: { ...anomaly, page: 0 } });
}

/** Whether dropped files are a collection of pictures or a model, and not a project, a mesh or a picture of a shape. */
export function takesDrop(workbench: Workbench, files: readonly Pick<File, 'name'>[]): boolean {
  return (
    explainSlice.get(workbench).view !== 'parts' &&
    !files.some(({ name }) => isReadAs(name, 'project', 'mesh'))
  );
}

/** Pictures come in numbers: everything that was dropped is one collection, or one model. */
export async function dropOnExplain(workbench: Workbench, dropped: readonly DroppedFile[]): Promise<void> {
  const grants = dropped.map(({ grant }) => grant);
  const model = grants.find(({ name }) => isReadAs(name, 'model'));
  if (model) await openModelFile(workbench, model);
  else await openGranted(workbench, grants);
}
