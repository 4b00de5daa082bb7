import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from '../../../shared/random';
import { fail, ok, type Result } from '../../../shared/result';
import { READ_LIMITS } from '../read/limits';
import { readPointsNpz, type Placement } from '../read/points-npz';
import { badFile, tooMany, type Failure } from '../read/problems';
import { readOccnetCameras, type OccnetCamera } from './cameras';
import type { OccnetModel } from './folder';

/** Labelled points, uniform in the cube of side 1.1 around the normalised shape. */
export interface OccnetPoints extends Placement {
  /** [n, 3] */
  readonly points: Float64Array;
  /** [n], 1 inside. */
  readonly inside: Uint8Array;
}

/** Oriented points on the surface of the normalised shape. */
export interface OccnetCloud extends Placement {
  /** [n, 3] */
  readonly points: Float64Array;
  /** [n, 3] */
  readonly normals: Float64Array;
}

export interface OccnetShape {
  readonly model: OccnetModel;
  readonly points: OccnetPoints | null;
  readonly cloud: OccnetCloud | null;
  /** Paths of the renderings, in the order of their numbers, with one camera each; empty unless asked for. */
  readonly images: readonly string[];
  readonly cameras: readonly OccnetCamera[];
}

/** Which of a model's files are read. What is asked for must be there. */
export type OccnetPart = 'points' | 'cloud' | 'views';

export interface OccnetReadOptions {
  /** All by default. */
  readonly parts?: readonly OccnetPart[];
  /** Draws the noise for points in half precision; a split of the run's generator. */
  readonly random: Random;
  /** A shape read before: another number of points or views is an error, because batches need one size. */
  readonly like?: OccnetShape;
}

/** Half precision puts points on a grid; Occupancy Networks' loader adds noise of this standard deviation. */
const JITTER = 1e-4;
const IMAGE_FOLDER = 'img_choy2016';
const ALL_PARTS: readonly OccnetPart[] = ['points', 'cloud', 'views'];
const INCOMPLETE_HINT = "Copy the model again, or remove it from its class's list.";

/** Reads one model's points.npz, pointcloud.npz, and paths and cameras of its renderings. */
export async function readOccnetModel(
  model: OccnetModel,
  { parts = ALL_PARTS, random, like }: OccnetReadOptions,
): Promise<Result<OccnetShape>> {
  const points = parts.includes('points') ? await readPoints(model, random) : ok(null);
  if (!points.ok) return points;
  const cloud = parts.includes('cloud') ? await readCloud(model) : ok(null);
  if (!cloud.ok) return cloud;
  const views = parts.includes('views') ? await readViews(model) : ok({ images: [], cameras: [] });
  if (!views.ok) return views;
  const shape = { model, points: points.value, cloud: cloud.value, ...views.value };
  return (like && checkSizes(shape, like)) ?? ok(shape);
}

async function readPoints(model: OccnetModel, random: Random): Promise<Result<OccnetPoints>> {
  const file = join(model.folder, 'points.npz');
  const bytes = await readPart(file);
  if (!bytes.ok) return bytes;
  const read = readPointsNpz(bytes.value, file);
  if (!read.ok) return read;
  if (read.value.kind !== 'occupancy') {
    return badFile('file-damaged', file, 'the archive', 'it has no occupancies.npy', INCOMPLETE_HINT);
  }
  const { points, inside, halfPrecision, location, scale } = read.value;
  if (halfPrecision) for (let i = 0; i < points.length; i++) points[i] += JITTER * random.normal();
  return ok({ points, inside, location, scale });
}

async function readCloud(model: OccnetModel): Promise<Result<OccnetCloud>> {
  const file = join(model.folder, 'pointcloud.npz');
  const bytes = await readPart(file);
  if (!bytes.ok) return bytes;
  const read = readPointsNpz(bytes.value, file);
  if (!read.ok) return read;
  if (read.value.kind !== 'points' || !read.value.normals) {
    return badFile('file-damaged', file, 'the archive', 'points with normals are needed', INCOMPLETE_HINT);
  }
  const { points, normals, location, scale } = read.value;
  return ok({ points, normals, location, scale });
}

async function readViews(model: OccnetModel): Promise<Result<Pick<OccnetShape, 'images' | 'cameras'>>> {
  const folder = join(model.folder, IMAGE_FOLDER);
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    return incomplete(`The folder ${folder} is missing or cannot be read.`);
  }
  const images = names
    .filter((name) => /^\d+\.(?:jpe?g|png)$/i.test(name))
    .sort((a, b) => parseInt(a) - parseInt(b));
  const file = join(folder, 'cameras.npz');
  const bytes = await readPart(file);
  if (!bytes.ok) return bytes;
  const cameras = readOccnetCameras(bytes.value, file);
  if (!cameras.ok) return cameras;
  const wrong = images.findIndex((name, view) => parseInt(name) !== view);
  if (wrong >= 0) return incomplete(`${folder}: the image number ${wrong} is missing.`);
  if (images.length !== cameras.value.length) {
    return incomplete(
      `${folder} holds ${images.length} images, but cameras.npz ${cameras.value.length} cameras.`,
    );
  }
  return ok({ images: images.map((name) => join(folder, name)), cameras: cameras.value });
}

async function readPart(file: string): Promise<Result<Uint8Array>> {
  try {
    const { size } = await stat(file);
    if (size > READ_LIMITS.fileBytes)
      return tooMany(file, 'the file', `it has ${size} bytes`, READ_LIMITS.fileBytes);
    return ok(await readFile(file));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return incomplete(
      `${file} ${missing ? 'is missing' : `could not be read: ${(error as Error).message}`}.`,
    );
  }
}

function checkSizes(shape: OccnetShape, like: OccnetShape): Failure | null {
  const figures = [
    ['points', shape.points?.inside.length, like.points?.inside.length],
    [
      'surface points',
      shape.cloud && shape.cloud.points.length / 3,
      like.cloud && like.cloud.points.length / 3,
    ],
    ['views', shape.images.length, like.images.length],
  ] as const;
  for (const [what, found, expected] of figures) {
    if (found === expected) continue;
    return fail({
      code: 'dataset-mixed',
      message: `${shape.model.folder} has ${found ?? 0} ${what}, ${like.model.folder} has ${expected ?? 0}.`,
      hint: 'Use shapes of one dataset, made with the same settings.',
    });
  }
  return null;
}

function incomplete(message: string): Failure {
  return fail({ code: 'model-incomplete', message, hint: INCOMPLETE_HINT });
}
