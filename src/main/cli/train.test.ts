import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { COMPACT_DEPTH_TRAINING, trainingConfigSchema } from '../../shared/recipes/training';
import { DIGITS_TRAINING, ONE_CLASS_DIGIT_TRAINING } from '../../shared/recipes/vae-presets';
import { unwrap } from '../../shared/result';
import type { CommandContext, OptionValues } from './command';
import { trainCommand } from './train';

const folder = mkdtempSync(join(tmpdir(), 'train-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function contextOf(kind: string, values: OptionValues, engine?: CommandContext['engine']): CommandContext {
  return {
    positionals: [kind],
    values,
    seed: 5,
    signal: new AbortController().signal,
    engine:
      engine ??
      (() => {
        throw new Error('nothing was to be trained');
      }),
    progress: () => undefined,
  };
}

/** An engine that ends at once; `asked` is what it was asked for, tokens are the paths themselves. */
function recordingEngine(asked: unknown[]): CommandContext['engine'] {
  const run = { name: 'run', config: DIGITS_TRAINING, rows: [], checkpointStep: 7, best: 91.5, notes: [] };
  const end = { run, stopped: 'steps done', samplesPerSecond: 12 };
  return () =>
    ({
      grant: (path: string) => path,
      client: {
        start: (request: unknown) => {
          asked.push(request);
          return { control: () => undefined, result: Promise.resolve({ ok: true, value: { value: end } }) };
        },
      },
    }) as unknown as ReturnType<CommandContext['engine']>;
}

const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe('halfspace train', () => {
  it('prints every configuration that it names, and each is valid', async () => {
    for (const [kind, names] of [
      ['cvxnet', ['depth', 'rgb', 'reference-depth', 'reference-rgb']],
      [
        'vae',
        [
          'digits',
          'one-class-digit',
          'dsprites',
          'factor-dsprites',
          'attention-dsprites',
          'reference-mnist',
          'reference-dsprites',
          'ped1',
          'mvtec',
        ],
      ],
    ] as const) {
      for (const config of names) {
        const { json, lines } = unwrap(
          await trainCommand.run(contextOf(kind, { config, 'print-config': true })),
        );
        expect(trainingConfigSchema.parse(JSON.parse(lines.join('\n')))).toEqual(json);
        expect(json).toMatchObject({ kind });
        expect(trainCommand.usage).toContain(config);
      }
    }
  });

  it('takes seed, steps and classes into a named configuration', async () => {
    const values = {
      config: 'one-class-digit',
      'print-config': true,
      seed: '5',
      steps: '9',
      classes: '1, 7',
    };
    const { json } = unwrap(await trainCommand.run(contextOf('vae', values)));
    expect(json).toEqual({ ...ONE_CLASS_DIGIT_TRAINING, seed: 5, steps: 9, classes: ['1', '7'] });
  });

  it('asks for pictures that ship by their name, for others by their path, and says how it ended', async () => {
    const asked: { data: unknown; workers: number }[] = [];
    const engine = recordingEngine(asked);
    for (const data of ['digits', 'my/pictures']) {
      const values = { config: 'digits', data: [data], output: 'run', workers: '2' };
      const { lines } = unwrap(await trainCommand.run(contextOf('vae', values, engine)));
      expect(lines[0]).toBe('steps done at step 7: best validation loss 91.500, 12.0 samples/s.');
    }
    expect(asked.map(({ data }) => data)).toEqual([{ builtin: 'digits' }, ['my/pictures']]);
    expect(asked[0].workers).toBe(2);
  });

  it('learns from every --data that is given', async () => {
    const asked: { data: unknown }[] = [];
    const values = { config: 'depth', data: ['ours', 'shapenet'], output: 'run' };
    unwrap(await trainCommand.run(contextOf('cvxnet', values, recordingEngine(asked))));
    expect(asked[0].data).toEqual(['ours', 'shapenet']);
  });

  it('reads a file of before configurations said their kind as a CvxNet', async () => {
    const { kind, ...old } = COMPACT_DEPTH_TRAINING;
    const config = written('old.json', JSON.stringify(old));
    const { json } = unwrap(await trainCommand.run(contextOf('cvxnet', { config, 'print-config': true })));
    expect(json).toEqual({ kind, ...old });
  });

  it.each([
    ['another network', 'gan', { config: 'digits' }, 'usage', /no network "gan"/],
    ['no configuration', 'vae', {}, 'usage', /--config names/],
    ['no data', 'vae', { config: 'digits', output: 'x' }, 'usage', /--data names/],
    ['no output', 'vae', { config: 'digits', data: ['digits'] }, 'usage', /-o names/],
    ['steps that are no number', 'vae', { config: 'digits', steps: 'all' }, 'usage', /--steps takes/],
    ['no class', 'vae', { config: 'digits', classes: ' ,' }, 'usage', /--classes names no class/],
    ['classes for shapes', 'cvxnet', { config: 'depth', classes: '1' }, 'usage', /--classes is for a VAE/],
    [
      'half a worker',
      'vae',
      { config: 'digits', data: ['digits'], output: 'x', workers: '0.5' },
      'usage',
      /--workers takes/,
    ],
    [
      'a file that is not there',
      'vae',
      { config: 'nowhere.json' },
      'config-invalid',
      /^nowhere\.json cannot/,
    ],
  ])('takes %s for bad usage', async (_, kind, values, code, message) => {
    const result = await trainCommand.run(contextOf(kind, values as OptionValues));
    expect(result).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(message) } });
  });

  it.each([
    ['is no JSON', '{', /is no valid JSON/],
    ['is of another kind', JSON.stringify(COMPACT_DEPTH_TRAINING), /configures a cvxnet, not a vae/],
    ['has a field too many', JSON.stringify({ ...DIGITS_TRAINING, dropout: 1 }), /top level: .*"dropout"/],
    ['has a value out of range', JSON.stringify({ ...DIGITS_TRAINING, beta: -1 }), /, beta: /],
    ['says an unknown kind', JSON.stringify({ kind: 'gan' }), /, kind: /],
  ])('says where a file %s', async (what, text, message) => {
    const config = written(`${what.replaceAll(' ', '-')}.json`, text);
    const result = await trainCommand.run(contextOf('vae', { config, 'print-config': true }));
    expect(result.ok).toBe(false);
    if (!result.ok) {
      expect(result.error.message).toMatch(message);
      expect(result.error.message).toContain(config);
    }
  });
});
