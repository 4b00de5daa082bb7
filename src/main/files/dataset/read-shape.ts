import { join } from 'node:path';
import type { DatasetShape, ShapeId, ShapeView } from '../../../shared/dataset/types';
import type { LabelledPoints } from '../../../shared/geometry/occupancy';
import { ok, type Result } from '../../../shared/result';
import { readNpy, type NpyArray } from '../read/npy';
import { badFile, type Failure } from '../read/problems';
import { readZip } from '../read/zip';
import { CAMERA_NUMBERS, DEPTH_SCALE, SHAPE_FILES, shapeFileSchema, type DatasetFile } from './shapes-format';
import { readBounded, readJson } from './small-file';

/** Standard deviations by which the share of inside points may miss the volume; chance alone: one in 10^15. */
const VOLUME_DEVIATIONS = 8;
const HINT = 'The data set is damaged: copy or write it again.';

/** Reads one shape of a data set and holds every array to what dataset.json and shape.json say. */
export async function readShape(
  folder: string,
  { id, family }: ShapeId,
  about: DatasetFile,
): Promise<Result<DatasetShape>> {
  const home = join(folder, family, id);
  const file = join(home, SHAPE_FILES.shape);
  const shape = await readJson(file, shapeFileSchema);
  if (!shape.ok) return shape;
  if (shape.value.family !== family) {
    return badFile('file-damaged', file, 'family', `${family} is needed, found ${shape.value.family}`, HINT);
  }
  const samples = await readArrays(join(home, SHAPE_FILES.samples), {
    box_points: { type: 'f2', shape: [about.pointsPerSet, 3] },
    box_labels: { type: 'u1', shape: [about.pointsPerSet] },
    near_points: { type: 'f2', shape: [about.pointsPerSet, 3] },
    near_labels: { type: 'u1', shape: [about.pointsPerSet] },
  });
  if (!samples.ok) return samples;
  const sets = [];
  for (const set of ['box', 'near'] as const) {
    const points = samples.value[`${set}_points`] as Float32Array;
    const labels = samples.value[`${set}_labels`] as Uint8Array;
    const failure = checkPoints(
      join(home, SHAPE_FILES.samples),
      set,
      points,
      labels,
      shape.value.parts.length,
      about,
    );
    if (failure) return failure;
    sets.push({ points, inside: isInside(labels) });
  }
  const failure = checkVolume(join(home, SHAPE_FILES.samples), sets[0], shape.value.volume, about.halfSize);
  if (failure) return failure;
  const views = await readViews(join(home, SHAPE_FILES.views), about);
  if (!views.ok) return views;
  return ok({ id, family, samples: { box: sets[0], nearSurface: sets[1] }, views: views.value });
}

async function readViews(
  file: string,
  { views, imageSize }: DatasetFile,
): Promise<Result<readonly ShapeView[]>> {
  const arrays = await readArrays(file, {
    colour: { type: 'u1', shape: [views, imageSize, imageSize, 4] },
    depth: { type: 'u2', shape: [views, imageSize, imageSize] },
    cameras: { type: 'f8', shape: [views, CAMERA_NUMBERS] },
  });
  if (!arrays.ok) return arrays;
  const { colour, depth, cameras } = arrays.value;
  const bad = cameras.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    return badFile('not-finite', file, `entry cameras.npy, value ${bad}`, `it is ${cameras[bad]}`, HINT);
  const size = { width: imageSize, height: imageSize };
  const pixels = imageSize * imageSize;
  const list = Array.from({ length: views }, (_, v): ShapeView => {
    const [fx, fy, cx, cy, ...cameraToWorld] = cameras.subarray(v * CAMERA_NUMBERS, (v + 1) * CAMERA_NUMBERS);
    return {
      colour: { ...size, rgba: (colour as Uint8Array).slice(v * pixels * 4, (v + 1) * pixels * 4) },
      depth: { ...size, depth: inUnits(depth, v * pixels, pixels) },
      camera: { ...size, fx, fy, cx, cy, depthScale: DEPTH_SCALE, cameraToWorld, upAxis: 'y' },
    };
  });
  return ok(list);
}

