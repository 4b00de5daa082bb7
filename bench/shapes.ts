import * as bunny from 'bunny';
import * as teapot from 'teapot';
import { chair } from '../scripts/samples/chair';
import { gear } from '../scripts/samples/gear';
import { lamp } from '../scripts/samples/lamp';
import { toMesh, type Model } from '../scripts/samples/modelling';
import { mug } from '../scripts/samples/mug';
import { orientOutward } from '../src/shared/geometry/inside-orient';
import { sharedManifold } from '../src/main/files/manifold';
import type { TriangleMesh } from '../src/shared/geometry/types';

/** A shape that fits are measured on, oriented outward, centred, its longest edge 1. */
export interface BenchShape {
  readonly name: string;
  readonly mesh: TriangleMesh;
}

const MODELS: Readonly<Record<string, Model>> = { chair, lamp, mug, gear };
const SCANS = { bunny, teapot };

/** The bunny and teapot packages' meshes, then this project's own samples. */
export async function loadBenchShapes(): Promise<BenchShape[]> {
  const scans = Object.entries(SCANS).map(([name, arrays]) => ({
    name,
    mesh: toLearningSpace(meshOfArrays(arrays)),
  }));
  const api = await sharedManifold();
  const models = Object.entries(MODELS).map(([name, model]) => ({
    name,
    mesh: toLearningSpace(toMesh(model(api))),
  }));
  return [...scans, ...models];
}

function meshOfArrays({ positions, cells }: typeof bunny): TriangleMesh {
  return { positions: Float64Array.from(positions.flat()), indices: Uint32Array.from(cells.flat()) };
}

function toLearningSpace(raw: TriangleMesh): TriangleMesh {
  const { mesh } = orientOutward(raw);
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < mesh.positions.length; i++) {
    low[i % 3] = Math.min(low[i % 3], mesh.positions[i]);
    high[i % 3] = Math.max(high[i % 3], mesh.positions[i]);
  }
  const scale = 1 / Math.max(high[0] - low[0], high[1] - low[1], high[2] - low[2]);
  const positions = mesh.positions.map((value, i) => (value - (low[i % 3] + high[i % 3]) / 2) * scale);
  return { positions, indices: mesh.indices };
}
