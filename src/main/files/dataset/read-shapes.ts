import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SPLITS, type ShapeDataset, type ShapeId, type Split } from '../../../shared/dataset/types';
import type { TriangleMesh } from '../../../shared/geometry/types';
import { fail, ok, type Result } from '../../../shared/result';
import { readPly } from '../read/ply';
import { readBytes } from '../source/bytes';
import { badFile, quoted, type Failure } from '../read/problems';
import { readShape } from './read-shape';
import { readJson, readSmallText } from './small-file';
import {
  DATASET_FILE,
  datasetFileSchema,
  SHAPE_FILES,
  UNFINISHED_FILE,
  type DatasetFile,
} from './shapes-format';

/**
 * Opens a data set of shapes that was made here (format `halfspace-shapes`, version 1). The lists are read and checked against
 * the folders that are there; a shape is read and checked when it is asked for. Errors name the file and the place: an
 * empty or unfinished folder, a damaged dataset.json, a list that is missing, names a shape twice or in two splits, or
 * names a family or a folder that does not exist, or a number of shapes that is not the announced one.
 */
export async function openShapesDataset(folder: string): Promise<Result<ShapeDataset>> {
  const about = await readAbout(folder);
  if (!about.ok) return about;
  const lists = await readLists(folder, about.value);
  if (!lists.ok) return lists;
  const families = new Map(
    SPLITS.flatMap((split) => lists.value[split].map(({ id, family }) => [id, family])),
  );
  return ok({
    name: nameOf(about.value),
    families: about.value.families,
    shapes: (split) => lists.value[split],
    read: async (id) => {
      const family = families.get(id);
      return family === undefined ? unknownShape(folder, id) : readShape(folder, { id, family }, about.value);
    },
    surface: async (id) => {
      const family = families.get(id);
      return family === undefined ? unknownShape(folder, id) : readSurface(join(folder, family, id));
    },
  });
}

function nameOf({ count, meshes, seed }: DatasetFile): string {
  const what = meshes === undefined ? 'procedural shapes' : `shapes made of meshes in ${meshes}`;
  return `${count} ${what}, seed ${seed}`;
}

function unknownShape(folder: string, id: string): Result<never> {
  return fail({
    code: 'shape-unknown',
    message: `${folder} lists no shape ${quoted(id)}.`,
    hint: 'Use the names in its train.lst, validation.lst and test.lst.',
  });
}

async function readSurface(folder: string): Promise<Result<TriangleMesh>> {
  const path = join(folder, SHAPE_FILES.mesh);
  const bytes = await readBytes(path);
  if (!bytes.ok) return bytes;
  const read = readPly(bytes.value, path);
  if (!read.ok) return read;
  if (read.value.kind === 'mesh') return ok(read.value.mesh);
  return badFile('file-damaged', path, 'the header', 'it has no faces', 'Make the data set again.');
}

async function readAbout(folder: string): Promise<Result<DatasetFile>> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    return fail({
      code: 'dataset-unreadable',
      message: `${folder} could not be listed: ${(error as Error).message}.`,
      hint: 'Check that it is a folder and that you may read it.',
    });
  }
  if (names.length === 0) {
    return fail({
      code: 'dataset-empty',
      message: `${folder} is empty.`,
      hint: 'Choose the folder of a data set.',
    });
  }
  if (names.includes(DATASET_FILE)) return readJson(join(folder, DATASET_FILE), datasetFileSchema);
  if (names.includes(UNFINISHED_FILE)) {
    return fail({
      code: 'dataset-unfinished',
      message: `${folder} holds a data set that is not written to its end.`,
      hint: 'Repeat the command that began it, "halfspace dataset shapes" with the same options: it continues.',
    });
  }
  return fail({
    code: 'dataset-unknown',
    message: `${folder} holds no ${DATASET_FILE}.`,
    hint: 'Choose the folder that holds it, or make one with "halfspace dataset shapes".',
  });
}

type Lists = Readonly<Record<Split, readonly ShapeId[]>>;

async function readLists(folder: string, about: DatasetFile): Promise<Result<Lists>> {
  const lists: Record<Split, ShapeId[]> = { train: [], validation: [], test: [] };
  const seen = new Map<string, Split>();
  for (const split of SPLITS) {
    const failure = await readList(join(folder, `${split}.lst`), split, about, seen, lists[split]);
    if (failure) return failure;
  }
  if (seen.size !== about.count) {
    const what = `it announces ${about.count} shapes, the lists name ${seen.size}`;
    return badFile(
      'file-damaged',
      join(folder, DATASET_FILE),
      'count',
      what,
      'Copy or write the data set again.',
    );
  }
  const failure = await findMissing(folder, about, lists);
  return failure ?? ok(lists);
}

async function readList(
  file: string,
  split: Split,
  about: DatasetFile,
  seen: Map<string, Split>,
  list: ShapeId[],
): Promise<Failure | null> {
  const text = await readSmallText(file);
  if (!text.ok) return text;
  for (const [index, line] of text.value.split('\n').entries()) {
    if (line.trim() === '') continue;
    const place = `line ${index + 1}`;
    const hint = 'Copy or write the data set again.';
    const match = /^([a-z0-9-]+)\/([a-z0-9-]+)$/.exec(line.trim());
    if (!match)
      return badFile('file-damaged', file, place, `"family/shape" is needed, found ${quoted(line)}`, hint);
    const [, family, id] = match;
    if (!about.families.includes(family)) {
      return badFile('file-damaged', file, place, `dataset.json names no family ${quoted(family)}`, hint);
    }
    const other = seen.get(id);
    if (other) {
      const what = `${id} stands in ${other}.lst already`;
      return badFile('file-damaged', file, place, what, 'A shape may belong to one split, once.');
    }
    seen.set(id, split);
    list.push({ id, family });
  }
  return null;
}

async function findMissing(folder: string, about: DatasetFile, lists: Lists): Promise<Failure | null> {
  for (const family of about.families) {
    const present = new Set(await readdir(join(folder, family)).catch(() => []));
    for (const split of SPLITS) {
      const missing = lists[split].find((shape) => shape.family === family && !present.has(shape.id));
      if (!missing) continue;
      return badFile(
        'file-damaged',
        join(folder, `${split}.lst`),
        `${family}/${missing.id}`,
        'its folder is missing',
        'Copy or write the data set again.',
      );
    }
  }
  return null;
}
