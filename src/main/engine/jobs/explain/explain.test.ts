import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AnomalyOptions, AttentionOptions } from '../../../../shared/contract/explain';
import type { RequestOf } from '../../../../shared/contract/job-client';
import type { JobKind, JobResults } from '../../../../shared/contract/jobs';
import type { PictureDataset } from '../../../../shared/dataset/pictures';
import { colourAt } from '../../../../shared/pictures/colour-maps';
import { fail, ok, unwrap, type Problem, type Result } from '../../../../shared/result';
import { writeModel, writeVae } from '../../../files/model';
import { TINY_DEPTH, TINY_VAE, tinyCard, tinyVaeCard } from '../../../files/model/fixtures';
import { builtinPictures, openPictures } from '../../../files/pictures';
import { readNpy } from '../../../files/read/npy';
import { createGrants } from '../../service/grants';
import type { JobContext } from '../../service/job';
import { createSources } from '../../service/sources';
import { tinyVaeWeights } from '../../models/vae.fixture';
import type { OpenVae } from '../../models/vaes';
import { createJobRunner } from '../index';
import { mapsInSteps } from './in-steps';

vi.mock('../../../files/pictures', () => ({
  builtinPictures: vi.fn<typeof builtinPictures>(),
  openPictures: vi.fn<typeof openPictures>(),
}));

const SIDE = 16;
const MAP = { layer: 'conv1', variant: 'paper', activation: 'post', latent: 'mu', seed: 1 } as const;
const ANOMALY: AnomalyOptions = {
  layer: 'conv2',
  score: 'sumMu',
  sign: 'abs',
  normalStatistics: 'trainMean',
  activation: 'pre',
  seed: 1,
};
const model = { name: 'tiny' } as const;

/** Six pictures of a bright square that moves; the odd ones do not belong. */
const squares: PictureDataset = {
  name: 'squares',
  format: 'a test',
  classes: ['even', 'odd'],
  factors: [],
  size: { width: SIDE, height: SIDE, channels: 1 },
  notes: ['One file was left out.'],
  count: (split) => (split === 'test' ? 6 : 0),
  at: (_, index) => ({ id: `square-${index}`, class: index % 2, anomalous: index % 2 === 1, factors: null }),
  read: async (_, index) => {
    if (index === 5) return fail({ code: 'file-damaged', message: 'square-5 cannot be read.' });
    return ok({ width: SIDE, height: SIDE, channels: 1, pixels: squareAt(index, 250) });
  },
  mask: async (_, index) =>
    ok({ width: SIDE, height: SIDE, mask: squareAt(index, index % 2 === 1 ? 255 : 0) }),
};

function squareAt(index: number, value: number): Uint8Array {
  return Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    return x >= index && x < index + 6 && y >= 4 && y < 10 ? value : 0;
  });
}

const grants = createGrants();
let folder = '';
let next = 1;
let signal = new AbortController().signal;

async function run<K extends JobKind>(request: RequestOf<K>): Promise<Result<JobResults[K]>> {
  const environment = {
    grants,
    sources: createSources(grants),
    backend: 'cpu' as const,
    fieldWorker: '',
    trainWorker: '',
    modelsFolder: join(folder, 'models'),
  };
  const context: JobContext = {
    signal,
    progress: () => undefined,
    preview: () => undefined,
    flatPreview: () => undefined,
    picturePreview: () => undefined,
    rows: () => undefined,
    onControl: () => undefined,
  };
  return (await createJobRunner(environment).run(request, context)) as Result<JobResults[K]>;
}

async function problemOf<K extends JobKind>(request: RequestOf<K>): Promise<Problem> {
  const result = await run(request);
  expect(result.ok).toBe(false);
  return result.ok ? { code: '', message: '' } : result.error;
}

function grant(name: string, write = false): string {
  const token = `00000000-0000-4000-8000-${String(next++).padStart(12, '0')}`;
  grants.add(token, join(folder, name), write);
  return token;
}

