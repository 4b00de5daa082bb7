import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { DataReport } from '../../../shared/dataset/report';
import type { ShapeDataset } from '../../../shared/dataset/types';
import { extensionOfName, formatOfExtension } from '../../../shared/formats/lookup';
import type { Result } from '../../../shared/result';
import { openOccnetFolder } from '../occnet/folder';
import { peekFolder, type Peek } from '../peek';
import { findMeshes } from './find-meshes';
import { DATASET_FOLDERS, datasetKind } from './kind';
import { openShapesDataset } from './read-shapes';

/** Entries that are looked at to tell what a folder is. */
const MOST_ENTRIES = 20_000;
const EXPECTED = `Choose a folder of meshes, of which a data set can be made, or one ${DATASET_FOLDERS}.`;
/** Kinds of files that are named of a folder that is none of what is expected. */
const NAMED = 3;

/**
 * Says what a folder is as something that a network of shapes learns from. Lists are read, shapes are not: it answers
 * at once, also for a folder of any size.
 */
export async function describeShapes(path: string): Promise<DataReport> {
  const name = basename(path);
  const found = await stat(path).catch(() => null);
  if (found === null) return unfit(`${name} is not there`, `${name} is not there any more.`);
  if (!found.isDirectory())
    return unfit(`A file: ${name}`, `${name} is a file; shapes are learned from a folder.`);
  const peeked = await peekFolder(path, MOST_ENTRIES);
  if (!peeked.ok) return unfit('A folder that cannot be read', peeked.error.message, peeked.error.hint);
  const { files, folders } = peeked.value;
  switch (datasetKind([...files, ...folders])) {
    case 'shapes':
      return describeOwn(await openShapesDataset(path));
    case 'cvxnet':
      return describeRecords(files);
    case 'occnet':
      return describeOccnet(await openOccnetFolder(path));
    case null:
      return describeMeshes(path, peeked.value);
  }
}

function describeOwn(opened: Result<ShapeDataset>): DataReport {
  if (!opened.ok) return unfit('Our own data set, not whole', opened.error.message, opened.error.hint);
  const { families, shapes } = opened.value;
  const [train, validation, test] = (['train', 'validation', 'test'] as const).map(
    (split) => shapes(split).length,
  );
  const what = `Our own data set: ${counted(train + validation + test, 'shape')}, ${counted(families.length, 'category', 'categories')}`;
  if (train > 0 && validation > 0) return fit(what);
  const missing = train > 0 ? 'to validate on' : 'to learn from';
  return unfit(what, `The data set has no shape ${missing}.`, 'Make one of more shapes.');
}

function describeRecords(files: readonly string[]): DataReport {
  const of = (split: string): number =>
    files.filter((file) => new RegExp(`^\\d{8}-${split}-.`).test(file)).length;
  const what = `TFRecords of CvxNet: ${counted(of('train') + of('test'), 'file')}`;
  if (of('train') > 0) return fit(what);
  return unfit(
    what,
    'There are files to test on only, none to learn from.',
    'Copy the synset-train-number files, too.',
  );
}

function describeOccnet(opened: Awaited<ReturnType<typeof openOccnetFolder>>): DataReport {
  if (!opened.ok)
    return unfit("Occupancy Networks' folder, not whole", opened.error.message, opened.error.hint);
  const { classes, models } = opened.value;
  const count = models.train.length + models.val.length + models.test.length;
  const what = `Occupancy Networks' folder: ${counted(count, 'shape')}, ${counted(classes.length, 'category', 'categories')}`;
  if (models.train.length > 0 && models.val.length > 0) return fit(what);
  const missing = models.train.length > 0 ? 'to validate on' : 'to learn from';
  return unfit(what, `Its lists name no shape ${missing}.`, 'Complete its train.lst and val.lst.');
}

async function describeMeshes(path: string, peek: Peek): Promise<DataReport> {
  const found = await findMeshes(path, MOST_ENTRIES);
  const { files, more } = found.ok ? found.value : { files: [], more: false };
  if (files.length === 0) return unfit(describeOther(peek), `${basename(path)} is no data set.`);
  const formats = [
    ...new Set(files.map((file) => formatOfExtension(extensionOfName(file))?.name ?? '')),
  ].sort();
  const many = `${more ? 'more than ' : ''}${counted(files.length, 'mesh', 'meshes')}`;
  const what = `A folder of ${many} (${formats.join(', ')}): not yet a data set`;
  if (files.length > 1) {
    return {
      ...unfit(what, `A folder of ${many} is not yet a data set.`, 'Make a data set of it first.'),
      meshes: files.length,
    };
  }
  return unfit(
    what,
    'One mesh is too few: learning takes one and validating another.',
    'Put more meshes into it.',
  );
}

/** "A folder of 12 PNG and 1 JSON files, 2 folders". */
function describeOther({ files, folders, more }: Peek): string {
  if (files.length + folders.length === 0) return 'An empty folder';
  const counts = new Map<string, number>();
  for (const file of files) {
    const kind = extensionOfName(file).toUpperCase() || 'other';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const kinds = [...counts].sort((a, b) => b[1] - a[1]).slice(0, NAMED);
  const said = [
    ...kinds.map(([kind, count]) => counted(count, `${kind} file`)),
    ...(folders.length > 0 ? [counted(folders.length, 'folder')] : []),
  ];
  return `A folder of ${said.join(', ')}${more || counts.size > NAMED ? ' and more' : ''}: no data set`;
}

function fit(what: string): DataReport {
  return { what, unfit: null, meshes: 0 };
}

function unfit(what: string, message: string, hint = EXPECTED): DataReport {
  return { what, unfit: { message, hint }, meshes: 0 };
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
