import { basename } from 'node:path';
import type { Camera } from '../../../shared/geometry/camera';
import type { DatasetShape, ShapeDataset, ShapeId, ShapeView, Split } from '../../../shared/dataset/types';
import type { LabelledPoints } from '../../../shared/geometry/occupancy';
import { createRandom } from '../../../shared/random';
import { fail, ok, type Result } from '../../../shared/result';
import type { OccnetCamera } from '../occnet/cameras';
import { openOccnetFolder, type OccnetModel } from '../occnet/folder';
import { readOccnetModel, type OccnetCloud } from '../occnet/model';
import { readImage } from '../image';
import { quoted } from '../read/problems';
import type { Placement } from '../read/points-npz';
import { readBounded } from './small-file';

/** Edge of the cells in which the surface is looked for, in learning units. */
const CELL = 0.05;
/** Cells per axis over the cube of side 1.1 and a little more. */
const CELLS = 32;

/**
 * A folder of Occupancy Networks' ShapeNet as a data set; a shape's id is `{synset}-{model}`. Pictures with their
 * cameras, no depth. The pictures keep no masks: they cover their whole square, white around the object.
 *
 * There is no near-surface set in this data, and a jittered surface point has no label that its files can vouch for.
 * Near the surface are therefore the labelled box points that share a cell of 0.05 with a point of the surface; all
 * box points where there is none.
 */
export async function openOccnetDataset(folder: string): Promise<Result<ShapeDataset>> {
  const opened = await openOccnetFolder(folder);
  if (!opened.ok) return opened;
  const { classes, models } = opened.value;
  const splits: Readonly<Record<Split, readonly ShapeId[]>> = {
    train: models.train.map(idOf),
    validation: models.val.map(idOf),
    test: models.test.map(idOf),
  };
  const all = [...models.train, ...models.val, ...models.test];
  const byId = new Map(all.map((model, seed) => [idOf(model).id, { model, seed }]));
  return ok({
    name: `${byId.size} shapes of ShapeNet in ${basename(folder)}`,
    families: classes.map(({ name }) => name),
    shapes: (split) => splits[split],
    // The data set holds labelled points, no watertight surface.
    surface: () => Promise.resolve(ok(null)),
    read: async (id) => {
      const found = byId.get(id);
      if (found) return readModel(found.model, found.seed);
      return fail({
        code: 'shape-unknown',
        message: `${folder} lists no shape ${quoted(id)}.`,
        hint: 'A shape is named by its synset and its model: 03001627-<model>.',
      });
    },
  });
}

function idOf({ synset, modelId, className }: OccnetModel): ShapeId {
  return { id: `${synset}-${modelId}`, family: className };
}

async function readModel(model: OccnetModel, seed: number): Promise<Result<DatasetShape>> {
  const shape = await readOccnetModel(model, { random: createRandom(seed) });
  if (!shape.ok) return shape;
  const { points, cloud, images, cameras } = shape.value;
  const box = { points: Float32Array.from(points!.points), inside: points!.inside };
  const views: ShapeView[] = [];
  for (const [i, image] of images.entries()) {
    const bytes = await readBounded(image);
    if (!bytes.ok) return bytes;
    const read = await readImage(bytes.value, image);
    if (!read.ok) return read;
    const { width, height, rgba } = read.value;
    const camera = cameraOf(cameras[i], cloud!, width, height);
    views.push({ colour: { width, height, rgba }, depth: null, camera });
  }
  return ok({ ...idOf(model), samples: { box, nearSurface: nearPoints(box, cloud!) }, views });
}

function nearPoints(box: LabelledPoints, { points }: OccnetCloud): LabelledPoints {
  const touched = new Uint8Array(CELLS ** 3);
  for (let i = 0; i < points.length; i += 3) touched[cellOf(points, i)] = 1;
  const kept: number[] = [];
  for (let i = 0; i < box.inside.length; i++) if (touched[cellOf(box.points, i * 3)] === 1) kept.push(i);
  if (kept.length === 0) return box;
  return {
    points: Float32Array.from(
      { length: kept.length * 3 },
      (_, i) => box.points[kept[(i / 3) | 0] * 3 + (i % 3)],
    ),
    inside: Uint8Array.from(kept, (i) => box.inside[i]),
  };
}

function cellOf(points: ArrayLike<number>, at: number): number {
  const cell = (c: number): number =>
    Math.min(CELLS - 1, Math.max(0, Math.floor(points[at + c] / CELL) + CELLS / 2));
  return (cell(0) * CELLS + cell(1)) * CELLS + cell(2);
}

/**
 * The camera in learning space. The data's matrices act on the original mesh, `location + scale * point`; dividing the
 * camera's space by `scale` changes no pixel. Its pixel coordinates count from the image's corner, ours from the first
 * pixel's centre. Null where the matrices are no pinhole camera of square sight: a turned axis or a sheared image.
 */
export function cameraOf(
  { world, intrinsics: k }: OccnetCamera,
  { location, scale }: Placement,
  width: number,
  height: number,
): Camera | null {
  const rotation = [0, 1, 2].map((r) => [...world.subarray(r * 4, r * 4 + 3)]);
  const isRotation = rotation.every((row, i) =>
    rotation.every((other, j) => Math.abs(dot(row, other) - (i === j ? 1 : 0)) < 1e-3),
  );
  if (!isRotation || !(k[0] > 0) || !(k[4] > 0) || k[1] !== 0 || k[3] !== 0) return null;
  const shift = rotation.map((row, r) => (world[r * 4 + 3] + dot(row, location)) / scale);
  const rows = [0, 1, 2].flatMap((c) => {
    const axis = rotation.map((row) => row[c]);
    return [...axis, -dot(axis, shift)];
  });
  return {
    width,
    height,
    fx: k[0],
    fy: k[4],
    cx: k[2] - 0.5,
    cy: k[5] - 0.5,
    depthScale: 1,
    cameraToWorld: [...rows, 0, 0, 0, 1],
    upAxis: 'y',
  };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
