import '@tensorflow/tfjs-backend-wasm';
import { cpus } from 'node:os';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import {
  dispose,
  div,
  expandDims,
  logSumExp,
  matMul,
  mul,
  reshape,
  setBackend,
  sigmoid,
  sub,
  sum,
  tensor,
  tidy,
  valueAndGrads,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { fieldWorkersFrom } from '../src/main/compute/field-threads';
import {
  emptyGradient,
  gradientNames,
  randomCase,
  relativeDifference,
  type FieldCase,
} from '../src/main/compute/kernels/random-case.fixture';
import { takeValues } from '../src/main/compute/read';
import { convexField, registerConvexField } from '../src/main/compute/kernels/register';
import type { ConvexFieldKernel } from '../src/main/compute/kernels/types';
import { createThreadedFieldKernel, createWasmFieldKernel } from '../src/main/compute/kernels/wasm';
import { evaluateField, fieldGradient } from '../src/shared/shape/field';
import { fieldWorkerFile } from './field-worker-file';
import type { BenchTable } from '../src/main/cli/bench-table';

const SHARPNESS = 75;
const ROUNDS = 9;
const WARM_UP = 3;

/** One way to compute the field and its five gradients. */
interface Contender {
  readonly label: string;
  /** Results are read back, in the order indicator, then gradientNames. */
  run(field: FieldCase): Float32Array[] | Promise<Float32Array[]>;
}

interface Measurement {
  readonly milliseconds: number;
  readonly error: number;
}

/**
 * The convex field, forward and gradient: the fused kernel against the composition of stock TensorFlow.js operations,
 * each on one thread of the wasm backend, and the fused kernel on two threads. Rounds are interleaved, times are
 * medians, errors are the largest of the indicator and the five gradients relative to the float64 oracle.
 */
export async function benchKernel(): Promise<BenchTable> {
  setThreadsCount(1);
  await setBackend('wasm');
  const kernel = await createWasmFieldKernel();
  registerConvexField('wasm', kernel);
  const worker = fieldWorkerFile();
  const threaded =
    worker === undefined ? undefined : await createThreadedFieldKernel(2, fieldWorkersFrom(worker));
  const contenders: Contender[] = [
    { label: 'stock operations, 1 thread', run: (field) => runTensors(field, stockField) },
    { label: 'fused through TensorFlow.js, 1 thread', run: (field) => runTensors(field, registeredField) },
    { label: 'fused kernel, 1 thread', run: (field) => runKernel(kernel, field) },
  ];
  if (threaded !== undefined) {
    contenders.push({ label: 'fused kernel, 2 threads', run: (field) => runKernel(threaded, field) });
  }
  const sizes = [
    { name: '4096 x 50 x 25', field: randomCase(1, 3, 50, 25, 4096) },
    { name: '2072 x 24 x 16', field: randomCase(2, 3, 24, 16, 2072) },
  ];
  const rows: BenchTable['rows'][number][] = [];
  const reached: { ratio: number; error: number }[] = [];
  for (const { name, field } of sizes) {
    const measured = await measure(contenders, field);
    const ratioOf = (i: number) => measured[0].milliseconds / measured[i].milliseconds;
    contenders.forEach(({ label }, i) => {
      const { milliseconds, error } = measured[i];
      rows.push({ label: `${name}: ${label}`, values: { ms: milliseconds, 'x stock': ratioOf(i), error } });
    });
    reached.push({ ratio: ratioOf(2), error: measured[2].error });
  }
  threaded?.dispose();
  if (threaded === undefined) {
    rows.push({ label: 'fused kernel, 2 threads', values: { ms: 'not measured: no built field-worker' } });
  }
  const [{ ratio, error }] = reached;
  return {
    name: 'kernel: forward + gradient, points x parts x planes',
    device: `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`,
    columns: ['ms', 'x stock', 'error'],
    rows,
    bars: [
      {
        what: 'fused kernel over stock operations, 4096 x 50 x 25, one thread each',
        bar: 'at least 10 times',
        reached: `${ratio.toFixed(1)} times`,
        met: ratio >= 10,
      },
      {
        what: 'relative difference to the float64 oracle, 4096 x 50 x 25',
        bar: 'at most 1e-4',
        reached: error.toExponential(1),
        met: error <= 1e-4,
      },
    ],
  };
}

async function measure(contenders: readonly Contender[], field: FieldCase): Promise<Measurement[]> {
  const { shape, points, upstream } = field;
  const gradient = fieldGradient(shape, points, upstream);
  const exact = [evaluateField(shape, points).indicator, ...gradientNames.map((name) => gradient[name])];
  const times = contenders.map((): number[] => []);
  const errors = contenders.map(() => 0);
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [i, contender] of contenders.entries()) {
      const start = performance.now();
      const results = await contender.run(field);
      if (round >= 0) times[i].push(performance.now() - start);
      errors[i] = Math.max(...results.map((values, j) => relativeDifference(values, exact[j])));
    }
  }
  return times.map((list, i) => ({
    milliseconds: list.sort((a, b) => a - b)[Math.floor(list.length / 2)],
    error: errors[i],
  }));
}

