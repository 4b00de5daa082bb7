import type { AnomalyOptions, AnomalyReport, AnomalyScores } from '../../../../shared/contract/explain';
import { CANCELLED } from '../../../../shared/contract/job-client';
import type { PictureDataset } from '../../../../shared/dataset/pictures';
import type { Split } from '../../../../shared/dataset/types';
import { resizeMap } from '../../../../shared/pictures/resize';
import { fail, ok, type Result } from '../../../../shared/result';
import { scoreMethod, shuffledAuroc, type ScoredPictures } from '../../../learning/vae/metrics';
import type { JobContext } from '../../service/job';
import type { OpenVae } from '../../models/vaes';
import { squaredErrors } from './squared-errors';
import { maskFor } from './masks';
import { readImages } from './selection';

/** Pixels that are scored at once: some 600 MB with both methods and the masks. */
const MOST_PIXELS = 2 ** 26;
/** Pictures between two looks at the messages. */
const STEP = 16;
const SHUFFLES = 20;
/** Equal AUROCs that were computed in two ways differ by less. */
const ROUNDING = 1e-9;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

type MethodPictures = Record<AnomalyScores['name'], ScoredPictures>;

interface Measured {
  readonly methods: MethodPictures;
  /** Pictures without a mask, which were left out. */
  readonly unmasked: number;
}

/**
 * The report without its time. Maps are enlarged bilinearly and masks resized to the nearest pixel, both to the
 * network's size; no map is scaled by itself. Problems: no masks, masks of one kind only, values that are not finite,
 * those of reading, cancelled.
 */
export async function reportAnomalies(
  vae: OpenVae,
  dataset: PictureDataset,
  { split, options, pictures }: { split: Split; options: AnomalyOptions; pictures?: number },
  context: Pick<JobContext, 'signal' | 'progress'>,
): Promise<Result<Omit<AnomalyReport, 'seconds'>>> {
  const { width, height } = vae.config;
  const all = dataset.count(split);
  const most = Math.floor(MOST_PIXELS / (width * height));
  const count = Math.min(all, pictures ?? all, most);
  const indices = spreadOver(all, count);
  const measured = await measure(vae, dataset, { split, options, indices }, context);
  if (!measured.ok) return measured;
  const { methods, unmasked } = measured.value;
  const { labels } = methods.attention;
  const scored: AnomalyScores[] = [];
  const notes: string[] = [];
  for (const name of ['attention', 'reconstruction error'] as const) {
    if (context.signal.aborted) return fail(CANCELLED);
    context.progress({ fraction: null, stage: `Scoring the ${name}`, figures: {} });
    await nextTurn();
    const scores = scoreMethod(name, methods[name]);
    if (scores === null) return oneKind(dataset, split);
    scored.push(scores);
    notes.push(chanceNote(scores, methods[name]));
  }
  notes.push(
    'The best intersection over union is an oracle: its threshold is chosen by the masks that it is measured with.',
  );
  if (unmasked > 0) notes.push(`${unmasked} pictures without a mask were left out.`);
  if (count < all) notes.push(`${count} of ${all} pictures, spread evenly, were looked at.`);
  return ok({
    model: { name: vae.name, sha256: vae.sha256 },
    data: dataset.name,
    pictures: methods.attention.anomalous.length,
    pixels: labels.length,
    options,
    methods: scored,
    notes,
  });
}

/**
 * `count` of `all` indices, one from each of as many equal stretches, at a place that never repeats: equal steps would
 * miss one kind altogether where kinds take turns.
 */
export function spreadOver(all: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [Math.floor((i * all) / count), Math.floor(((i + 1) * all) / count)];
    return from + Math.floor(((i * GOLDEN) % 1) * (to - from));
  });
}

