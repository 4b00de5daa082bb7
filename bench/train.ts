import { cpus } from 'node:os';
import { setBackend } from '@tensorflow/tfjs-core';
import { COMPACT_DEPTH_TRAINING, type CvxNetTraining } from '../src/shared/recipes/training';
import { createRandom } from '../src/shared/random';
import { startTensorflow } from '../src/main/compute/tensorflow';
import { initialWeights } from '../src/main/learning/cvxnet/network/initialise';
import { createLearner, type Learner } from '../src/main/learning/cvxnet/training/learner';
import type { TrainingRow } from '../src/main/learning/cvxnet/training/row';
import { ALONE } from '../src/main/learning/training/exchange';
import type { BenchTable } from '../src/main/cli/bench-table';

/** Few shapes: the cpu backend takes half a minute for these. */
const BATCH = 4;
const WASM_STEPS = 8;
const LEAST_RATIO = 15;
const LARGEST_DIFFERENCE = 1e-3;

const CONFIG: CvxNetTraining = { ...COMPACT_DEPTH_TRAINING, teacher: null, average: null, batch: BATCH };

/** Training steps of the depth model that ships, on wasm around the same step on TensorFlow.js's cpu backend. */
export async function benchTrain(): Promise<BenchTable> {
  await startTensorflow('cpu');
  await startTensorflow('wasm');
  const rows = spheres(CONFIG);
  const first = await onWasm(rows);
  await setBackend('cpu');
  const cpu = await timed(start(), rows, 1);
  const second = await onWasm(rows);
  const seconds = (first.seconds + second.seconds) / 2;
  const ratio = cpu.seconds / seconds;
  const difference = Math.abs(first.loss - cpu.loss) / cpu.loss;
  const row = (label: string, { loss }: { loss: number }, spent: number) => ({
    label,
    values: { 'samples/s': BATCH / spent, 'seconds / step': spent, 'first loss': loss },
  });
  return {
    name: `train, the compact depth network, ${BATCH} shapes of ${CONFIG.boxPoints + CONFIG.nearPoints} points per step, one thread`,
    device: `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`,
    columns: ['samples/s', 'seconds / step', 'first loss'],
    rows: [row('ours, wasm', first, seconds), row('TensorFlow.js, cpu', cpu, cpu.seconds)],
    bars: [
      {
        what: "training: samples/s over the cpu backend's",
        bar: `>= ${LEAST_RATIO} x`,
        reached: `${ratio.toFixed(0)} x`,
        met: ratio >= LEAST_RATIO,
      },
      {
        what: 'training: relative difference of the first loss',
        bar: `<= ${LARGEST_DIFFERENCE}`,
        reached: difference.toExponential(1),
        met: difference <= LARGEST_DIFFERENCE,
      },
    ],
  };
}

async function onWasm(rows: readonly TrainingRow[]): Promise<{ seconds: number; loss: number }> {
  await setBackend('wasm');
  const learner = start();
  const { loss } = await timed(learner, rows, 1, false);
  const { seconds } = await timed(learner, rows, WASM_STEPS);
  return { loss, seconds };
}

function start(): Learner {
  const weights = initialWeights(CONFIG.network, createRandom(1));
  return createLearner(CONFIG, { step: 0, weights, average: null }, ALONE);
}

/** Seconds per step, and the loss of the first one. */
async function timed(
  learner: Learner,
  rows: readonly TrainingRow[],
  steps: number,
  last = true,
): Promise<{ seconds: number; loss: number }> {
  const startedAt = performance.now();
  let loss = Number.NaN;
  for (let i = 0; i < steps; i++) {
    await learner.learn(rows);
    if (i === 0) loss = (await learner.figures())?.total ?? Number.NaN;
  }
  // Waits for what was only asked for.
  await learner.figures();
  const seconds = (performance.now() - startedAt) / 1000 / steps;
  if (last) learner.dispose();
  return { seconds, loss };
}

/** Balls of several sizes: the time does not depend on what is learned. */
function spheres({ network, boxPoints, nearPoints }: CvxNetTraining): TrainingRow[] {
  const random = createRandom(5);
  return Array.from({ length: BATCH }, () => {
    const radius = 0.2 + 0.2 * random.uniform();
    const points = Float32Array.from({ length: (boxPoints + nearPoints) * 3 }, () => random.uniform() - 0.5);
    const labels = new Float32Array(boxPoints + nearPoints);
    for (let i = 0; i < labels.length; i++) {
      labels[i] = Math.hypot(points[i * 3], points[i * 3 + 1], points[i * 3 + 2]) < radius ? 1 : 0;
    }
    const image = Float32Array.from({ length: network.inputSize ** 2 }, () => random.uniform());
    return { image, grid: null, points, labels };
  });
}