const buffers = new WeakMap<
  FieldCase,
  { indicator: Float32Array; gradient: ReturnType<typeof emptyGradient> }
>();

function runKernel(kernel: ConvexFieldKernel, field: FieldCase): Float32Array[] {
  const out = buffers.get(field) ?? {
    indicator: new Float32Array(field.upstream.length),
    gradient: emptyGradient(field),
  };
  buffers.set(field, out);
  kernel.forward(field.shape, field.points, out.indicator);
  kernel.backward(field.shape, field.points, out.indicator, field.upstream, out.gradient);
  return [out.indicator, ...gradientNames.map((name) => out.gradient[name])];
}

type FieldFunction = (
  normals: Tensor,
  offsets: Tensor,
  translations: Tensor,
  smoothness: Tensor,
  points: Tensor,
) => Tensor;

const registeredField: FieldFunction = (normals, offsets, translations, smoothness, points) =>
  convexField({ normals, offsets, translations, smoothness, points }, SHARPNESS);

/** As one writes it with stock operations: everything of size parts x planes x points is a tensor. */
const stockField: FieldFunction = (normals, offsets, translations, smoothness, points) => {
  const [batch, parts, planes, dims] = normals.shape;
  const along = matMul(reshape(normals, [batch, parts * planes, dims]), points, false, true);
  const atCentre = sum(mul(normals, expandDims(translations, 2)), 3);
  const level = expandDims(sub(mul(-1, atCentre), offsets), 3);
  const distances = sub(reshape(along, [batch, parts, planes, -1]), mul(-1, level));
  const delta = reshape(smoothness, [batch, parts, 1]);
  const phi = div(logSumExp(mul(expandDims(delta, 3), distances), 2), delta);
  return sigmoid(mul(-SHARPNESS, phi));
};

async function runTensors(field: FieldCase, f: FieldFunction): Promise<Float32Array[]> {
  const { shape, points, upstream } = field;
  const { parts, planes, dims } = shape;
  const count = points.length / dims;
  const inputs = [
    tensor(shape.normals, [1, parts, planes, dims]),
    tensor(shape.offsets, [1, parts, planes]),
    tensor(shape.translations, [1, parts, dims]),
    tensor(shape.smoothness, [1, parts]),
    tensor(points, [1, count, dims]),
  ];
  const weights = tensor(upstream, [1, parts, count]);
  const results = tidy(() => {
    const { value, grads } = valueAndGrads(f as (...tensors: Tensor[]) => Tensor)(inputs, weights);
    return [value, ...grads];
  });
  dispose([...inputs, weights]);
  return takeValues(...results);
}
