import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttentionOptions, AnomalyOptions } from '../../../shared/contract/explain';
import { createRandom } from '../../../shared/random';
import { unwrap, type Problem, type Result } from '../../../shared/result';
import { writeModel, writeVae } from '../../files/model';
import { TINY_DEPTH, TINY_VAE, tinyCard, tinyVaeCard } from '../../files/model/fixtures';
import { createGrants } from '../service/grants';
import { listModels, openNetwork } from './networks';
import { listVaes, openVae } from './vaes';
import { tinyVaeWeights } from './vae.fixture';

const grants = createGrants();
let folder = '';
let access: Parameters<typeof openVae>[1];
const PIXELS = TINY_VAE.height * TINY_VAE.width;
const options: AttentionOptions = {
  layer: 'conv1',
  variant: 'paper',
  activation: 'post',
  latent: 'mu',
  seed: 1,
};
const anomaly: AnomalyOptions = {
  layer: 'conv2',
  score: 'sumMu',
  sign: 'abs',
  normalStatistics: 'trainMean',
  activation: 'pre',
  seed: 1,
};
const card = tinyVaeCard(TINY_VAE);

function problemOf(result: Result<unknown>): Problem {
  expect(result.ok).toBe(false);
  return result.ok ? { code: '', message: '' } : result.error;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfspace-vaes-'));
  access = { grants, backend: 'cpu', modelsFolder: join(folder, 'models') };
  const weights = tinyVaeWeights(TINY_VAE, 3);
  for (const name of ['tiny', 'broken', 'cvxnet'])
    await mkdir(join(folder, 'models', name), { recursive: true });
  const at = (name: string): string => join(folder, 'models', name, 'model.safetensors');
  unwrap(await writeVae(at('tiny'), { weights, card, precision: 'F32' }));
  unwrap(await writeVae(at('broken'), { weights: new Map(), card, precision: 'F32' }));
  const network = { config: TINY_DEPTH, card: tinyCard(TINY_DEPTH), weights: new Map() };
  unwrap(await writeModel(at('cvxnet'), { ...network, precision: 'F32' }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function pictures(count: number): Float32Array {
  const random = createRandom(7);
  return Float32Array.from({ length: count * PIXELS }, () => random.uniform());
}

describe('VAEs', () => {
  it('are listed apart from CvxNets, each with notes on its own kind', async () => {
    const { vaes, notes } = await listVaes(access);
    expect(vaes.map(({ name }) => name)).toEqual(['tiny']);
    expect(vaes[0].card.normal).toEqual(card.normal);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('"broken" cannot be used');
    const models = await listModels(access);
    expect(models.models).toEqual([]);
    expect(models.notes).toHaveLength(1);
    expect(models.notes[0]).toContain('"cvxnet"');
  });

  it('are refused where a CvxNet is needed, and the other way round, and by name with what there is', async () => {
    expect(problemOf(await openVae({ name: 'cvxnet' }, access))).toMatchObject({ code: 'wrong-model-kind' });
    expect(problemOf(await openNetwork({ name: 'tiny' }, access))).toMatchObject({
      code: 'wrong-model-kind',
    });
    expect(problemOf(await openVae({ name: 'nowhere' }, access))).toMatchObject({
      code: 'model-missing',
      hint: expect.stringContaining('broken, tiny.'),
    });
  });

  it('whose weights or network do not fit say which', async () => {
    expect(problemOf(await openVae({ name: 'broken' }, access))).toMatchObject({
      code: 'model-mismatch',
      message: expect.stringContaining('there is no weight "encoder/conv1/kernel"'),
    });
    const path = join(folder, 'start.safetensors');
    const network = {
      ...TINY_VAE,
      decoder: { ...TINY_VAE.decoder, start: { height: 5, width: 4, channels: 6 } },
    };
    unwrap(await writeVae(path, { weights: new Map(), card: tinyVaeCard(network), precision: 'F16' }));
    const token = '00000000-0000-4000-8000-000000000001';
    grants.add(token, path, false);
    expect(problemOf(await openVae({ token }, access)).message).toMatch(/^start\.safetensors: The network's/);
  });

  it('give the same codes, maps and pictures whatever the batch', async () => {
    const vae = unwrap(await openVae({ name: 'tiny' }, access));
    const many = pictures(vae.batch + 3);
    const codes = await vae.encode(many);
    const last = await vae.encode(many.subarray(many.length - PIXELS));
    expect(codes.mu.length).toBe((vae.batch + 3) * 4);
    expect([...codes.mu.subarray(-4)]).toEqual([...last.mu]);
    expect([...codes.logvar.subarray(-4)]).toEqual([...last.logvar]);
    const explained = unwrap(await vae.explain(many, options));
    expect(explained.maps.layer).toMatchObject({ name: 'conv1', height: 8, width: 8 });
    expect(explained.maps.values.length).toBe((vae.batch + 3) * 4 * 64);
    const one = unwrap(await vae.explain(many.subarray(many.length - PIXELS), options));
    one.maps.values.forEach((value, i) =>
      expect(value).toBeCloseTo(explained.maps.values[explained.maps.values.length - 256 + i], 5),
    );
    expect(one.maps.values.some((value) => value !== 0)).toBe(true);
    const found = unwrap(await vae.findAnomalies(many, anomaly));
    expect(found.maps).toMatchObject({ perPicture: 1 });
    expect(found.maps.values.length).toBe((vae.batch + 3) * 16);
    expect(found.maps.values.every((value) => value >= 0)).toBe(true);
    const decoded = await vae.decode(codes.mu);
    expect(decoded.length).toBe(many.length);
    expect(decoded.every((value) => value > 0 && value < 1)).toBe(true);
  });

  it('say which layers there are', async () => {
    const vae = unwrap(await openVae({ name: 'tiny' }, access));
    expect(problemOf(await vae.explain(pictures(1), { ...options, layer: 'conv9' }))).toMatchObject({
      code: 'unknown-layer',
      hint: 'It has conv1, conv2.',
    });
  });

  it('work on after two others pushed them out, and a changed file is opened anew', async () => {
    const first = unwrap(await openVae({ name: 'tiny' }, access));
    const before = await first.encode(pictures(1));
    for (const n of [2, 3]) {
      const path = join(folder, `copy-${n}.safetensors`);
      await copyFile(join(folder, 'models/tiny/model.safetensors'), path);
      const token = `00000000-0000-4000-8000-00000000001${n}`;
      grants.add(token, path, false);
      expect(unwrap(await openVae({ token }, access)).name).toBe(`copy-${n}.safetensors`);
    }
    expect(await first.encode(pictures(1))).toEqual(before);
    const token = '00000000-0000-4000-8000-000000000013';
    await writeFile(join(folder, 'copy-3.safetensors'), 'cut');
    expect(problemOf(await openVae({ token }, access)).code).toBe('file-truncated');
  });
});