// Plain loops here and below: a training reads shapes all the time, and callbacks take three times as long.
function inUnits(stored: ArrayLike<number>, from: number, count: number): Float32Array {
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) out[i] = stored[from + i] * DEPTH_SCALE;
  return out;
}

function isInside(labels: Uint8Array): Uint8Array {
  const out = new Uint8Array(labels.length);
  for (let i = 0; i < labels.length; i++) out[i] = labels[i] > 0 ? 1 : 0;
  return out;
}

interface Expected {
  readonly type: string;
  readonly shape: readonly number[];
}

/** The arrays of an .npz archive; each must have its type and shape. */
async function readArrays<K extends string>(
  file: string,
  expected: Readonly<Record<K, Expected>>,
): Promise<Result<Record<K, NpyArray['data']>>> {
  const bytes = await readBounded(file);
  if (!bytes.ok) return bytes;
  const names = Object.keys(expected) as K[];
  const entries = readZip(bytes.value, file, (name) => names.some((known) => name === `${known}.npy`));
  if (!entries.ok) return entries;
  const arrays: Partial<Record<K, NpyArray['data']>> = {};
  for (const name of names) {
    const entry = entries.value.get(`${name}.npy`);
    if (!entry) return badFile('file-damaged', file, 'the archive', `it holds no ${name}.npy`, HINT);
    const array = readNpy(entry, `${file}, entry ${name}.npy`);
    if (!array.ok) return array;
    const { type, shape, data } = array.value;
    if (type !== expected[name].type || shape.join() !== expected[name].shape.join()) {
      const what = `${expected[name].type} of (${expected[name].shape.join(', ')}) is needed, found ${type} of (${shape.join(', ')})`;
      return badFile('file-damaged', file, `entry ${name}.npy`, what, HINT);
    }
    arrays[name] = data;
  }
  return ok(arrays as Record<K, NpyArray['data']>);
}

function checkPoints(
  file: string,
  set: 'box' | 'near',
  points: Float32Array,
  labels: Uint8Array,
  parts: number,
  { halfSize }: DatasetFile,
): Failure | null {
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] <= parts) continue;
    const what = `it names part ${labels[i]}, shape.json has ${parts}`;
    return badFile('file-damaged', file, `entry ${set}_labels.npy, value ${i}`, what, HINT);
  }
  // Half precision rounds by up to 2^-11 of the value.
  const limit = set === 'box' ? halfSize * (1 + 2 ** -11) : 2 * halfSize;
  for (let i = 0; i < points.length; i++) {
    if (points[i] >= -limit && points[i] <= limit) continue;
    const code = Number.isFinite(points[i]) ? 'file-damaged' : 'not-finite';
    const what = `it is ${points[i]}, beyond ${limit.toFixed(3)}`;
    return badFile(code, file, `entry ${set}_points.npy, value ${i}`, what, HINT);
  }
  return null;
}

/** Labels that do not fit the volume are labels of another shape. */
function checkVolume(
  file: string,
  { inside }: LabelledPoints,
  volume: number,
  halfSize: number,
): Failure | null {
  const share = volume / (2 * halfSize) ** 3;
  const found = inside.reduce((sum, one) => sum + one, 0);
  const deviation = Math.sqrt(inside.length * share * Math.max(0, 1 - share));
  if (Math.abs(found - inside.length * share) <= VOLUME_DEVIATIONS * deviation + 1) return null;
  const what = `${found} of ${inside.length} points are inside, the volume ${volume.toFixed(4)} asks for about ${Math.round(inside.length * share)}`;
  return badFile('file-damaged', file, 'entry box_labels.npy', what, HINT);
}
