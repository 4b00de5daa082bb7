import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Camera } from '../../../../shared/geometry/camera';
import type { RequestOf } from '../../../../shared/contract/job-client';
import type { JobKind, JobResults } from '../../../../shared/contract/jobs';
import type { NetworkConfig } from '../../../../shared/recipes/network';
import { createRandom } from '../../../../shared/random';
import { unwrap, type Problem, type Result } from '../../../../shared/result';
import { partPolytope } from '../../../../shared/shape/explicit';
import { writeModel } from '../../../files/model';
import { TINY_DEPTH, TINY_RGB, tinyCard } from '../../../files/model/fixtures';
import { encodeDepthPng } from '../../../files/write/depth-png';
import { weightSpecs } from '../../../learning/cvxnet/network/layout';
import { createGrants } from '../../service/grants';
import type { JobContext } from '../../service/job';
import { createSources } from '../../service/sources';
import { createJobRunner } from '../index';
import { partDistance } from './retrieve';

const SIZE = 48;
const token = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const grants = createGrants();
let folder = '';
let next = 1;

const context: JobContext = {
  signal: new AbortController().signal,
  progress: () => undefined,
  preview: () => undefined,
  flatPreview: () => undefined,
  picturePreview: () => undefined,
  rows: () => undefined,
  onControl: () => undefined,
};

async function run<K extends JobKind>(request: RequestOf<K>): Promise<Result<JobResults[K]>> {
  const environment = {
    grants,
    sources: createSources(grants),
    backend: 'cpu' as const,
    fieldWorker: '',
    trainWorker: '',
    modelsFolder: join(folder, 'models'),
  };
  return (await createJobRunner(environment).run(request, context)) as Result<JobResults[K]>;
}

function grant(name: string, write = false): string {
  const given = token(next++);
  grants.add(given, join(folder, name), write);
  return given;
}

async function problemOf<K extends JobKind>(request: RequestOf<K>): Promise<Problem> {
  const result = await run(request);
  expect(result.ok).toBe(false);
  return result.ok ? { code: '', message: '' } : result.error;
}

/** Random weights: kernels of both signs, so that normals point every way and most parts are bounded. */
async function writeTiny(path: string, config: NetworkConfig, withLibrary: boolean): Promise<void> {
  const random = createRandom(12);
  const weights = new Map(
    weightSpecs(config).map(({ name, shape, role }) => {
      const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
      const last = name === 'decoder/dense2/bias';
      if (role === 'scale' || role === 'movingVariance') data.fill(1);
      if (role === 'kernel') data.forEach((_, i) => (data[i] = 0.2 * random.normal()));
      if (last) data.forEach((_, i) => (data[i] = i < config.parts ? 0 : 0.9 * random.normal()));
      if (last) data.fill(0, config.parts, config.parts * 4);
      return [name, { shape, data }] as const;
    }),
  );
  const latents = Float32Array.from({ length: 6 * config.latent }, () => random.normal());
  const ids = Array.from({ length: 6 }, (_, i) => `shape-${i}`);
  unwrap(
    await writeModel(path, {
      config,
      weights,
      card: tinyCard(config),
      precision: 'F32',
      ...(withLibrary && { library: { latents, ids, families: ids.map(() => 'chair') } }),
    }),
  );
}

