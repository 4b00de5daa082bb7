import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobKind, JobRequest, JobResults } from '../../shared/contract/jobs';
import { fail, ok, unwrap, type Result } from '../../shared/result';
import type { ChildEngine } from '../engine/hosts/child';
import { TINY_DEPTH, TINY_VAE, tinyCard, tinyVaeCard } from '../files/model/fixtures';
import { readNpy } from '../files/read/npy';
import type { CommandContext, CommandOutput, OptionValues } from './command';
import { explainCommand } from './explain';
import { modelsCommand } from './models';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'halfspace-explain-cli-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const file = { bytes: 1000, sha256: 'ab'.repeat(32) };
const MODELS: JobResults['models'] = {
  models: [{ name: 'depth', input: 'depth', ...file, card: tinyCard(TINY_DEPTH) }],
  vaes: [{ name: 'tiny', ...file, card: tinyVaeCard(TINY_VAE) }],
  notes: [],
};
const OPENED: JobResults['open-pictures'] = {
  name: 'Digits',
  format: 'a test',
  classes: ['0', '1', '2'],
  factors: [],
  size: null,
  counts: { train: 1000, validation: 0, test: 600 },
  masks: false,
  labels: {
    train: null,
    validation: { classes: new Int16Array(0), anomalous: new Int8Array(0) },
    test: {
      classes: Int16Array.from({ length: 600 }, (_, i) => i % 3),
      anomalous: new Int8Array(600).fill(-1),
    },
  },
  notes: ['One picture was left out.'],
};
const PARTS = {
  input: 'depth',
  seen: { width: 4, height: 4, rgba: new Uint8Array(64).fill(255) },
  layer: { name: 'stage4', height: 2, width: 2, channels: 8 },
  parts: [3, 7],
  values: Float32Array.from([0, 1, 2, 3, -4, 0, 0, 2]),
  points: null,
  notes: ['Only the front was seen.'],
} as unknown as JobResults['explain-parts'];

type Answers = { readonly [K in JobKind]?: JobResults[K] };

/** A context whose engine gives these answers, and the requests that it gets. */
function asked(positionals: readonly string[], values: OptionValues, answers: Answers = {}) {
  const requests: JobRequest[] = [];
  const all: Answers = {
    models: MODELS,
    'open-pictures': OPENED,
    'export-maps': { files: [{ name: 'maps.json', bytes: 10 }] },
    'explain-parts': PARTS,
    ...answers,
  };
  const engine = {
    grant: (path: string, use: string) => `${use} ${path}`,
    client: {
      run: async (request: JobRequest): Promise<Result<unknown>> => {
        requests.push(request);
        if (request.kind === 'read-pictures') {
          const pictures = request.selection.indices.map((index) => ({ index, class: index % 3 }));
          return ok({ pictures });
        }
        const answer = all[request.kind];
        return answer ? ok(answer) : fail({ code: 'no-answer', message: request.kind });
      },
    },
  } as unknown as ChildEngine;
  const context: CommandContext = {
    positionals,
    values,
    seed: 5,
    signal: new AbortController().signal,
    engine: () => engine,
    progress: () => undefined,
  };
  return { requests, context };
}

async function exported(positionals: readonly string[], values: OptionValues) {
  const { requests, context } = asked(positionals, { model: 'tiny', output: 'out', ...values });
  const output: CommandOutput = unwrap(await explainCommand.run(context));
  const last = requests.at(-1);
  if (last?.kind !== 'export-maps') throw new Error(`the last request is ${last?.kind}`);
  return { output, request: last };
}

