import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/result';
import { badFile, quoted, tooMany, type Failure } from '../read/problems';
import { SHAPENET_CLASSES } from '../tfrecord/synsets';
import { isFolderName, parseMetadata, type OccnetClass } from './metadata';

export const SPLITS = ['train', 'val', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** One shape of the dataset, not yet read. */
export interface OccnetModel {
  readonly synset: string;
  readonly className: string;
  readonly modelId: string;
  readonly folder: string;
}

/** An opened dataset: its classes and the models of each split, in the order of the lists. */
export interface OccnetFolder {
  readonly folder: string;
  readonly classes: readonly OccnetClass[];
  readonly models: Readonly<Record<Split, readonly OccnetModel[]>>;
}

/** Lists and metadata are small; more than this is something else. */
const MAXIMUM_TEXT_BYTES = 16 * 1024 * 1024;

/**
 * Opens a folder laid out as Occupancy Networks' ShapeNet (Mescheder et al. 2019): metadata.yaml, a folder per synset
 * with train.lst, val.lst and test.lst, a folder per model. Without metadata.yaml every folder is a class. Shapes are
 * listed, not read. Errors: no class at all, a missing or empty list, an unsafe or repeated model, a model in two
 * splits, a listed model without a folder.
 */
export async function openOccnetFolder(folder: string): Promise<Result<OccnetFolder>> {
  const folders = await listFolders(folder);
  if (!folders.ok) return folders;
  if (folders.value.length === 0) {
    return fail({
      code: 'dataset-empty',
      message: `${folder} holds no folder of a class.`,
      hint: 'Choose the folder that holds one folder per synset, such as 03001627.',
    });
  }
  const classes = await readClasses(folder, folders.value);
  if (!classes.ok) return classes;
  const models: Record<Split, OccnetModel[]> = { train: [], val: [], test: [] };
  for (const one of classes.value) {
    const failure = await listModels(folder, one, models);
    if (failure) return failure;
  }
  return ok({ folder, classes: classes.value, models });
}

/** Classes of metadata.yaml that have a folder, or every folder where there is no metadata.yaml. */
async function readClasses(
  folder: string,
  folders: readonly string[],
): Promise<Result<readonly OccnetClass[]>> {
  const file = join(folder, 'metadata.yaml');
  const text = await readText(file);
  if (!text.ok) return text;
  if (text.value === null) {
    return ok(folders.map((synset) => ({ synset, name: SHAPENET_CLASSES.get(synset) ?? synset })));
  }
  const listed = parseMetadata(text.value, file);
  if (!listed.ok) return listed;
  // People keep some of the classes only, with the metadata of all.
  const present = listed.value.filter(({ synset }) => folders.includes(synset));
  if (present.length > 0) return ok(present);
  return fail({
    code: 'dataset-empty',
    message: `${folder} holds no folder of the ${listed.value.length} classes that its metadata.yaml lists.`,
    hint: 'Unpack the classes beside metadata.yaml, or remove metadata.yaml.',
  });
}

async function listModels(
  folder: string,
  { synset, name }: OccnetClass,
  models: Record<Split, OccnetModel[]>,
): Promise<Failure | null> {
  const inside = await listFolders(join(folder, synset));
  if (!inside.ok) return inside;
  const present = new Set(inside.value);
  const seen = new Map<string, Split>();
  for (const split of SPLITS) {
    const file = join(folder, synset, `${split}.lst`);
    const text = await readText(file);
    if (!text.ok) return text;
    const hint = `Each class needs train.lst, val.lst and test.lst: one name of a model's folder per line.`;
    if (text.value === null) {
      return fail({ code: 'dataset-list-missing', message: `${file} is missing.`, hint });
    }
    for (const [index, line] of text.value.split('\n').entries()) {
      const modelId = line.trim();
      if (modelId === '') continue;
      const place = `line ${index + 1}`;
      if (!isFolderName(modelId)) {
        return badFile('file-damaged', file, place, `${quoted(modelId)} is no name of a folder`, hint);
      }
      const other = seen.get(modelId);
      if (other) {
        const what = `${modelId} stands in ${other}.lst already`;
        return badFile('file-damaged', file, place, what, 'A model may belong to one split, once.');
      }
      seen.set(modelId, split);
      const path = join(folder, synset, modelId);
      if (!present.has(modelId)) {
        const message = `${file}, line ${index + 1}: the folder ${path} is missing.`;
        return fail({
          code: 'model-incomplete',
          message,
          hint: 'Copy the dataset again, or remove the line.',
        });
      }
      models[split].push({ synset, className: name, modelId, folder: path });
    }
  }
  if (seen.size > 0) return null;
  return fail({
    code: 'dataset-empty',
    message: `The lists in ${join(folder, synset)} name no model.`,
    hint: 'Write the names of its models into train.lst, val.lst and test.lst, or remove the class.',
  });
}

async function listFolders(folder: string): Promise<Result<string[]>> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    // Links count: datasets often lie on another disk.
    const kept = entries.filter(
      (entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'),
    );
    return ok(kept.map((entry) => entry.name).sort());
  } catch (error) {
    return fail({
      code: 'dataset-unreadable',
      message: `${folder} could not be listed: ${error instanceof Error ? error.message : String(error)}.`,
      hint: 'Check that it is a folder and that you may read it.',
    });
  }
}

/** A small text file, or null where there is none. */
async function readText(file: string): Promise<Result<string | null>> {
  try {
    const { size } = await stat(file);
    if (size > MAXIMUM_TEXT_BYTES)
      return tooMany(file, 'the file', `it has ${size} bytes`, MAXIMUM_TEXT_BYTES);
    return ok(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok(null);
    const what = `it could not be read (${error instanceof Error ? error.message : String(error)})`;
    return badFile('file-unreadable', file, 'the file', what, 'Check that you may read it.');
  }
}
