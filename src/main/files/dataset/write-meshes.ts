import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import {
  skippedWords,
  type MadeDataset,
  type MeshesOptions,
  type SkippedMesh,
} from '../../../shared/dataset/made';
import { SPLITS, type Split } from '../../../shared/dataset/types';
import { namesReadAs } from '../../../shared/formats/lookup';
import { fail, ProblemError, type Problem, type Result } from '../../../shared/result';
import { throwIfStopped, writeNewFolder } from '../new-folder';
import { tooMany } from '../read/problems';
import { findMeshes } from './find-meshes';
import { meshBytes } from './mesh-bytes';
import { DATASET_FILE } from './shapes-format';
import { describeDataset, planMeshes, splitMeshes, type PlannedMesh } from './shapes-plan';

/** Entries of a folder that are looked at. */
const MOST_ENTRIES = 200_000;
/** One to learn from and one to validate on. */
const FEWEST = 2;
/** Meshes named in an error's details. */
const NAMED = 50;

export interface WriteMeshesControl {
  /** @param file the mesh that is read next */
  readonly onProgress?: (done: number, total: number, file: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Makes a data set of the meshes in a folder and the folders within it, one shape a mesh, in learning space with y up
 * (format `halfspace-shapes`); a folder within is a category. It is there whole or not at all, and never written over
 * anything. Same files, options and seed, same bytes. Meshes that cannot be read or enclose nothing are left out and
 * named. Problems: no mesh at all, fewer than two that can be used, a folder that is taken or cannot be written, an
 * abort.
 */
export async function writeMeshesDataset(
  meshes: string,
  folder: string,
  options: MeshesOptions,
  control: WriteMeshesControl = {},
): Promise<Result<MadeDataset>> {
  const found = await findMeshes(meshes, MOST_ENTRIES);
  if (!found.ok) return found;
  const { files, more } = found.value;
  const name = basename(resolve(meshes));
  if (more) return tooMany(name, 'the folder', 'it holds more files and folders', MOST_ENTRIES);
  if (files.length === 0) {
    return fail({
      code: 'meshes-missing',
      message: `${name} holds no mesh.`,
      hint: `Choose a folder of ${namesReadAs('mesh')} files; folders within it are categories.`,
    });
  }
  return writeNewFolder(folder, async (temporary) => {
    const { shapes, skipped } = await writeAll(
      meshes,
      temporary,
      planMeshes(files, options.seed),
      options,
      control,
    );
    if (shapes.length < FEWEST) throw new ProblemError(tooFew(name, shapes.length, skipped));
    const families = [...new Set(shapes.map(({ family }) => family))].sort();
    const splits = splitMeshes(shapes, { seed: options.seed, families });
    for (const split of SPLITS) {
      const lines = splits[split].map(({ family, id }) => `${family}/${id}\n`);
      await writeFile(join(temporary, `${split}.lst`), lines.join(''));
    }
    const about = { ...describeDataset({ ...options, families, count: shapes.length }), meshes: name };
    await writeFile(join(temporary, DATASET_FILE), `${JSON.stringify(about, null, 2)}\n`);
    const counts = Object.fromEntries(SPLITS.map((split) => [split, splits[split].length]));
    return { shapes: shapes.length, families, counts: counts as Record<Split, number>, skipped };
  });
}

async function writeAll(
  meshes: string,
  folder: string,
  plans: readonly PlannedMesh[],
  options: MeshesOptions,
  control: WriteMeshesControl,
): Promise<{ shapes: readonly PlannedMesh[]; skipped: readonly SkippedMesh[] }> {
  const shapes: PlannedMesh[] = [];
  const skipped: SkippedMesh[] = [];
  for (const [i, plan] of plans.entries()) {
    throwIfStopped(control);
    control.onProgress?.(i, plans.length, plan.file);
    const bytes = await meshBytes(join(meshes, plan.file), plan, options, control);
    if (!bytes.ok) {
      skipped.push({ file: plan.file, reason: bytes.error.message });
      continue;
    }
    const home = join(folder, plan.family, plan.id);
    await mkdir(home, { recursive: true });
    for (const [name, content] of bytes.value) await writeFile(join(home, name), content);
    shapes.push(plan);
  }
  throwIfStopped(control);
  return { shapes, skipped };
}

function tooFew(name: string, usable: number, skipped: readonly SkippedMesh[]): Problem {
  const all = usable + skipped.length;
  const detail = skippedWords({ skipped: skipped.slice(0, NAMED) }).join('\n');
  if (usable === 0) {
    return {
      code: 'meshes-unusable',
      message:
        all === 1
          ? `The one mesh in ${name} cannot be used: ${skipped[0].reason}`
          : `None of the ${all} meshes in ${name} can be used, the first one because: ${skipped[0].reason}`,
      hint: 'A mesh must be readable and enclose a volume; holes do not matter.',
      detail,
    };
  }
  return {
    code: 'meshes-too-few',
    message: `Only one of the ${all} meshes in ${name} can be used; learning takes one and validating another.`,
    hint: 'Put more meshes into the folder.',
    ...(detail !== '' && { detail }),
  };
}
