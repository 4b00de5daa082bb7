import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../shared/result';
import { encodeSafetensors } from '../safetensors/write';
import { readModel, writeModel, type WriteModelRequest } from './index';
import { TINY_DEPTH, tinyCard } from './fixtures';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfspace-model-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const request: WriteModelRequest = {
  config: TINY_DEPTH,
  precision: 'F16',
  weights: new Map([
    ['a/kernel', { shape: [2, 2], data: Float32Array.from([0.5, -1.25, 3, 0]) }],
    ['a/movingMean', { shape: [2], data: Float32Array.from([0.1, 2]) }],
  ]),
  card: tinyCard(TINY_DEPTH),
  library: {
    latents: Float32Array.from({ length: 2 * TINY_DEPTH.latent }, (_, i) => i / 8),
    ids: ['chair-1', 'table-2'],
    families: ['chair', 'table'],
  },
};

async function problemOf(name: string, bytes: Uint8Array): Promise<{ code: string; message: string }> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  const read = await readModel(path);
  expect(read.ok).toBe(false);
  return read.ok ? { code: '', message: '' } : read.error;
}

describe('model files', () => {
  it('gives back what was written, weights to half precision, with its hash', async () => {
    const path = join(folder, 'whole.safetensors');
    const bytes = unwrap(await writeModel(path, request));
    const read = unwrap(await readModel(path));
    expect(read.config).toEqual(TINY_DEPTH);
    expect(read.card).toEqual(request.card);
    expect(read.bytes).toBe(bytes);
    expect(read.sha256).toBe(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
    expect([...read.weights.keys()].sort()).toEqual(['a/kernel', 'a/movingMean']);
    expect(read.weights.get('a/kernel')).toEqual(request.weights.get('a/kernel'));
    expect(read.weights.get('a/movingMean')?.data[0]).toBeCloseTo(0.1, 4);
    expect(read.library).toEqual(request.library);
  });

  it('keeps single precision exactly and works without a library', async () => {
    const path = join(folder, 'single.safetensors');
    unwrap(await writeModel(path, { ...request, precision: 'F32', library: undefined }));
    const read = unwrap(await readModel(path));
    expect(read.weights.get('a/movingMean')?.data[0]).toBe(Math.fround(0.1));
    expect(read.library).toBeNull();
  });

  it('says what is wrong with a file that is cut off, empty, no model, or damaged', async () => {
    const path = join(folder, 'good.safetensors');
    unwrap(await writeModel(path, request));
    const good = await readFile(path);
    expect(await problemOf('cut.safetensors', good.subarray(0, good.length - 7))).toMatchObject({
      code: 'file-truncated',
    });
    expect(await problemOf('empty.safetensors', new Uint8Array(0))).toMatchObject({ code: 'file-empty' });
    const other = unwrap(encodeSafetensors({ tensors: new Map(), metadata: new Map([['step', '3']]) }));
    expect(await problemOf('checkpoint.safetensors', other)).toMatchObject({ code: 'file-unsupported' });
    const spoilt = good.toString('latin1').replace('\\"parts\\":5', '\\"parts\\":0');
    const problem = await problemOf('spoilt.safetensors', Buffer.from(spoilt, 'latin1'));
    expect(problem.code).toBe('file-damaged');
    expect(problem.message).toContain('config.parts');
  });

  it('refuses weights that are no numbers and a library that does not fit', async () => {
    const path = join(folder, 'nan.safetensors');
    const weights = new Map([['a', { shape: [2], data: Float32Array.from([1, NaN]) }]]);
    unwrap(await writeModel(path, { ...request, weights }));
    const nan = await readModel(path);
    expect(nan).toMatchObject({ ok: false, error: { code: 'not-finite' } });
    const library = { ...request.library!, ids: ['one', 'two'], families: ['one'] };
    unwrap(await writeModel(path, { ...request, library }));
    expect(await readModel(path)).toMatchObject({ ok: false, error: { code: 'file-damaged' } });
  });

  it('names a file that is not there', async () => {
    const read = await readModel(join(folder, 'nowhere.safetensors'));
    expect(read).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
  });
});
