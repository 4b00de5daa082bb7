import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobRequest, JobResults } from '../../shared/contract/jobs';
import { fail, ok, unwrap, type Result } from '../../shared/result';
import type { ChildEngine } from '../engine/hosts/child';
import { TINY_VAE, tinyVaeCard } from '../files/model/fixtures';
import type { CommandContext, OptionValues } from './command';
import { evaluateCommand } from './evaluate';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'halfspace-evaluate-cli-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const best = { linear: { iou: 0.5, threshold: 1 }, quantile: { iou: 0.25, threshold: 2 } };
const scores = { pixelAuroc: 0.875, pictureAuroc: null, aupro: 0.625, bestIou: best };
const ANSWERS = {
  models: {
    models: [],
    vaes: [{ name: 'tiny', bytes: 1, sha256: 'ab', card: tinyVaeCard(TINY_VAE) }],
    notes: [],
  },
  anomaly: {
    data: 'Planted',
    pictures: 3,
    pixels: 768,
    options: { layer: 'conv1' },
    methods: [{ name: 'attention', ...scores }],
    notes: ['An oracle.'],
  },
  disentanglement: {
    data: 'dSprites',
    samples: 100,
    factors: ['shape', 'scale'],
    scores: { mig: 0.125 },
    mutualInformation: [[0.5, 0]],
  },
};

/** Runs the command on an engine with these answers; collections have masks or factors as asked. */
async function evaluated(values: OptionValues, opened: { masks: boolean; factors: readonly object[] }) {
  const requests: JobRequest[] = [];
  const answers: Record<string, unknown> = {
    ...ANSWERS,
    'open-pictures': { name: 'Pictures', notes: [], ...opened },
  };
  const engine = {
    grant: (path: string, use: string) => `${use} ${path}`,
    client: {
      run: async (request: JobRequest): Promise<Result<unknown>> => {
        requests.push(request);
        const answer = answers[request.kind];
        return answer ? ok(answer) : fail({ code: 'no-answer', message: request.kind });
      },
    },
  } as unknown as ChildEngine;
  const context: CommandContext = {
    positionals: ['tiny'],
    values,
    seed: 5,
    signal: new AbortController().signal,
    engine: () => engine,
    progress: () => undefined,
  };
  return { output: await evaluateCommand.run(context), last: requests.at(-1) };
}

const MASKS = { masks: true, factors: [] };
const FACTORS = { masks: false, factors: [{}] };

describe('halfspace evaluate of a VAE', () => {
  it('reports anomalies where there are masks, into a file too', async () => {
    const report = join(folder, 'deep', 'report.json');
    const values = { against: 'planted', report, sign: 'relu', pictures: '3', normal: 'prior' };
    const { output, last } = await evaluated(values, MASKS);
    expect(last).toMatchObject({
      kind: 'anomaly',
      model: { name: 'tiny' },
      collection: { builtin: 'planted' },
      split: 'test',
      pictures: 3,
      options: { sign: 'relu', score: 'sumMu', normalStatistics: 'prior', seed: 5 },
    });
    const { lines } = unwrap(output);
    expect(lines.find((line) => line.startsWith('attention'))).toMatch(/0\.875 +- +0\.625 +0\.500 +0\.250/);
    expect(lines).toContain('Note: An oracle.');
    expect(JSON.parse(await readFile(report, 'utf8'))).toEqual(
      ANSWERS.anomaly as unknown as JobResults['anomaly'],
    );
  });

  it('reports disentanglement where there are factors', async () => {
    const { output, last } = await evaluated({ against: 'dsprites', share: '0.1' }, FACTORS);
    expect(last).toMatchObject({ kind: 'disentanglement', share: 0.1, seed: 5 });
    expect(unwrap(output).lines.some((line) => /^mig +0\.125$/.test(line))).toBe(true);
  });

  it.each([
    { values: { against: 'planted' }, opened: { masks: false, factors: [] }, code: 'nothing-to-score' },
    { values: { against: 'planted', score: 'best' }, opened: MASKS, code: 'usage' },
    { values: { against: 'planted', split: 'all' }, opened: MASKS, code: 'usage' },
    { values: { against: 'planted', pictures: '0' }, opened: MASKS, code: 'usage' },
    { values: { against: 'dsprites', share: '2' }, opened: FACTORS, code: 'usage' },
    { values: { against: 'nowhere' }, opened: MASKS, code: 'file-unreadable' },
    { values: {}, opened: MASKS, code: 'usage' },
  ])('says what is wrong with $values', async ({ values, opened, code }) => {
    expect((await evaluated(values, opened)).output).toMatchObject({ ok: false, error: { code } });
  });
});