async function measure(
  vae: OpenVae,
  dataset: PictureDataset,
  { split, options, indices }: { split: Split; options: AnomalyOptions; indices: readonly number[] },
  context: Pick<JobContext, 'signal' | 'progress'>,
): Promise<Result<Measured>> {
  const { width, height, channels } = vae.config;
  const pixels = width * height;
  const attention = new Float32Array(indices.length * pixels);
  const errors = new Float32Array(indices.length * pixels);
  const labels = new Uint8Array(indices.length * pixels);
  const anomalous: boolean[] = [];
  for (let from = 0; from < indices.length; from += STEP) {
    if (context.signal.aborted) return fail(CANCELLED);
    const chosen: number[] = [];
    for (const index of indices.slice(from, from + STEP)) {
      const mask = await maskFor(dataset, split, index, vae.config);
      if (!mask.ok) return mask;
      if (mask.value === null) continue;
      labels.set(mask.value, (anomalous.length + chosen.length) * pixels);
      chosen.push(index);
    }
    if (chosen.length > 0) {
      const read = await readImages(dataset, { split, indices: chosen }, vae.config, context);
      if (!read.ok) return read;
      const found = await vae.findAnomalies(read.value.images, options);
      if (!found.ok) return found;
      const { mu, maps } = found.value;
      const reconstructed = await vae.decode(mu);
      errors.set(squaredErrors(read.value.images, reconstructed, channels), anomalous.length * pixels);
      const size = maps.layer.width * maps.layer.height;
      for (const [n, { anomalous: known }] of read.value.ids.entries()) {
        const map = maps.values.subarray(n * size, (n + 1) * size);
        const start = anomalous.length * pixels;
        attention.set(resizeMap(map, maps.layer, { width, height }), start);
        anomalous.push(known ?? labels.subarray(start, start + pixels).some((value) => value !== 0));
      }
    }
    const done = Math.min(from + STEP, indices.length);
    context.progress({ fraction: done / indices.length, stage: 'Looking', figures: { pictures: done } });
    await nextTurn();
  }
  const used = anomalous.length * pixels;
  if (used === 0) return noMasks(dataset, split);
  const pictures = (scores: Float32Array): ScoredPictures => ({
    width,
    height,
    scores: scores.subarray(0, used),
    labels: labels.subarray(0, used),
    anomalous,
  });
  const methods = { attention: pictures(attention), 'reconstruction error': pictures(errors) };
  for (const { scores } of Object.values(methods)) if (!scores.every(Number.isFinite)) return notFinite(vae);
  return ok({ methods, unmasked: indices.length - anomalous.length });
}

function chanceNote({ name, pixelAuroc }: AnomalyScores, pictures: ScoredPictures): string {
  const chance = shuffledAuroc(pictures, { rounds: SHUFFLES, seed: 1 });
  if (chance === null) return `What chance makes of the ${name} cannot be told.`;
  const { mean, deviation, bar } = chance;
  const verdict = pixelAuroc - bar > ROUNDING ? 'is above' : 'is not above';
  return (
    `The ${name}'s pixel AUROC ${pixelAuroc.toFixed(3)} ${verdict} ${bar.toFixed(3)}, the mean and three deviations of ` +
    `what it has by other pictures' masks (${mean.toFixed(3)} with deviation ${deviation.toFixed(3)}, ` +
    `${SHUFFLES} shuffles).`
  );
}

/** Lets messages in, a cancellation for one. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function noMasks(dataset: PictureDataset, split: Split): Result<never> {
  return fail({
    code: 'no-masks',
    message: `${dataset.name} has no masks in its ${split} split, so maps cannot be scored.`,
    hint: 'Choose a split with masks, or look at the maps themselves, which need none.',
  });
}

function oneKind(dataset: PictureDataset, split: Split): Result<never> {
  return fail({
    code: 'one-kind-of-pixel',
    message: `The masks of the ${split} split of ${dataset.name} mark nothing, or everything.`,
    hint: 'Choose a split with both normal and anomalous pixels.',
  });
}

function notFinite({ name }: OpenVae): Result<never> {
  return fail({
    code: 'not-finite',
    message: `The model ${name} gives values that are not finite for these pictures.`,
    hint: 'Use another checkpoint of its training.',
  });
}
