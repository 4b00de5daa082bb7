import { cpus } from 'node:os';
import { tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';
import { attentionOptionsSchema } from '../src/shared/contract/explain';
import { DSPRITES_TRAINING } from '../src/shared/recipes/vae-presets';
import type { VaeNetwork, VaeTraining } from '../src/shared/recipes/vae';
import {
  DSPRITES,
  DSPRITES_FACTORS,
  dspritesIndex,
  DSPRITES_SIZE,
} from '../src/main/synthetic/pictures/dsprites';
import { toNetworkPicture } from '../src/shared/pictures/network-picture';
import { createRandom, type Random } from '../src/shared/random';
import { takeValues } from '../src/main/compute/read';
import { startTensorflow } from '../src/main/compute/tensorflow';
import type { Weights } from '../src/main/learning/network/weights';
import { ALONE } from '../src/main/learning/training/exchange';
import { randomFor } from '../src/main/learning/training/data-order';
import { attentionMaps } from '../src/main/learning/vae/attention';
import { encodePictures, vaeSpecs } from '../src/main/learning/vae/network';
import {
  latentVariances,
  randomValues,
  type CodeSource,
} from '../src/main/learning/vae/metrics/disentanglement/codes';
import {
  activeByDivergence,
  collectVotes,
  majorityAccuracy,
} from '../src/main/learning/vae/metrics/disentanglement/factor-votes';
import { discriminatorSpecs } from '../src/main/learning/vae/training/discriminator';
import { createVaeLearner, type PictureRows } from '../src/main/learning/vae/training/learner';
import { startingVaeWeights } from '../src/main/learning/vae/training/start';
import { measurePictures, overlapOfPictures } from '../src/main/learning/vae/training/validate';
import type { BenchTable } from '../src/main/cli/bench-table';

/** Half of dSprites' resolution, three layers and six latents: what one core trains ten times over. */
const SIZE = 32;
const down = (filters: number) => ({ filters, kernel: 4, stride: 2, padding: 1 });
const NETWORK: VaeNetwork = {
  height: SIZE,
  width: SIZE,
  channels: 1,
  latent: 6,
  standardise: null,
  encoder: {
    kind: 'convolutions',
    layers: [down(8), down(16), down(32)],
    hidden: [{ width: 64, relu: true }],
  },
  decoder: {
    hidden: [64, 512],
    start: { height: 4, width: 4, channels: 32 },
    layers: [down(16), down(8), down(1)],
    batchNorm: false,
  },
};
const FACTOR_VAE: VaeTraining = {
  ...DSPRITES_TRAINING,
  network: NETWORK,
  batch: 64,
  steps: 1000,
  factor: { gamma: 10, width: 128, layers: 3, rate: 1e-4, beta1: 0.5, beta2: 0.9 },
};
const ATTENTION = {
  weight: 1,
  mode: 'full',
  pairs: 'random',
  layer: 1,
  latent: 'mu',
} as const;
const SEEDS = [1, 2, 3, 4, 5];
const LEARNED = 8192;
const HELD_OUT = 512;
const OVERLAPS = 256;
const VOTES = 800;
const PICTURES_PER_VOTE = 50;
const LEAST_FALL = 0.3;
const MOST_RISE = 0.1;

interface Outcome {
  /** Mean of all pairs of latents; a map without a positive value overlaps with nothing. */
  readonly overlap: number;
  /** The same of pairs whose maps both have one; not a number without any. */
  readonly livingOverlap: number;
  /** Share of maps that have one. */
  readonly living: number;
  readonly reconstruction: number;
  readonly score: number;
  readonly seconds: number;
}

/**
 * FactorVAE and AD-FactorVAE with full second-order gradients (Liu et al. 2020), five seeds each, the same pictures,
 * noise and steps on both sides, on drawn dSprites at half resolution. The score is FactorVAE's over 800 votes of 50
 * pictures, by majority on the votes themselves.
 */
export async function benchDisentangle(): Promise<BenchTable> {
  await startTensorflow('wasm');
  const data = drawData(createRandom(20));
  const plain: Outcome[] = [];
  const attentive: Outcome[] = [];
  for (const seed of SEEDS) {
    plain.push(await outcomeOf({ ...FACTOR_VAE, seed }, data));
    attentive.push(await outcomeOf({ ...FACTOR_VAE, seed, attention: ATTENTION }, data));
  }
  const mean = (of: readonly Outcome[], key: keyof Outcome): number =>
    of.reduce((sum, one) => sum + one[key], 0) / of.length;
  const fall = 1 - mean(attentive, 'overlap') / mean(plain, 'overlap');
  const rise = mean(attentive, 'reconstruction') / mean(plain, 'reconstruction') - 1;
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const row = (label: string, outcomes: readonly Outcome[]) => ({
    label,
    values: {
      overlap: spread(outcomes, 'overlap'),
      'of living pairs': spread(outcomes, 'livingOverlap'),
      'living maps': spread(outcomes, 'living'),
      'reconstruction, nats': spread(outcomes, 'reconstruction'),
      'FactorVAE score': spread(outcomes, 'score'),
      'least score': Math.min(...outcomes.map(({ score }) => score)),
      'most score': Math.max(...outcomes.map(({ score }) => score)),
      'seconds / run': mean(outcomes, 'seconds'),
    },
  });
  return {
    name: `disentangle, drawn dSprites at ${SIZE} x ${SIZE}, ${NETWORK.latent} latents, ${FACTOR_VAE.steps} steps of ${FACTOR_VAE.batch}, ${SEEDS.length} seeds, gamma ${FACTOR_VAE.factor?.gamma}, attention weight ${ATTENTION.weight} at conv${ATTENTION.layer + 1}, ${VOTES} votes of ${PICTURES_PER_VOTE} pictures; mean and deviation over seeds`,
    device: `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`,
    columns: [
      'overlap',
      'reconstruction, nats',
      'FactorVAE score',
      'least score',
      'most score',
      'seconds / run',
    ],
    rows: [row('FactorVAE', plain), row('AD-FactorVAE, full', attentive)],
    bars: [
      {
        what: 'attention disentanglement: held-out mean overlap of all pairs lower than FactorVAE by',
        bar: `>= ${percent(LEAST_FALL)}`,
        reached: percent(fall),
        met: fall >= LEAST_FALL,
      },
      {
        what: 'attention disentanglement: held-out reconstruction error higher than FactorVAE by',
        bar: `<= ${percent(MOST_RISE)}`,
        reached: percent(rise),
        met: rise <= MOST_RISE,
      },
    ],
  };
}

/** "0.412 +- 0.031" */
function spread(outcomes: readonly Outcome[], key: keyof Outcome): string {
  const values = outcomes.map((one) => one[key]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / Math.max(1, values.length - 1));
  return `${mean.toPrecision(4)} +- ${deviation.toPrecision(2)}`;
}

interface Data {
  readonly learned: readonly Uint8Array[];
  readonly heldOut: readonly Uint8Array[];
}

/** Different combinations of factors for learning and for judging. */
function drawData(random: Random): Data {
  const factors = DSPRITES_FACTORS.map(({ values }) => values);
  const taken = new Set<number>();
  const pictures: Uint8Array[] = [];
  while (pictures.length < LEARNED + HELD_OUT) {
    const values = [...randomValues(factors, 1, random)];
    const index = dspritesIndex(values);
    if (taken.has(index)) continue;
    taken.add(index);
    pictures.push(networkPixels(values));
  }
  return { learned: pictures.slice(0, LEARNED), heldOut: pictures.slice(LEARNED) };
}

/** All runs are judged on the same pictures. */
const drawn = new Map<number, Uint8Array>();

function networkPixels(values: readonly number[]): Uint8Array {
  const index = dspritesIndex(values);
  const known = drawn.get(index);
  if (known) return known;
  const pixels = DSPRITES.draw(values).map((value) => value * 255);
  const size = DSPRITES_SIZE;
  const picture = toNetworkPicture({ width: size, height: size, channels: 1, pixels }, NETWORK).pixels;
  drawn.set(index, picture);
  return picture;
}

async function outcomeOf(config: VaeTraining, data: Data): Promise<Outcome> {
  const startedAt = performance.now();
  const factor = config.factor!;
  const weightsOf = (specs: Parameters<typeof startingVaeWeights>[0], stream: 'start' | 'discriminator') =>
    startingVaeWeights(specs, config.start, randomFor(config.seed, stream, 0));
  const learner = createVaeLearner(
    config,
    {
      step: 0,
      weights: weightsOf(vaeSpecs(NETWORK), 'start'),
      discriminator: { weights: weightsOf(discriminatorSpecs(NETWORK.latent, factor), 'discriminator') },
    },
    ALONE,
  );
  for (let step = 0; step < config.steps; step++) {
    const random = randomFor(config.seed, 'row', step);
    await learner.learn({
      ...drawBatch(data, config.batch, random),
      others: drawBatch(data, config.batch, random),
    });
  }
  const weights = learner.weights();
  const noise = createRandom(7);
  const noises = Float32Array.from({ length: HELD_OUT * NETWORK.latent }, () => noise.normal());
  const images = tensor4d(joined(data.heldOut), [HELD_OUT, SIZE, SIZE, 1]);
  const { reconstruction, divergence } = await measurePictures(config, weights, images, noises);
  const few = tensor4d(joined(data.heldOut.slice(0, OVERLAPS)), [OVERLAPS, SIZE, SIZE, 1]);
  const overlap = (await overlapOfPictures(config, weights, few, ATTENTION.layer, noise)) / OVERLAPS;
  const maps = await livingMaps(weights, few);
  images.dispose();
  few.dispose();
  const score = await factorVaeScore(
    weights,
    Float64Array.from(divergence, (value) => value / HELD_OUT),
  );
  learner.dispose();
  const seconds = (performance.now() - startedAt) / 1000;
  return { overlap, ...maps, reconstruction: reconstruction / HELD_OUT, score, seconds };
}

/** Overlap, as attentionLoss has it, of those pairs whose maps both have a positive value, and how many maps have. */
async function livingMaps(
  weights: Weights,
  images: Tensor4D,
): Promise<Pick<Outcome, 'living' | 'livingOverlap'>> {
  const maps = attentionMaps(
    NETWORK,
    weights,
    images,
    attentionOptionsSchema.parse({ layer: `conv${ATTENTION.layer + 1}` }),
  );
  const [signed] = await takeValues(maps.values);
  const values = signed.map((value) => Math.max(0, value));
  const cells = maps.layer.height * maps.layer.width;
  for (const one of [maps.mu, maps.logvar]) one.dispose();
  let overlaps = 0;
  let pairs = 0;
  let living = 0;
  const { latent } = NETWORK;
  const count = values.length / cells / latent;
  for (let n = 0; n < count; n++) {
    const own = Array.from({ length: latent }, (_, d) =>
      values.subarray((n * latent + d) * cells, (n * latent + d + 1) * cells),
    ).filter((map) => map.some((value) => value > 0));
    living += own.length;
    own.forEach((a, i) =>
      own.slice(i + 1).forEach((b) => {
        let both = 0;
        let either = 0;
        for (let c = 0; c < cells; c++) {
          both += Math.min(a[c], b[c]);
          either += a[c] + b[c];
        }
        overlaps += (2 * both) / either;
        pairs++;
      }),
    );
  }
  return { living: living / (count * latent), livingOverlap: overlaps / pairs };
}

function drawBatch({ learned }: Data, count: number, random: Random): Omit<PictureRows, 'others'> {
  const chosen = Array.from({ length: count }, () => learned[random.integer(learned.length)]);
  const noise = Float32Array.from({ length: count * NETWORK.latent }, () => random.normal());
  return { count, images: joined(chosen), noise };
}

function joined(pictures: readonly Uint8Array[]): Float32Array {
  const values = new Float32Array(pictures.length * SIZE * SIZE);
  pictures.forEach((pixels, n) => pixels.forEach((value, i) => (values[n * SIZE * SIZE + i] = value / 255)));
  return values;
}

async function factorVaeScore(weights: Weights, divergence: Float64Array): Promise<number> {
  const source: CodeSource = {
    factors: DSPRITES_FACTORS.map(({ values }) => values),
    latent: NETWORK.latent,
    draw: async (values) => codesOf(weights, values),
  };
  const random = createRandom(31);
  const all = await source.draw(randomValues(source.factors, 2000, random));
  const variances = latentVariances(all, NETWORK.latent, 0, 2000);
  const perFactor = VOTES / source.factors.length;
  const table = await collectVotes(
    source,
    { variances, active: activeByDivergence(variances, [...divergence]) },
    { count: VOTES, pictures: PICTURES_PER_VOTE, factorOf: (vote) => Math.floor(vote / perFactor) },
    random,
    async () => undefined,
  );
  return majorityAccuracy(table);
}

const GROUP = 256;

/** [N, D] means of drawn pictures. */
async function codesOf(weights: Weights, values: Uint16Array): Promise<Float32Array> {
  const factors = DSPRITES_FACTORS.length;
  const count = values.length / factors;
  const codes = new Float32Array(count * NETWORK.latent);
  for (let from = 0; from < count; from += GROUP) {
    const group = Math.min(GROUP, count - from);
    const pictures = Array.from({ length: group }, (_, i) =>
      networkPixels([...values.subarray((from + i) * factors, (from + i + 1) * factors)]),
    );
    const images = tensor4d(joined(pictures), [group, SIZE, SIZE, 1]);
    const { mu, logvar } = encodePictures(NETWORK, weights, images);
    const [means] = await takeValues(mu);
    codes.set(means, from * NETWORK.latent);
    for (const one of [images, logvar]) one.dispose();
  }
  return codes;
}