/** A box of 0.2 m at 1 m, drawn as a square; nothing behind it. */
function squareDepth(millimetres: (x: number, y: number) => number): Uint16Array {
  return Uint16Array.from({ length: SIZE * SIZE }, (_, i) => millimetres(i % SIZE, Math.floor(i / SIZE)));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfspace-learned-'));
  await mkdir(join(folder, 'models/depth'), { recursive: true });
  await mkdir(join(folder, 'models/rgb'), { recursive: true });
  await writeTiny(join(folder, 'models/depth/model.safetensors'), TINY_DEPTH, true);
  await writeTiny(join(folder, 'models/rgb/model.safetensors'), TINY_RGB, false);
  const camera: Camera = { width: SIZE, height: SIZE, fx: 60, fy: 60, cx: 23.5, cy: 23.5, depthScale: 0.001 };
  await writeFile(join(folder, 'box.camera.json'), JSON.stringify(camera));
  const box = squareDepth((x, y) => (x > 12 && x < 36 && y > 12 && y < 36 ? 1000 + 3 * x : 0));
  await writeFile(join(folder, 'box.png'), encodeDepthPng(box, { width: SIZE, height: SIZE }));
  await writeFile(
    join(folder, 'zero.png'),
    encodeDepthPng(
      squareDepth(() => 0),
      { width: SIZE, height: SIZE },
    ),
  );
  const png = new PNG({ width: SIZE, height: SIZE });
  for (let i = 0; i < SIZE * SIZE; i++) {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    png.data.set(x > 10 && x < 30 && y > 8 && y < 40 ? [200, 60, 30, 255] : [240, 240, 240, 255], i * 4);
  }
  await writeFile(join(folder, 'picture.png'), PNG.sync.write(png));
  const noise = createRandom(5);
  for (let i = 0; i < SIZE * SIZE; i++) for (let c = 0; c < 3; c++) png.data[i * 4 + c] = noise.integer(256);
  await writeFile(join(folder, 'noise.png'), PNG.sync.write(png));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const depthModel = { name: 'depth' } as const;
const code = (value: number): number[] =>
  Array.from({ length: TINY_DEPTH.latent }, (_, i) => value * Math.sin(i + 1));

describe('models', () => {
  it('lists what ships, with hash and input, and notes what is broken', async () => {
    await mkdir(join(folder, 'models/broken'), { recursive: true });
    await writeFile(join(folder, 'models/broken/model.safetensors'), 'nothing');
    const { models, notes } = unwrap(await run({ kind: 'models' }));
    expect(models.map(({ name, input }) => [name, input])).toEqual([
      ['depth', 'depth'],
      ['rgb', 'rgb'],
    ]);
    expect(models[0].sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(notes.join()).toContain('broken');
  });

  it('names a missing model, a file that is none, and one whose weights do not fit', async () => {
    const missing = await problemOf({ kind: 'decode', model: { name: 'nowhere' }, latent: code(1) });
    expect(missing).toMatchObject({ code: 'model-missing' });
    expect(missing.hint).toContain('depth, rgb');
    const none = { token: grant('picture.png') };
    expect((await problemOf({ kind: 'decode', model: none, latent: code(1) })).code).toMatch(/^file-/);
    const path = join(folder, 'other.safetensors');
    const card = tinyCard({ ...TINY_DEPTH, parts: 6 });
    unwrap(await writeModel(path, { config: card.network, card, precision: 'F16', weights: new Map() }));
    const mismatch = await problemOf({
      kind: 'decode',
      model: { token: grant('other.safetensors') },
      latent: code(1),
    });
    expect(mismatch.message).toContain('configuration does not fit the checkpoint');
  });
});

describe('inspect-image', () => {
  it('describes colour and depth', async () => {
    const colour = unwrap(await run({ kind: 'inspect-image', image: { token: grant('picture.png') } }));
    expect(colour).toMatchObject({ input: 'rgb', maskFrom: 'background', width: SIZE, height: SIZE });
    expect(colour.mask?.filter((value) => value === 255).length).toBe(19 * 31);
    const depth = unwrap(await run({ kind: 'inspect-image', image: { token: grant('box.png') } }));
    expect(depth).toMatchObject({ input: 'depth', maskFrom: 'depth' });
    expect(depth.camera?.fx).toBe(60);
    expect(depth.mask?.[24 * SIZE + 24]).toBe(255);
    expect(depth.mask?.[0]).toBe(0);
  });

  it('says when the object cannot be told, and that all zeros are no depth', async () => {
    const noise = unwrap(await run({ kind: 'inspect-image', image: { token: grant('noise.png') } }));
    expect(noise.mask).toBeNull();
    expect(noise.notes.join()).toContain('draw a box');
    const zero = await problemOf({ kind: 'inspect-image', image: { token: grant('zero.png') } });
    expect(zero.code).toBe('no-depth');
    const box = { x: 900, y: 0, width: 5, height: 5 };
    const beside = await problemOf({ kind: 'inspect-image', image: { token: grant('picture.png'), box } });
    expect(beside.code).toBe('box-outside');
  });
});

describe('reconstruct', () => {
  it('makes bounded parts of a depth image, refined without getting worse', async () => {
    const image = { token: grant('box.png') };
    const made = unwrap(await run({ kind: 'reconstruct', image, model: depthModel, refine: true, seed: 1 }));
    expect(made.shape.parts.length).toBeGreaterThan(0);
    for (const part of made.shape.parts) {
      const body = unwrap(partPolytope(part));
      expect(body.clippedByBox).toBe(false);
    }
    expect(made.latent.length).toBe(TINY_DEPTH.latent);
    expect(made.seen.width).toBe(TINY_DEPTH.inputSize);
    if (made.observed) expect(made.observed.after).toBeLessThanOrEqual(made.observed.before);
    expect(made.metric).toBe(made.cameraToShape !== null);
    expect(Object.keys(made.secondsPerStage)).toContain('encode');
  });

  it('gives the same code for the same picture, and takes colour', async () => {
    const request = {
      kind: 'reconstruct',
      image: { token: grant('picture.png') },
      model: { name: 'rgb' },
      refine: false,
      seed: 1,
    } as const;
    const [a, b] = [unwrap(await run(request)), unwrap(await run(request))];
    expect(a.latent).toEqual(b.latent);
    expect(a.model.input).toBe('rgb');
    expect(a.metric).toBe(false);
  });

  it('refuses the wrong kind of picture and one without an object', async () => {
    const ask = (name: string, model: 'rgb' | 'depth') =>
      problemOf({
        kind: 'reconstruct',
        image: { token: grant(name) },
        model: { name: model },
        refine: false,
        seed: 1,
      });
    expect((await ask('picture.png', 'depth')).code).toBe('wrong-input');
    expect((await ask('box.png', 'rgb')).code).toBe('wrong-input');
    expect((await ask('noise.png', 'rgb')).code).toBe('object-not-found');
  });
});

describe('decode and retrieve', () => {
  it('decodes codes, and refuses one of another length', async () => {
    const { shape } = unwrap(await run({ kind: 'decode', model: depthModel, latent: code(1) }));
    expect(shape.parts.every(({ index }) => index < TINY_DEPTH.parts)).toBe(true);
    expect((await problemOf({ kind: 'decode', model: depthModel, latent: [1, 2] })).code).toBe(
      'wrong-latent',
    );
  });

  it('opens a model anew when its file changes', async () => {
    const file = join(folder, 'changing.safetensors');
    await copyFile(join(folder, 'models/depth/model.safetensors'), file);
    const model = { token: grant('changing.safetensors') };
    unwrap(await run({ kind: 'decode', model, latent: code(1) }));
    await writeFile(file, (await readFile(file)).subarray(0, 500));
    expect((await problemOf({ kind: 'decode', model, latent: code(1) })).code).toBe('file-truncated');
  });

  it('finds the nearest shapes by code and by part, nearest first', async () => {
    const library = { kind: 'retrieve', model: depthModel, count: 4 } as const;
    const whole = unwrap(await run({ ...library, latent: code(0.5), part: null })).shapes;
    expect(whole.length).toBe(4);
    const again = unwrap(await run({ ...library, latent: [...whole[2].latent], part: null })).shapes;
    expect(again[0]).toMatchObject({ id: whole[2].id, distance: 0 });
    const { index } = whole[2].shape.parts[0];
    const byPart = unwrap(await run({ ...library, latent: [...whole[2].latent], part: index })).shapes;
    expect(byPart[0].id).toBe(whole[2].id);
    expect(byPart[0].distance).toBeCloseTo(0, 5);
    const distances = byPart.map(({ distance }) => distance);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    const none = await problemOf({ ...library, model: { name: 'rgb' }, latent: code(1), part: null });
    expect(none.code).toBe('no-library');
  });

  it('measures parts by where they are and what they share', async () => {
    const { shape } = unwrap(await run({ kind: 'decode', model: depthModel, latent: code(1) }));
    const [part] = shape.parts;
    const [x, y, z] = part.translation;
    expect(partDistance(part, part)).toBe(0);
    expect(partDistance(part, { ...part, translation: [x + 0.3, y, z + 0.4] })).toBeCloseTo(0.5, 6);
  });
});

describe('interpolate', () => {
  it('writes a mesh per frame and a strip', async () => {
    const { files } = unwrap(
      await run({
        kind: 'interpolate',
        model: depthModel,
        latents: [code(1), code(-1)],
        frames: 3,
        destination: grant('frames', true),
      }),
    );
    expect(files.map(({ name }) => name)).toEqual([
      'frame-001.glb',
      'frame-002.glb',
      'frame-003.glb',
      'strip.png',
    ]);
    const strip = PNG.sync.read(await readFile(join(folder, 'frames/strip.png')));
    expect([strip.width, strip.height]).toEqual([600, 160]);
  });
});
