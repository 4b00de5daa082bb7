import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  anomalyOptionsSchema,
  type AnomalyReport,
  type CollectionChoice,
  type DisentanglementReport,
  type VaeEntry,
} from '../../shared/contract/explain';
import type { ModelChoice } from '../../shared/contract/inputs';
import { SPLITS } from '../../shared/dataset/types';
import { defaultLayer } from '../../shared/pictures/default-layer';
import { fail, ok, type Result } from '../../shared/result';
import type { ChildEngine } from '../engine/hosts/child';
import type { CommandContext, CommandOutput } from './command';
import { collectionOf } from './explain-selection';
import { progressLine } from './outputs';
import { writeJson } from './report';
import { readNumbers, usage } from './values';

/** A VAE by its choice and what is known of it. */
export interface ChosenVae {
  readonly model: ModelChoice;
  readonly entry: VaeEntry;
}

/** The chosen model if it is a VAE, else null. Problems: a file that is no model. */
export async function findVae(
  { signal }: CommandContext,
  engine: ChildEngine,
  model: ModelChoice,
): Promise<Result<ChosenVae | null>> {
  const files = 'token' in model ? [model.token] : [];
  const listed = await engine.client.run({ kind: 'models', files }, { signal });
  if (!listed.ok) return listed;
  const entry = listed.value.vaes.find(({ name, token }) =>
    'token' in model ? token === model.token : token === undefined && name === model.name,
  );
  return ok(entry ? { model, entry } : null);
}

/**
 * `halfspace evaluate <VAE> --against <collection>`: how well maps find what masks mark, or how well latents stand for
 * factors, whichever the collection has.
 */
export async function evaluateVae(
  context: CommandContext,
  engine: ChildEngine,
  vae: ChosenVae,
  hint: string,
): Promise<Result<CommandOutput>> {
  const { values, signal } = context;
  const collection = await collectionOf(engine, String(values.against));
  if (!collection.ok) return collection;
  const opened = await engine.client.run({ kind: 'open-pictures', collection: collection.value }, { signal });
  if (!opened.ok) return opened;
  const { masks, factors, name } = opened.value;
  if (!masks && factors.length === 0) {
    return fail({
      code: 'nothing-to-score',
      message: `${name} has neither masks nor factors, so there is nothing to score a VAE by.`,
      hint: 'Take a collection with masks (MVTec AD, UCSD Ped1, planted) or with factors (dSprites).',
    });
  }
  const evaluated = masks
    ? await evaluateAnomalies(context, engine, vae, collection.value, hint)
    : await evaluateFactors(context, engine, vae, collection.value);
  if (!evaluated.ok) return evaluated;
  if (typeof values.report === 'string') {
    await mkdir(dirname(values.report), { recursive: true });
    await writeJson(values.report, evaluated.value.json);
  }
  const notes = opened.value.notes.map((note) => `Note: ${note}`);
  return ok({ ...evaluated.value, lines: [...notes, ...evaluated.value.lines] });
}

async function evaluateAnomalies(
  { values, signal, seed, progress }: CommandContext,
  engine: ChildEngine,
  { model, entry }: ChosenVae,
  collection: CollectionChoice,
  hint: string,
): Promise<Result<CommandOutput>> {
  const split = SPLITS.find((known) => known === (values.split ?? 'test'));
  if (!split) return usage(`--split takes ${SPLITS.join(', ')}, not "${values.split}"`, hint);
  const numbers = readNumbers(values, ['pictures']);
  if (!numbers.ok) return numbers;
  const { pictures } = numbers.value;
  if (pictures !== undefined && (!Number.isInteger(pictures) || pictures < 1)) {
    return usage('--pictures takes a whole number from 1', hint);
  }
  const options = anomalyOptionsSchema.safeParse({
    layer: values.layer ?? defaultLayer(entry.card.layers).name,
    score: values.score,
    sign: values.sign,
    normalStatistics: values.normal,
    seed,
  });
  if (!options.success) {
    const { path } = options.error.issues[0];
    const option = path[0] === 'normalStatistics' ? 'normal' : String(path[0]);
    return usage(`--${option} takes another value than "${values[option]}"`, hint);
  }
  const report = await engine.client.run(
    { kind: 'anomaly', model, collection, split, options: options.data, pictures },
    { signal, onProgress: (told) => progress(progressLine(told)) },
  );
  if (!report.ok) return report;
  return ok({ json: report.value, lines: anomalyLines(report.value, split) });
}

async function evaluateFactors(
  { values, signal, seed, progress }: CommandContext,
  engine: ChildEngine,
  { model }: ChosenVae,
  collection: CollectionChoice,
): Promise<Result<CommandOutput>> {
  const numbers = readNumbers(values, ['share']);
  if (!numbers.ok) return numbers;
  const { share = 1 } = numbers.value;
  if (!(share > 0 && share <= 1)) {
    return fail({ code: 'usage', message: `--share takes a number above 0 and at most 1, not "${share}".` });
  }
  const report = await engine.client.run(
    { kind: 'disentanglement', model, collection, share, seed },
    { signal, onProgress: (told) => progress(progressLine(told)) },
  );
  if (!report.ok) return report;
  return ok({ json: report.value, lines: factorLines(report.value) });
}

function anomalyLines(report: AnomalyReport, split: string): string[] {
  const { data, pictures, pixels, methods, notes, options } = report;
  const width = Math.max(...methods.map(({ name }) => name.length)) + 2;
  const cell = (value: number | null): string => (value === null ? '-' : value.toFixed(3)).padStart(15);
  const titles = ['pixel AUROC', 'picture AUROC', 'AUPRO', 'best IoU, steps', 'by quantiles'];
  return [
    `${split} split of ${data}: ${pictures} pictures, ${pixels} pixels, maps of ${options.layer}`,
    '',
    ' '.repeat(width) + titles.map((title) => title.padStart(15)).join(' '),
    ...methods.map(
      ({ name, pixelAuroc, pictureAuroc, aupro, bestIou }) =>
        name.padEnd(width) +
        [pixelAuroc, pictureAuroc, aupro, bestIou.linear.iou, bestIou.quantile.iou].map(cell).join(' '),
    ),
    '',
    ...notes.map((note) => `Note: ${note}`),
  ];
}

function factorLines({ data, samples, factors, scores, mutualInformation }: DisentanglementReport): string[] {
  const column = (text: string): string => text.slice(0, 11).padStart(12);
  return [
    `${data}: ${samples} samples, factors ${factors.join(', ')}`,
    '',
    ...Object.entries(scores).map(([name, value]) => `${name.padEnd(22)}${value.toFixed(3).padStart(8)}`),
    '',
    `${'mutual information, nats'.padEnd(26)}${factors.map(column).join('')}`,
    ...mutualInformation.map(
      (row, j) => `latent ${j}`.padEnd(26) + row.map((value) => column(value.toFixed(3))).join(''),
    ),
  ];
}
