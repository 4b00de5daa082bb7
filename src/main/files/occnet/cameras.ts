import { ok, type Result } from '../../../shared/result';
import { readNpy } from '../read/npy';
import { badFile } from '../read/problems';
import { readZip } from '../read/zip';

/** The camera of one view: a world point p has homogeneous pixel coordinates intrinsics * (world * (p, 1)). */
export interface OccnetCamera {
  /** [3, 4] row-major, world to camera. */
  readonly world: Float64Array;
  /** [3, 3] row-major. */
  readonly intrinsics: Float64Array;
}

const HINT = "Use cameras.npz of Occupancy Networks' dataset: world_mat_i and camera_mat_i, i from 0.";

/** Reads cameras.npz: pairs world_mat_i of (3, 4) or (4, 4) and camera_mat_i of (3, 3), numbered from 0 without gap. */
export function readOccnetCameras(bytes: Uint8Array, file: string): Result<OccnetCamera[]> {
  const entries = readZip(bytes, file, (name) => /^(?:world|camera)_mat_\d+\.npy$/.test(name));
  if (!entries.ok) return entries;
  const cameras: OccnetCamera[] = [];
  for (let view = 0; view * 2 < entries.value.size; view++) {
    const world = readMatrix(entries.value, file, `world_mat_${view}.npy`, 4);
    if (!world.ok) return world;
    const intrinsics = readMatrix(entries.value, file, `camera_mat_${view}.npy`, 3);
    if (!intrinsics.ok) return intrinsics;
    cameras.push({ world: world.value, intrinsics: intrinsics.value });
  }
  if (cameras.length > 0) return ok(cameras);
  return badFile('camera-missing', file, 'the archive', 'it holds no world_mat_0.npy', HINT);
}

function readMatrix(
  entries: ReadonlyMap<string, Uint8Array>,
  file: string,
  name: string,
  columns: number,
): Result<Float64Array> {
  const entry = entries.get(name);
  if (!entry) return badFile('camera-missing', file, 'the archive', `it holds no ${name}`, HINT);
  const array = readNpy(entry, `${file}, entry ${name}`);
  if (!array.ok) return array;
  const { shape, data } = array.value;
  const rows = shape[0] === 3 || (columns === 4 && shape[0] === 4);
  if (shape.length !== 2 || !rows || shape[1] !== columns) {
    const what = `a matrix of (3, ${columns}) is needed, found (${shape.join(', ')})`;
    return badFile('camera-invalid', file, `entry ${name}`, what, HINT);
  }
  const values = Float64Array.from(data.subarray(0, 3 * columns));
  if (values.every(Number.isFinite)) return ok(values);
  return badFile('camera-invalid', file, `entry ${name}`, 'its numbers must be finite', HINT);
}
