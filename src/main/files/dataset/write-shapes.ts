import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SPLITS } from '../../../shared/dataset/types';
import type { ManifoldApi } from '../../../shared/geometry/manifold';
import { fail, ok, type Problem, type Result } from '../../../shared/result';
import { writeFileAtomic } from '../atomic';
import { sharedManifold } from '../manifold';
import { shapeBytes } from './shape-bytes';
import { DATASET_FILE, UNFINISHED_FILE, type DatasetFile, type ShapesOptions } from './shapes-format';
import { describeDataset, planShapes, splitShapes, type PlannedShape } from './shapes-plan';

export interface WriteShapesControl {
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** What a run of the writer did. */
export interface WrittenShapes {
  readonly total: number;
  /** Shapes that an earlier run with the same options had finished. */
  readonly found: number;
}

/**
 * Writes a data set of procedural shapes into a folder (format `halfspace-shapes`). A run that was stopped is
 * continued by the same call; the bytes do not depend on it. Errors: a folder that holds something else or a data set
 * of other options, a place that cannot be written, an abort.
 */
export async function writeShapesDataset(
  folder: string,
  options: ShapesOptions,
  { onProgress, signal }: WriteShapesControl = {},
): Promise<Result<WrittenShapes>> {
  const about = describeDataset(options);
  const state = await prepareFolder(folder, about);
  if (!state.ok) return state;
  if (state.value === 'finished') return ok({ total: options.count, found: options.count });
  const shapes = planShapes(options);
  const api = await sharedManifold();
  let found = 0;
  for (const family of options.families) {
    const present = new Set(await namesIn(join(folder, family)));
    const members = shapes.filter((shape) => shape.family === family);
    found += members.filter(({ id }) => present.has(id)).length;
  }
  let done = 0;
  for (const shape of shapes) {
    if (signal?.aborted) return fail(aborted(folder));
    const written = await writeShape(api, folder, shape, options);
    if (!written.ok) return written;
    onProgress?.(++done, shapes.length);
  }
  const finished = await finish(folder, about, shapes, options);
  return finished.ok ? ok({ total: shapes.length, found }) : finished;
}

async function prepareFolder(
  folder: string,
  about: DatasetFile,
): Promise<Result<'new' | 'unfinished' | 'finished'>> {
  const names = await namesIn(folder);
  for (const [file, state] of [
    [DATASET_FILE, 'finished'],
    [UNFINISHED_FILE, 'unfinished'],
  ] as const) {
    if (!names.includes(file)) continue;
    const path = join(folder, file);
    const found = await readFile(path, 'utf8');
    if (found === textOf(about)) return ok(state);
    return fail({
      code: 'dataset-other-options',
      message: `${path} belongs to a data set of other options than those asked for.`,
      hint: 'Repeat the command with its options to continue it, or choose another folder.',
      detail: `There: ${found.trim()}`,
    });
  }
  if (names.length > 0) {
    return fail({
      code: 'dataset-folder-taken',
      message: `${folder} is not empty and holds no data set of procedural shapes.`,
      hint: 'Choose an empty folder or a new name.',
    });
  }
  const marked = await writeFileAtomic(join(folder, UNFINISHED_FILE), textOf(about));
  return marked.ok ? ok('new') : marked;
}

/** Writes one shape's folder under another name and renames it, so that a folder of that name is whole. */
async function writeShape(
  api: ManifoldApi,
  folder: string,
  shape: PlannedShape,
  options: ShapesOptions,
): Promise<Result<null>> {
  const home = join(folder, shape.family);
  if ((await namesIn(join(home, shape.id))).length > 0) return ok(null);
  const files = shapeBytes(api, shape, options);
  if (!files.ok) return files;
  const temporary = join(home, `.${shape.id}.part`);
  try {
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary, { recursive: true });
    for (const [name, bytes] of files.value) await writeFile(join(temporary, name), bytes);
    await rename(temporary, join(home, shape.id));
    return ok(null);
  } catch (error) {
    return fail({
      code: 'write-failed',
      message: `${join(home, shape.id)} could not be written: ${(error as Error).message}.`,
      hint: 'Make room or choose another place; the same command continues where this one stopped.',
    });
  }
}

/** The lists, then dataset.json: with it the data set counts as complete. */
async function finish(
  folder: string,
  about: DatasetFile,
  shapes: readonly PlannedShape[],
  options: ShapesOptions,
): Promise<Result<null>> {
  const splits = splitShapes(shapes, options);
  for (const split of SPLITS) {
    const lines = splits[split].map(({ family, id }) => `${family}/${id}\n`);
    const listed = await writeFileAtomic(join(folder, `${split}.lst`), lines.join(''));
    if (!listed.ok) return listed;
  }
  const described = await writeFileAtomic(join(folder, DATASET_FILE), textOf(about));
  if (!described.ok) return described;
  await rm(join(folder, UNFINISHED_FILE), { force: true });
  return ok(null);
}

/** Nothing where there is no such folder. */
async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

function textOf(about: DatasetFile): string {
  return `${JSON.stringify(about, null, 2)}\n`;
}

function aborted(folder: string): Problem {
  return {
    code: 'cancelled',
    message: `Stopped; ${folder} holds part of the data set.`,
    hint: 'The same command continues it.',
  };
}