const select = (...indices: number[]) =>
  ({ collection: { builtin: 'digits' }, split: 'test', indices }) as const;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfspace-explain-'));
  vi.mocked(builtinPictures).mockResolvedValue(ok(squares));
  vi.mocked(openPictures).mockResolvedValue(ok({ ...squares, name: 'chosen', mask: async () => ok(null) }));
  for (const name of ['tiny', 'cvxnet']) await mkdir(join(folder, 'models', name), { recursive: true });
  const file = (name: string): string => join(folder, 'models', name, 'model.safetensors');
  unwrap(
    await writeVae(file('tiny'), {
      weights: tinyVaeWeights(TINY_VAE, 3),
      card: tinyVaeCard(TINY_VAE),
      precision: 'F32',
    }),
  );
  const card = tinyCard(TINY_DEPTH);
  unwrap(
    await writeModel(file('cvxnet'), { config: TINY_DEPTH, card, weights: new Map(), precision: 'F32' }),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('collections', () => {
  it('are described with what a person should know, and stay open until they are opened again', async () => {
    const opened = unwrap(await run({ kind: 'open-pictures', collection: { builtin: 'digits' } }));
    expect(opened).toMatchObject({
      name: 'squares',
      counts: { train: 0, validation: 0, test: 6 },
      masks: true,
      notes: ['One file was left out.'],
    });
    const collection = { tokens: [grant('some')] };
    vi.mocked(openPictures).mockClear();
    expect(unwrap(await run({ kind: 'open-pictures', collection })).masks).toBe(false);
    unwrap(await run({ kind: 'read-pictures', selection: { ...select(0), collection } }));
    expect(vi.mocked(openPictures).mock.calls).toEqual([[[join(folder, 'some')]]]);
    unwrap(await run({ kind: 'open-pictures', collection }));
    expect(vi.mocked(openPictures)).toHaveBeenCalledTimes(2);
  });

  it('give pictures with what is known of them', async () => {
    const { pictures } = unwrap(await run({ kind: 'read-pictures', selection: select(3, 0) }));
    expect(pictures.map(({ id, index, class: of, anomalous }) => [id, index, of, anomalous])).toEqual([
      ['square-3', 3, 1, true],
      ['square-0', 0, 0, false],
    ]);
    expect(pictures[0].picture).toMatchObject({ width: SIDE, height: SIDE });
    expect([...pictures[0].picture.rgba.subarray((4 * SIDE + 3) * 4, (4 * SIDE + 3) * 4 + 4)]).toEqual([
      250, 250, 250, 255,
    ]);
  });

  it('say which picture is not there or cannot be read, and forget what could not be opened', async () => {
    expect(await problemOf({ kind: 'read-pictures', selection: select(1, 6) })).toMatchObject({
      code: 'no-such-picture',
      message: 'squares has 6 pictures in its test split; there is no picture 6.',
    });
    expect(await problemOf({ kind: 'read-pictures', selection: select(5) })).toMatchObject({
      code: 'file-damaged',
    });
    vi.mocked(openPictures).mockResolvedValueOnce(fail({ code: 'file-unsupported', message: 'none' }));
    const collection = { tokens: [grant('late')] };
    expect((await problemOf({ kind: 'open-pictures', collection })).code).toBe('file-unsupported');
    expect((await run({ kind: 'open-pictures', collection })).ok).toBe(true);
    const unknown = { tokens: ['00000000-0000-4000-8000-999999999999'] };
    expect((await problemOf({ kind: 'open-pictures', collection: unknown })).code).toBe('unknown-file');
  });
});

describe('codes and maps', () => {
  it('of the same pictures agree, and come with what the network saw and made of it', async () => {
    const selection = select(0, 1, 2);
    const codes = unwrap(await run({ kind: 'encode-pictures', model, selection }));
    expect(codes.mu.length).toBe(3 * TINY_VAE.latent);
    const explained = unwrap(await run({ kind: 'explain', model, selection, options: MAP }));
    expect(explained.mu).toEqual(codes.mu);
    expect(explained.maps.layer).toEqual({ name: 'conv1', height: 8, width: 8, channels: 4 });
    expect(explained.maps.values.length).toBe(3 * TINY_VAE.latent * 64);
    expect(explained.divergence).toEqual(tinyVaeCard(TINY_VAE).normal.divergence);
    expect(explained.seen[1].rgba[(4 * SIDE + 1) * 4]).toBe(250);
    const decoded = unwrap(
      await run({
        kind: 'decode-codes',
        model,
        codes: [0, 1, 2].map((n) => [...codes.mu.subarray(n * 4, n * 4 + 4)]),
        options: MAP,
      }),
    );
    expect(decoded.pictures).toEqual(explained.reconstructed);
    expect(decoded.maps?.values.length).toBe(explained.maps.values.length);
    const alone = unwrap(await run({ kind: 'decode-codes', model, codes: [[0, 0, 0, 0]] }));
    expect(alone.maps).toBeNull();
  });

  it('of what does not belong come with errors and masks', async () => {
    const page = unwrap(
      await run({ kind: 'anomaly-maps', model, selection: select(0, 1), options: ANOMALY }),
    );
    expect(page.maps).toMatchObject({ perPicture: 1, layer: { name: 'conv2' } });
    expect(page.maps.values.length).toBe(2 * 16);
    expect(page.masks[0]?.some((value) => value > 0)).toBe(false);
    expect(page.masks[1]).toEqual(squareAt(1, 255));
    const at = 4 * SIDE + 1;
    const made = page.reconstructed[1].rgba[at * 4] / 255;
    expect(page.errors.length).toBe(2 * SIDE * SIDE);
    expect(page.errors[SIDE * SIDE + at]).toBeCloseTo((250 / 255 - made) ** 2, 2);
    const collection = { tokens: [grant('unmasked')] };
    const without = await run({
      kind: 'anomaly-maps',
      model,
      selection: { ...select(1), collection },
      options: ANOMALY,
    });
    expect(unwrap(without).masks).toEqual([null]);
  });

  it('are refused of another layer, another model or a code that does not fit', async () => {
    const selection = select(0);
    const layer = (name: string): AttentionOptions => ({ ...MAP, layer: name });
    expect(await problemOf({ kind: 'explain', model, selection, options: layer('dense1') })).toMatchObject({
      code: 'unknown-layer',
      hint: 'It has conv1, conv2.',
    });
    const cvxnet = { name: 'cvxnet' } as const;
    expect((await problemOf({ kind: 'encode-pictures', model: cvxnet, selection })).code).toBe(
      'wrong-model-kind',
    );
    expect(await problemOf({ kind: 'decode-codes', model, codes: [[1, 2]] })).toMatchObject({
      code: 'wrong-latent',
      message: 'A code of the VAE tiny has 4 numbers, this one has 2.',
    });
    expect((await problemOf({ kind: 'decode-codes', model, codes: [[1, 2, 3, 1e40]] })).code).toBe(
      'not-finite',
    );
  });

  it('are refused where they would fill the memory, with what to do', async () => {
    const layers = [{ name: 'conv1', height: 256, width: 256, channels: 4 }];
    const vae = {
      card: { layers },
      config: { height: 1, width: 1, channels: 1, latent: 40 },
    } as unknown as OpenVae;
    const context = { signal, progress: () => undefined };
    const asked = { kind: 'attention', options: MAP } as const;
    expect(await mapsInSteps(vae, new Float32Array(16), asked, context)).toMatchObject({
      error: {
        code: 'maps-too-large',
        message: '16 pictures have 41943040 values of maps in conv1; 33554432 are the most.',
      },
    });
  });

  it('end when they are cancelled', async () => {
    signal = AbortSignal.abort();
    const result = await problemOf({ kind: 'explain', model, selection: select(0), options: MAP });
    signal = new AbortController().signal;
    expect(result.code).toBe('cancelled');
  });
});

describe('exported maps', () => {
  const request = (name: string) => ({
    kind: 'export-maps' as const,
    model,
    selection: select(0, 3),
    request: { kind: 'attention' as const, options: MAP },
    latents: null,
    sign: 'relu' as const,
    colourMap: 'viridis' as const,
    opacity: 1,
    destination: grant(name, true),
  });

  it('are an overlay per picture and latent and their mean on one scale, and the signed maps', async () => {
    const { files } = unwrap(await run(request('all')));
    const maps = ['latent-0', 'latent-1', 'latent-2', 'latent-3', 'mean'];
    const names = ['square-0', 'square-3'].flatMap((id) => [
      ...maps.map((map) => `${id}-${map}.png`),
      `${id}.npy`,
    ]);
    expect(files.map(({ name }) => name)).toEqual([...names, 'maps.json']);
    expect((await readdir(join(folder, 'all'))).sort()).toEqual(files.map(({ name }) => name).sort());
    const explained = unwrap(await run({ kind: 'explain', model, selection: select(0, 3), options: MAP }));
    const array = unwrap(readNpy(await readFile(join(folder, 'all/square-3.npy')), 'square-3.npy'));
    expect(array.shape).toEqual([5, 8, 8]);
    expect([...array.data].slice(0, 256)).toEqual([...explained.maps.values.subarray(256)]);
    const about = JSON.parse(await readFile(join(folder, 'all/maps.json'), 'utf8'));
    const most = Math.max(...explained.maps.values);
    expect(about).toMatchObject({ maps, sign: 'relu', scale: { from: 0 }, layer: { name: 'conv1' } });
    expect(about.scale.to).toBeCloseTo(most, 6);
    expect(about.pictures).toEqual([
      { id: 'square-0', index: 0 },
      { id: 'square-3', index: 3 },
    ]);
    const png = PNG.sync.read(await readFile(join(folder, 'all/square-0-latent-1.png')));
    expect([png.width, png.height]).toEqual([224, 224]);
    // The corner of a bilinear map is its first value.
    const corner = Math.max(0, explained.maps.values[64]) / most;
    expect([...png.data.subarray(0, 3)]).toEqual(colourAt('viridis', corner));
  });

  it('are only of the latents that were asked for, signed as asked', async () => {
    unwrap(await run({ ...request('one'), latents: [2], sign: 'signed', colourMap: 'diverging' }));
    expect((await readdir(join(folder, 'one'))).sort()).toEqual([
      'maps.json',
      'square-0-latent-2.png',
      'square-0.npy',
      'square-3-latent-2.png',
      'square-3.npy',
    ]);
    const { scale } = JSON.parse(await readFile(join(folder, 'one/maps.json'), 'utf8'));
    expect(scale.from).toBe(-scale.to);
  });

  it('of what does not belong are one per picture', async () => {
    const asked = { kind: 'anomaly' as const, options: ANOMALY };
    unwrap(await run({ ...request('odd'), request: asked }));
    expect((await readdir(join(folder, 'odd'))).sort()).toEqual([
      'maps.json',
      'square-0-anomaly.png',
      'square-0.npy',
      'square-3-anomaly.png',
      'square-3.npy',
    ]);
  });

  it('are refused of a latent that is not there, and into a place that was not chosen for writing', async () => {
    expect(await problemOf({ ...request('none'), latents: [1, 4] })).toMatchObject({
      code: 'no-such-latent',
      message: 'The VAE tiny has no latent 4.',
      hint: 'It has 4: 0 to 3.',
    });
    const destination = grant('readonly');
    expect((await problemOf({ ...request('none'), destination })).code).toBe('file-not-writable');
  });
});
