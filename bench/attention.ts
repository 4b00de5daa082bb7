import { cpus } from 'node:os';
import {
  dispose,
  grad,
  mul,
  mean,
  setBackend,
  slice,
  stack,
  sum,
  tensor,
  tidy,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { takeValues } from '../src/main/compute/read';
import { startTensorflow } from '../src/main/compute/tensorflow';
import { attentionMaps } from '../src/main/learning/vae/attention';
import { decodeCodes, encodeFromMap, encoderLayers, vaeSpecs } from '../src/main/learning/vae/network';
import { traceEncoder } from '../src/main/learning/vae/network/encoder';
import { inferencePass } from '../src/main/learning/network/pass';
import { drawWeights, type Weights } from '../src/main/learning/network/weights';
import { attentionOptionsSchema } from '../src/shared/contract/explain';
import { DSPRITES_VAE, MNIST_VAE, type VaeNetwork } from '../src/shared/recipes/vae';
import { createRandom, type Random } from '../src/shared/random';
import type { BenchTable } from '../src/main/cli/bench-table';

const LARGEST_SHARE = 1 / 3;
const LARGEST_DIFFERENCE = 1e-4;
const LEAST_RATE = 30;
const ROUNDS = 5;
const SLIDER_FRAMES = 60;

/** Attention maps of every latent in one pass beside a pass per latent, and a slider's pictures per second. */
export async function benchAttention(): Promise<BenchTable> {
  await startTensorflow('wasm');
  await setBackend('wasm');
  const network = DSPRITES_VAE;
  const weights = drawWeights(vaeSpecs(network), createRandom(1));
  const image = noise(createRandom(2), [1, network.height, network.width, network.channels]) as Tensor4D;
  const layers: Awaited<ReturnType<typeof compare>>[] = [];
  for (const [index, { name }] of encoderLayers(network).entries()) {
    layers.push(await compare(network, weights, image, name, index));
  }
  const sliders = { dSprites: await sliderRate(DSPRITES_VAE), digits: await sliderRate(MNIST_VAE) };
  const worst = layers.reduce((a, b) => (a.share > b.share ? a : b));
  const difference = Math.max(...layers.map((layer) => layer.difference));
  const slowest = Math.min(...Object.values(sliders));
  return {
    name: `attention, all ${network.latent} latents of one ${network.height} x ${network.width} picture, one thread`,
    device: `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`,
    columns: ['ms together', 'ms one by one', 'share', 'frames/s'],
    rows: [
      ...layers.map(({ name, together, oneByOne, share }) => ({
        label: name,
        values: { 'ms together': together * 1000, 'ms one by one': oneByOne * 1000, share },
      })),
      ...Object.entries(sliders).map(([name, rate]) => ({
        label: `slider to picture, ${name}`,
        values: { 'frames/s': rate },
      })),
    ],
    bars: [
      {
        what: `all latents together, share of a pass per latent (${worst.name}, the worst)`,
        bar: `< ${LARGEST_SHARE.toFixed(2)}`,
        reached: worst.share.toFixed(2),
        met: worst.share < LARGEST_SHARE,
      },
      {
        what: 'largest relative difference of the maps',
        bar: `<= ${LARGEST_DIFFERENCE}`,
        reached: difference.toExponential(1),
        met: difference <= LARGEST_DIFFERENCE,
      },
      {
        what: 'pictures per second while a slider moves, without drawing',
        bar: `>= ${LEAST_RATE}`,
        reached: slowest.toFixed(0),
        met: slowest >= LEAST_RATE,
      },
    ],
  };
}

/** Both sides in turn; the median of their seconds. */
async function compare(network: VaeNetwork, weights: Weights, image: Tensor4D, name: string, index: number) {
  const options = attentionOptionsSchema.parse({ layer: name });
  const together = async () => {
    const { mu, logvar, values } = attentionMaps(network, weights, image, options);
    dispose([mu, logvar]);
    const [maps] = await takeValues(values);
    return maps;
  };
  const oneByOne = () => passPerLatent(network, weights, image, index);
  const [ours, theirs] = [await together(), await oneByOne()];
  const seconds: [number[], number[]] = [[], []];
  for (let i = 0; i < ROUNDS; i++) {
    seconds[0].push(await timed(together));
    seconds[1].push(await timed(oneByOne));
  }
  const [first, second] = seconds.map((each) => each.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]);
  return {
    name,
    together: first,
    oneByOne: second,
    share: first / second,
    difference: relative(ours, theirs),
  };
}

/** Forward and backward once per latent, by TensorFlow.js's own gradient; the layers below the map only once. */
async function passPerLatent(
  network: VaeNetwork,
  weights: Weights,
  image: Tensor4D,
  layer: number,
): Promise<Float32Array> {
  const together = tidy(() => {
    const pass = inferencePass(weights);
    const map = traceEncoder(network, pass, image).maps[layer].post;
    const maps = Array.from({ length: network.latent }, (_, i) =>
      tidy(() => {
        const gradient = grad((at: Tensor) =>
          sum(slice(encodeFromMap(network, pass, at as Tensor4D, layer).mu, [0, i], [-1, 1])),
        )(map);
        return sum(mul(mean(gradient, [1, 2], true), map), 3);
      }),
    );
    return stack(maps, 1);
  });
  const [values] = await takeValues(together);
  return values;
}

/** Pictures per second on the way between two codes. */
async function sliderRate(network: VaeNetwork): Promise<number> {
  const random = createRandom(4);
  const weights = drawWeights(vaeSpecs(network), random);
  const frame = async (t: number): Promise<void> => {
    const code = tensor(
      Float32Array.from({ length: network.latent }, (_, i) => (i === 0 ? t : 0)),
      [1, network.latent],
    );
    const logits = decodeCodes(network, weights, code);
    code.dispose();
    await takeValues(logits);
  };
  await frame(0);
  const startedAt = performance.now();
  for (let i = 0; i < SLIDER_FRAMES; i++) await frame(i / SLIDER_FRAMES);
  const rate = SLIDER_FRAMES / ((performance.now() - startedAt) / 1000);
  dispose([...weights.values()]);
  return rate;
}

function noise(random: Random, shape: number[]): Tensor {
  const count = shape.reduce((a, b) => a * b, 1);
  return tensor(
    Float32Array.from({ length: count }, () => random.uniform()),
    shape,
  );
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return (performance.now() - startedAt) / 1000;
}

function relative(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  const size = Math.max(...Array.from(expected, Math.abs));
  return Math.max(...Array.from(expected, (value, i) => Math.abs(actual[i] - value))) / size;
}
