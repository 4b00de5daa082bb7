import { cpus } from 'node:os';
import { join } from 'node:path';
import { createGrants } from '../src/main/engine/service/grants';
import { openNetwork, type OpenNetwork } from '../src/main/engine/models/networks';
import { fitShape, FIT_SAMPLING } from '../src/main/learning/cvxnet/fit';
import { createWasmFieldKernel } from '../src/main/compute/kernels/wasm';
import { sampleOccupancy } from '../src/shared/geometry/occupancy';
import { createRandom } from '../src/shared/random';
import { unwrap } from '../src/shared/result';
import { shapePolytopes } from '../src/shared/shape/explicit';
import { loadBenchShapes } from './shapes';
import type { BenchTable } from '../src/main/cli/bench-table';

const LARGEST_SHARE = 0.1;
const LEAST_RATE = 30;
const ROUNDS = 10;
const SLIDER_FRAMES = 60;

/** A picture to parts by the depth model that ships, beside a direct fit of as many parts, one thread each. */
export async function benchReconstruct(): Promise<BenchTable> {
  // The built benchmarks lie in out/main.
  const modelsFolder = join(__dirname, '../../resources/models');
  const room = { grants: createGrants(), backend: 'wasm', modelsFolder } as const;
  const network = unwrap(await openNetwork({ name: 'depth' }, room));
  const { config } = network;
  const random = createRandom(3);
  const image = Float32Array.from({ length: config.inputSize ** 2 * config.inputChannels }, random.uniform);
  const before = await guess(network, image);
  const fitted = await fitSeconds(config.parts, config.planes);
  const after = await guess(network, image);
  const seconds = (before.seconds + after.seconds) / 2;
  const slider = await sliderRate(network);
  const share = seconds / fitted;
  return {
    name: `reconstruct, one depth view of ${config.inputSize} pixels to ${config.parts} parts x ${config.planes} planes`,
    device: `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`,
    columns: ['seconds', 'time / fit', 'frames/s'],
    rows: [
      { label: 'encode, decode, polytopes', values: { seconds, 'time / fit': share } },
      { label: 'direct fit', values: { seconds: fitted, 'time / fit': 1 } },
      { label: 'slider: decode, polytopes', values: { seconds: 1 / slider, 'frames/s': slider } },
    ],
    bars: [
      {
        what: "picture to parts, share of the fit's time",
        bar: `<= ${LARGEST_SHARE}`,
        reached: share.toFixed(4),
        met: share <= LARGEST_SHARE,
      },
      {
        what: 'frames per second while interpolating, without drawing',
        bar: `>= ${LEAST_RATE}`,
        reached: slider.toFixed(0),
        met: slider >= LEAST_RATE,
      },
    ],
  };
}

async function guess(network: OpenNetwork, image: Float32Array): Promise<{ seconds: number }> {
  const once = async (): Promise<void> => {
    const [{ shape }] = await network.decode(await network.encode(image));
    shapePolytopes(shape);
  };
  await once();
  const startedAt = performance.now();
  for (let i = 0; i < ROUNDS; i++) await once();
  return { seconds: (performance.now() - startedAt) / 1000 / ROUNDS };
}

async function fitSeconds(parts: number, planes: number): Promise<number> {
  const kernel = await createWasmFieldKernel();
  const [{ mesh }] = await loadBenchShapes();
  const startedAt = performance.now();
  const fitted = await fitShape({
    samples: sampleOccupancy(mesh, FIT_SAMPLING, createRandom(1)),
    options: { parts, planes, steps: 1000, pointsPerStep: 2048, seed: 1 },
    kernel,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onPreview: () => undefined,
  });
  unwrap(fitted);
  return (performance.now() - startedAt) / 1000;
}

/** Decoded shapes per second along the way between two codes. */
async function sliderRate(network: OpenNetwork): Promise<number> {
  const random = createRandom(4);
  const ends = [0, 1].map(() => Float32Array.from({ length: network.config.latent }, () => random.normal()));
  const startedAt = performance.now();
  for (let i = 0; i < SLIDER_FRAMES; i++) {
    const t = i / (SLIDER_FRAMES - 1);
    const code = ends[0].map((value, j) => (1 - t) * value + t * ends[1][j]);
    const [{ shape }] = await network.decode(code);
    shapePolytopes(shape);
  }
  return SLIDER_FRAMES / ((performance.now() - startedAt) / 1000);
}
