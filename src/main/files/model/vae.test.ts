import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap, type Problem } from '../../../shared/result';
import { encodeSafetensors } from '../safetensors/write';
import { TINY_DEPTH, TINY_VAE, tinyCard, tinyVaeCard } from './fixtures';
import { modelKind, readModel, readVae, writeModel, writeVae } from './index';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfspace-vae-model-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

const content = {
  weights: new Map([
    ['encoder/conv1/kernel', { shape: [2, 2], data: Float32Array.from([0.5, -1.25, 0.1, 0]) }],
  ]),
  card: tinyVaeCard(TINY_VAE),
};

async function problemOf(name: string, bytes: Uint8Array): Promise<Problem> {
  await writeFile(at(name), bytes);
  const read = await readVae(at(name));
  expect(read.ok).toBe(false);
  return read.ok ? { code: '', message: '' } : read.error;
}

describe('files of VAEs', () => {
  it('give back what was written, weights to their precision, with size and hash', async () => {
    const bytes = unwrap(await writeVae(at('half.safetensors'), { ...content, precision: 'F16' }));
    const half = unwrap(await readVae(at('half.safetensors')));
    expect(half).toMatchObject({ card: content.card, bytes });
    const file = await readFile(at('half.safetensors'));
    expect(half.sha256).toBe(createHash('sha256').update(file).digest('hex'));
    const [a, b, c] = half.weights.get('encoder/conv1/kernel')!.data;
    expect([a, b]).toEqual([0.5, -1.25]);
    expect(c).not.toBe(Math.fround(0.1));
    expect(c).toBeCloseTo(0.1, 4);
    unwrap(await writeVae(at('single.safetensors'), { ...content, precision: 'F32' }));
    expect(unwrap(await readVae(at('single.safetensors'))).weights).toEqual(content.weights);
  });

  it('are told from those of a CvxNet, each way in one error, and by their header alone', async () => {
    unwrap(await writeVae(at('vae.safetensors'), { ...content, precision: 'F16' }));
    const card = tinyCard(TINY_DEPTH);
    const network = { config: TINY_DEPTH, card, weights: new Map(), precision: 'F16' as const };
    unwrap(await writeModel(at('cvxnet.safetensors'), network));
    expect(await readModel(at('vae.safetensors'))).toMatchObject({
      error: {
        code: 'wrong-model-kind',
        message: 'vae.safetensors: the model is a VAE, needed is a CvxNet.',
      },
    });
    expect(await readVae(at('cvxnet.safetensors'))).toMatchObject({
      error: {
        code: 'wrong-model-kind',
        message: 'cvxnet.safetensors: the model is a CvxNet, needed is a VAE.',
      },
    });
    expect(await modelKind(at('vae.safetensors'))).toBe('vae');
    expect(await modelKind(at('cvxnet.safetensors'))).toBe('cvxnet');
    await writeFile(at('text'), 'no model at all, only some text');
    expect(await modelKind(at('text'))).toBeNull();
    expect(await modelKind(at('nowhere'))).toBeNull();
  });

  it('that are cut off, no model, damaged or not finite are each one error', async () => {
    unwrap(await writeVae(at('good.safetensors'), { ...content, precision: 'F16' }));
    const good = await readFile(at('good.safetensors'));
    expect((await problemOf('cut', good.subarray(0, good.length - 3))).code).toBe('file-truncated');
    const other = unwrap(encodeSafetensors({ tensors: new Map(), metadata: new Map([['step', '3']]) }));
    expect((await problemOf('checkpoint', other)).code).toBe('file-unsupported');
    const text = good.toString('latin1');
    const spoilt = await problemOf(
      'spoilt',
      Buffer.from(text.replace('\\"latent\\":4', '\\"latent\\":0'), 'latin1'),
    );
    expect(spoilt.message).toContain('"card.network.latent"');
    const short = { ...content.card, normal: { ...content.card.normal, mean: [1] } };
    unwrap(await writeVae(at('short'), { ...content, card: short, precision: 'F16' }));
    expect(await readVae(at('short'))).toMatchObject({
      error: { code: 'file-damaged', message: expect.stringContaining('"card.normal"') },
    });
    const weights = new Map([['a', { shape: [2], data: Float32Array.from([1, NaN]) }]]);
    unwrap(await writeVae(at('nan'), { ...content, weights, precision: 'F32' }));
    expect(await readVae(at('nan'))).toMatchObject({ error: { code: 'not-finite' } });
  });
});