describe('halfspace explain', () => {
  it('exports all latents of pictures that ship, spread over the test split, in the layer that shows most', async () => {
    const { output, request } = await exported(['digits'], { pictures: '4' });
    expect(request).toMatchObject({
      model: { name: 'tiny' },
      selection: { collection: { builtin: 'digits' }, split: 'test', indices: [0, 150, 300, 450] },
      request: {
        kind: 'attention',
        options: { layer: 'conv1', variant: 'paper', activation: 'post', seed: 5 },
      },
      latents: null,
      sign: 'relu',
      colourMap: 'viridis',
      destination: 'write out',
    });
    expect(output.lines).toEqual([
      'Note: One picture was left out.',
      '4 of 600 pictures of Digits, test split, looked at in conv1',
      'Wrote 1 files into out: overlays (PNG), maps (NPY), maps.json',
    ]);
  });

  it('takes one latent, a variant, a sign, and a class of a split', async () => {
    const { request } = await exported(['digits'], {
      latent: '2',
      variant: 'authors-code',
      layer: 'conv2',
      class: '1',
      split: 'train',
      pictures: '3',
    });
    expect(request).toMatchObject({
      selection: { split: 'train', indices: [1, 4, 7] },
      request: { options: { layer: 'conv2', variant: 'authors-code', activation: 'pre' } },
      latents: [2],
      sign: 'abs',
    });
    const spread = await exported(['digits'], { class: '2', pictures: '2' });
    expect(spread.request.selection.indices).toEqual([2, 302]);
    const signed = await exported(['digits'], { sign: 'signed' });
    expect(signed.request).toMatchObject({ sign: 'signed', colourMap: 'diverging' });
  });

  it('looks for what does not belong in a file or folder of a person', async () => {
    await writeFile(join(folder, 'some.png'), 'a picture');
    const path = join(folder, 'some.png');
    const { request } = await exported([path], { latent: 'anomaly' });
    expect(request).toMatchObject({
      selection: { collection: { tokens: [`read ${path}`] } },
      request: { kind: 'anomaly', options: { sign: 'abs', score: 'sumMu', activation: 'pre' } },
    });
  });

  it.each([
    ['no output', { output: undefined }, /^-o names/],
    ['no model', { model: undefined }, /^--model names/],
    ['half a latent', { latent: '1.5' }, /^--latent takes/],
    ['a negative latent', { latent: '-1' }, /^--latent takes/],
    ['another variant', { variant: 'new' }, /^--variant takes paper, authors-code, grad-cam\+\+/],
    ['another sign', { sign: 'none' }, /^--sign takes/],
    ['signed anomalies', { latent: 'anomaly', sign: 'signed' }, /^--sign of what/],
    ['another split', { split: 'all' }, /^--split takes/],
    ['other colours', { 'colour-map': 'jet' }, /^--colour-map takes/],
    ['too many pictures', { pictures: '1000' }, /^--pictures takes/],
  ])('takes %s for bad usage', async (_, values, message) => {
    const { context } = asked(['digits'], { model: 'tiny', output: 'out', ...values });
    const result = await explainCommand.run(context);
    expect(result).toMatchObject({ ok: false, error: { code: 'usage' } });
    expect(result.ok ? '' : result.error.message).toMatch(message);
  });

  it.each([
    ['a file that is not there', ['nowhere.png'], {}, 'file-unreadable', /nowhere\.png/],
    ['a VAE that is not there', ['digits'], { model: 'huge' }, 'model-missing', /no VAE named "huge"/],
    ['a CvxNet', ['digits'], { model: 'depth' }, 'wrong-model-kind', /depth is a CvxNet/],
    ['an empty split', ['digits'], { split: 'validation' }, 'no-pictures', /no pictures in its validation/],
    ['a class that is not there', ['digits'], { class: '9' }, 'class-missing', /no class "9"/],
  ])('names %s', async (_, positionals, values, code, message) => {
    const { context } = asked(positionals, { model: 'tiny', output: 'out', ...values });
    const result = await explainCommand.run(context);
    expect(result).toMatchObject({ ok: false, error: { code } });
    expect(result.ok ? '' : result.error.message).toMatch(message);
  });

  it('writes an overlay per part of a reconstruction, and the maps', async () => {
    const output = join(folder, 'parts');
    const { requests, context } = asked(['mug.png'], { parts: true, model: 'depth', output });
    const said = unwrap(await explainCommand.run(context));
    expect(requests).toEqual([
      { kind: 'explain-parts', model: { name: 'depth' }, image: { token: 'read mug.png' }, target: 'all' },
    ]);
    expect(said.lines[0]).toBe('Note: Only the front was seen.');
    expect((await readdir(output)).sort()).toEqual(['maps.json', 'part-04.png', 'part-08.png', 'parts.npy']);
    const maps = unwrap(readNpy(await readFile(join(output, 'parts.npy')), 'parts.npy'));
    expect(maps.shape).toEqual([2, 2, 2]);
    expect([...maps.data]).toEqual([...PARTS.values]);
    const about = JSON.parse(await readFile(join(output, 'maps.json'), 'utf8'));
    expect(about).toMatchObject({ parts: [3, 7], scale: { from: 0, to: 3 } });
    expect(PNG.sync.read(await readFile(join(output, 'part-08.png'))).width).toBe(224);
  });
});

describe('halfspace models', () => {
  it('lists both kinds with what they are', async () => {
    const { lines } = unwrap(await modelsCommand.run(asked([], {}).context));
    expect(lines).toEqual([
      'depth      depth  0.0 MB, abababababab',
      'tiny       vae    0.0 MB, 16 x 16, 4 latents, reconstruction 40.0 nats, abababababab',
    ]);
  });
});
