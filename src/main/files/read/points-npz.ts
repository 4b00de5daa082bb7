import { upAxisReadAs } from '../../../shared/formats/lookup';
import { ok, type Result } from '../../../shared/result';
import { READ_LIMITS } from './limits';
import { readNpy, type NpyArray } from './npy';
import { badFile, tooMany, type Failure } from './problems';
import type { ReadOccupancy, ReadPoints } from './types';
import { readZip } from './zip';

const NAMES = ['points', 'occupancies', 'normals', 'loc', 'scale'] as const;
type Arrays = Partial<Record<(typeof NAMES)[number], NpyArray>>;

/**
 * Reads Occupancy Networks' (Mescheder et al. 2019) points.npz, points with packed occupancy bits (most significant
 * first), or pointcloud.npz, points with normals. `loc` and `scale` take them back to the original mesh's units.
 */
export function readPointsNpz(
  bytes: Uint8Array,
  file: string,
): Result<(ReadOccupancy & Placement) | (ReadPoints & Placement)> {
  const wanted = (name: string): boolean => NAMES.some((known) => name === `${known}.npy`);
  const entries = readZip(bytes, file, wanted);
  if (!entries.ok) return entries;
  const arrays: Arrays = {};
  for (const name of NAMES) {
    const entry = entries.value.get(`${name}.npy`);
    if (!entry) continue;
    const array = readNpy(entry, `${file}, entry ${name}.npy`);
    if (!array.ok) return array;
    arrays[name] = array.value;
  }
  const points = readRows(arrays.points, file, 'points');
  if (!points.ok) return points;
  const placement = readPlacement(arrays, file);
  if (!placement.ok) return placement;
  if (arrays.occupancies) {
    const inside = readOccupancies(arrays.occupancies, points.value.length / 3, file);
    if (!inside.ok) return inside;
    return ok({
      kind: 'occupancy',
      points: points.value,
      inside: inside.value,
      halfPrecision: arrays.points!.type === 'f2',
      upAxis: upAxisReadAs('npz', 'points'),
      notes: [],
      ...placement.value,
    });
  }
  if (!arrays.normals) {
    return badFile(
      'no-surface',
      file,
      'the archive',
      'it needs occupancies.npy or normals.npy beside points.npy',
      "Save the points with their occupancies (Occupancy Networks' points.npz) or normals.",
    );
  }
  const normals = readRows(arrays.normals, file, 'normals');
  if (!normals.ok) return normals;
  if (normals.value.length !== points.value.length) {
    return badFile(
      'file-damaged',
      file,
      'entry normals.npy',
      `it has ${normals.value.length / 3} rows, points.npy has ${points.value.length / 3}`,
      'Save one normal per point.',
    );
  }
  const cloud = {
    points: points.value,
    normals: normals.value,
    upAxis: upAxisReadAs('npz', 'points'),
    notes: [],
  };
  return ok({ kind: 'points', ...cloud, ...placement.value });
}

/** Original units = location + scale * points. */
export interface Placement {
  readonly location: readonly [number, number, number];
  readonly scale: number;
}

function readRows(array: NpyArray | undefined, file: string, name: string): Result<Float64Array> {
  const place = `entry ${name}.npy`;
  if (!array) {
    return badFile(
      'file-damaged',
      file,
      'the archive',
      `it has no ${name}.npy`,
      'Save it with numpy.savez(points=...).',
    );
  }
  const { shape, data } = array;
  if (shape.length !== 2 || shape[1] !== 3) {
    return badFile(
      'file-damaged',
      file,
      place,
      `the shape must be (N, 3), found (${shape.join(', ')})`,
      'Save one row of x, y, z per point.',
    );
  }
  if (shape[0] > READ_LIMITS.points)
    return tooMany(file, place, `it has ${shape[0]} rows`, READ_LIMITS.points);
  if (shape[0] === 0) return badFile('no-surface', file, place, 'it has no rows', 'Save at least one point.');
  const bad = data.findIndex((value: number) => !(Math.abs(value) <= READ_LIMITS.coordinate));
  if (bad >= 0) return notFinite(file, `${place}, row ${Math.floor(bad / 3)}`, data[bad]);
  return ok(Float64Array.from(data));
}

function notFinite(file: string, place: string, value: number): Failure {
  return badFile(
    'not-finite',
    file,
    place,
    `finite numbers below ${READ_LIMITS.coordinate} are needed, found ${value}`,
    'Remove the row. If most look wrong, the array was saved with the wrong byte order.',
  );
}

/** [count] from packed bits (numpy.packbits: first point in the most significant bit) or one byte per point. */
function readOccupancies({ data, shape, type }: NpyArray, count: number, file: string): Result<Uint8Array> {
  const inside = new Uint8Array(count);
  const values = shape.reduce((product, n) => product * n, 1);
  if (type === 'u1' && values === Math.ceil(count / 8)) {
    for (let i = 0; i < count; i++) inside[i] = (data[i >> 3] >> (7 - (i & 7))) & 1;
  } else if (values === count) {
    for (let i = 0; i < count; i++) inside[i] = data[i] >= 0.5 ? 1 : 0;
  } else {
    return badFile(
      'file-damaged',
      file,
      'entry occupancies.npy',
      `${count} points need ${Math.ceil(count / 8)} packed bytes or ${count} values, found ${values} of ${type}`,
      'Save the occupancies with numpy.packbits.',
    );
  }
  return ok(inside);
}

function readPlacement({ loc, scale }: Arrays, file: string): Result<Placement> {
  const location = loc ? Array.from(loc.data) : [0, 0, 0];
  const factor = scale ? scale.data[0] : 1;
  if (location.length !== 3 || !location.every(Number.isFinite)) {
    return badFile(
      'file-damaged',
      file,
      'entry loc.npy',
      'it needs three finite numbers',
      'Save loc with shape (3,).',
    );
  }
  if (!(factor > 0 && factor <= READ_LIMITS.coordinate)) {
    return badFile(
      'file-damaged',
      file,
      'entry scale.npy',
      `it needs a number above 0, found ${factor}`,
      'Save scale > 0.',
    );
  }
  return ok({ location: [location[0], location[1], location[2]], scale: factor });
}
