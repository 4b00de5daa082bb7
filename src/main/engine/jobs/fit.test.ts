import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FitResult } from '../../../shared/contract/jobs';
import { boxMesh, torusMesh } from '../../../shared/geometry/testing/meshes';
import type { TriangleMesh } from '../../../shared/geometry/types';
import { unwrap } from '../../../shared/result';
import { partPolytope } from '../../../shared/shape/explicit';
import { createWasmFieldKernel } from '../../compute/kernels/wasm';
import { loadSource } from '../../files/source/load';
import type { JobContext, JobEnvironment } from '../service/job';
import { fitJob } from './fit';

// The kernel of one thread: the worker's file is there after a build only.
vi.mock('../../compute/field-kernel', () => ({ openKernel: () => createWasmFieldKernel() }));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfspace-fit-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The job on a mesh that is read from a file, as few steps as a fit may have. */
async function fit({ positions, indices }: TriangleMesh): Promise<FitResult> {
  const path = join(folder, 'mesh.obj');
  const vertices = Array.from({ length: positions.length / 3 }, (_, v) =>
    ['v', ...positions.subarray(3 * v, 3 * v + 3)].join(' '),
  );
  const faces = Array.from({ length: indices.length / 3 }, (_, t) =>
    ['f', ...indices.subarray(3 * t, 3 * t + 3).map((v) => v + 1)].join(' '),
  );
  await writeFile(path, [...vertices, ...faces].join('\n'));
  const nothing = (): undefined => undefined;
  const context: JobContext = {
    signal: new AbortController().signal,
    progress: nothing,
    preview: nothing,
    flatPreview: nothing,
    picturePreview: nothing,
    rows: nothing,
    onControl: nothing,
  };
  const environment = {
    sources: { load: () => loadSource(path) },
    backend: 'wasm',
    fieldWorker: '',
  } as unknown as JobEnvironment;
  const options = { parts: 6, planes: 8, steps: 50, pointsPerStep: 512, seed: 1 };
  return unwrap(await fitJob.run({ kind: 'fit', source: { token: 'mesh' }, options }, environment, context));
}

describe('a fit', () => {
  it('takes a box for what it is, without a step', async () => {
    const { shape, stopped, steps } = await fit(boxMesh([0, 0, 0], [2, 1, 0.3]));
    expect({ stopped, steps }).toEqual({ stopped: 'exact', steps: 0 });
    expect(shape.parts.map(({ planes }) => planes.length)).toEqual([6]);
  });

  it('approximates what is round, and no vertex leaves the box of the source', async () => {
    const { shape, stopped } = await fit(torusMesh(0.36, 0.14, 24, 12));
    expect(stopped).not.toBe('exact');
    const half = [0.5, 0.5, 0.14];
    for (const part of shape.parts) {
      const { vertices } = unwrap(partPolytope(part));
      vertices.forEach((value, i) => expect(Math.abs(value)).toBeLessThan(half[i % 3] + 1e-6));
    }
  });
});
