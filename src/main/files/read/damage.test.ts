import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../../shared/result';
import { readCamera } from './camera';
import { detectFormat } from './detect';
import { readExr } from './exr';
import {
  ballNpz,
  boxMesh,
  encodeAsciiStl,
  encodeBinaryStl,
  encodeExr,
  encodeGlb,
  encodeNpy,
  encodeObj,
  encodePly,
  encodePng,
  floatBytes,
  gltfJson,
  text,
} from './fixtures';
import { readGltf } from './gltf';
import { readNpy } from './npy';
import { readObj } from './obj';
import { readPly } from './ply';
import { readPngDepth } from './png-depth';
import { readPointsNpz } from './points-npz';
import { readStl } from './stl';

type Reader = (bytes: Uint8Array, file: string) => Result<unknown> | Promise<Result<unknown>>;

const SEED = 20_261_123;
const box = boxMesh();
const { json, binary } = gltfJson(box);
const depth = Array.from({ length: 12 }, (_, i) => i * 100);
const camera = { width: 4, height: 3, fx: 4, fy: 4, cx: 1.5, cy: 1, depthScale: 0.001 };

const readAlone: Reader = (bytes, file) =>
  readGltf(bytes, file, () =>
    Promise.resolve({ ok: false, error: { code: 'x', message: `${file}, beside` } }),
  );

const FORMATS: readonly (readonly [string, string, Uint8Array, Reader])[] = [
  ['OBJ', 'a.obj', encodeObj(box), readObj],
  ['ASCII STL', 'a.stl', encodeAsciiStl(box), readStl],
  ['binary STL', 'a.stl', encodeBinaryStl(box), readStl],
  ['ASCII PLY', 'a.ply', encodePly(box, 'ascii'), readPly],
  ['little-endian PLY', 'a.ply', encodePly(box, 'binary_little_endian'), readPly],
  ['big-endian PLY', 'a.ply', encodePly(box, 'binary_big_endian'), readPly],
  ['GLB', 'a.glb', encodeGlb(json, binary), readAlone],
  ['NPY', 'a.npy', encodeNpy('<f4', '(3, 4)', floatBytes(depth)), readNpy],
  ['points.npz', 'a.npz', ballNpz(4), readPointsNpz],
  ['PNG', 'a.png', encodePng(4, 3, depth), readPngDepth],
  ['EXR', 'a.exr', encodeExr(4, 3, { Z: depth }), readExr],
  ['ZIPS EXR', 'a.exr', encodeExr(40, 3, { Z: Array.from({ length: 120 }, () => 1) }, 2), readExr],
  ['camera', 'a.json', text(JSON.stringify(camera)), readCamera],
];

function expectValueOrProblem(result: Result<unknown>, file: string): void {
  if (result.ok) return;
  expect(result.error.message.startsWith(`${file}, `)).toBe(true);
  expect(result.error.hint).toBeTruthy();
}

describe.each(FORMATS)('%s', (_, file, bytes, read) => {
  it('is read whole', async () => {
    expect((await read(bytes, file)).ok).toBe(true);
  });

  it('cut off after any byte gives a value or one clear error', async () => {
    let refused = 0;
    for (let length = 0; length < bytes.length; length++) {
      const result = await read(bytes.slice(0, length), file);
      expectValueOrProblem(result, file);
      if (!result.ok) refused++;
    }
    // A text cut off inside its last lines may still be whole; everything before is an error.
    expect(refused).toBeGreaterThan(bytes.length * 0.45);
  });

  it(`with any bytes changed gives a value or one clear error, seed ${SEED}`, async () => {
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const damaged = bytes.slice();
        for (const [at, value] of changes) damaged[at] = value;
        expectValueOrProblem(await read(damaged, file), file);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

describe('any bytes', () => {
  it(`are recognised or refused, seed ${SEED}`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expectValueOrProblem(detectFormat(bytes, 'thing.bin'), 'thing.bin');
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
