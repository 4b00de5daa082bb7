import {
  engine,
  getKernel,
  registerGradient,
  registerKernel,
  tidy,
  type KernelBackend,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
// After the package itself, so that its engine is the one that both use.
import './generated/stock-gradients';
import type { PackedShape } from '../../../shared/shape/types';
import { composedField, composedGradient, type FieldTensors } from './composition';
import type { ConvexFieldKernel, FieldGradient } from './types';

const FORWARD = 'ConvexField';
const BACKWARD = 'ConvexFieldGradient';
const inputNames = ['normals', 'offsets', 'translations', 'smoothness', 'points'] as const;

type Infos = Readonly<Record<(typeof inputNames)[number], TensorInfo>>;

let hasGradient = false;

/**
 * Makes `convexField` work on a TensorFlow.js backend: by `kernel` where there is a fused one, which must be able to
 * read tensors synchronously, else as a composition of stock operations. Registering again replaces nothing.
 */
export function registerConvexField(backendName: string, kernel?: ConvexFieldKernel): void {
  if (!hasGradient) registerFieldGradient();
  hasGradient = true;
  if (getKernel(FORWARD, backendName) !== undefined) return;
  registerKernel({
    kernelName: FORWARD,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const field = inputs as unknown as Infos;
      const sharpness = attrs?.sharpness as number;
      if (kernel === undefined) return tidy(() => composedField(field as FieldTensors, sharpness));
      return fusedForward(kernel, field, sharpness, backend as KernelBackend);
    },
  });
  registerKernel({
    kernelName: BACKWARD,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const field = inputs as unknown as Infos & { indicator: TensorInfo; upstream: TensorInfo };
      const sharpness = attrs?.sharpness as number;
      if (kernel !== undefined) return fusedBackward(kernel, field, sharpness, backend as KernelBackend);
      const gradient = tidy(() => ({
        ...composedGradient(inputs as unknown as FieldTensors, field.upstream as Tensor, sharpness),
      }));
      return inputNames.map((name) => gradient[name]);
    },
  });
}

/**
 * Indicators [B, K, M] of B shapes at their own points, differentiable once in every tensor (a second derivative
 * throws): C_k(x) = sigmoid(-sharpness Phi_k(x)). The backend must have been registered.
 */
export function convexField(inputs: FieldTensors, sharpness: number): Tensor {
  return engine().runKernel(FORWARD, { ...inputs }, { sharpness });
}

function registerFieldGradient(): void {
  registerGradient({
    kernelName: FORWARD,
    inputsToSave: [...inputNames],
    outputsToSave: [true],
    gradFunc: (dy, saved, attrs) => {
      const [normals, offsets, translations, smoothness, points, indicator] = saved;
      const inputs = {
        normals,
        offsets,
        translations,
        smoothness,
        points,
        indicator,
        upstream: dy as Tensor,
      };
      // All five now, outside the scopes in which TensorFlow.js asks for them one by one.
      const gradients = engine().runKernel(BACKWARD, inputs, { sharpness: attrs.sharpness }) as Tensor[];
      return Object.fromEntries(inputNames.map((name, i) => [name, () => gradients[i]]));
    },
  });
}

function readBatch(infos: Infos, sharpness: number, backend: KernelBackend) {
  const [batch, parts, planes, dims] = infos.normals.shape;
  const count = infos.points.shape[1];
  const read = (info: TensorInfo) => backend.readSync(info.dataId) as Float32Array;
  const buffers = {
    normals: read(infos.normals),
    offsets: read(infos.offsets),
    translations: read(infos.translations),
    smoothness: read(infos.smoothness),
  };
  const points = read(infos.points);
  const shapeOf = (b: number): PackedShape<Float32Array> => ({
    dims: dims as 2 | 3,
    parts,
    planes,
    sharpness,
    normals: row(buffers.normals, b, parts * planes * dims),
    offsets: row(buffers.offsets, b, parts * planes),
    translations: row(buffers.translations, b, parts * dims),
    smoothness: row(buffers.smoothness, b, parts),
  });
  return { batch, parts, dims, count, read, shapeOf, pointsOf: (b: number) => row(points, b, count * dims) };
}

function row(values: Float32Array, index: number, length: number): Float32Array {
  return values.subarray(index * length, (index + 1) * length);
}

function fusedForward(
  kernel: ConvexFieldKernel,
  infos: Infos,
  sharpness: number,
  backend: KernelBackend,
): TensorInfo {
  const { batch, parts, count, shapeOf, pointsOf } = readBatch(infos, sharpness, backend);
  const indicator = new Float32Array(batch * parts * count);
  for (let b = 0; b < batch; b++) {
    kernel.forward(shapeOf(b), pointsOf(b), row(indicator, b, parts * count));
  }
  return write(backend, indicator, [batch, parts, count]);
}

function fusedBackward(
  kernel: ConvexFieldKernel,
  infos: Infos & { readonly indicator: TensorInfo; readonly upstream: TensorInfo },
  sharpness: number,
  backend: KernelBackend,
): TensorInfo[] {
  const { batch, parts, count, read, shapeOf, pointsOf } = readBatch(infos, sharpness, backend);
  const indicator = read(infos.indicator);
  const upstream = read(infos.upstream);
  const sizeOf = (info: TensorInfo): number => info.shape.reduce((product, size) => product * size, 1);
  const results = inputNames.map((name) => new Float32Array(sizeOf(infos[name])));
  for (let b = 0; b < batch; b++) {
    const out = Object.fromEntries(
      inputNames.map((name, i) => [name, row(results[i], b, results[i].length / batch)]),
    ) as unknown as FieldGradient;
    kernel.backward(
      shapeOf(b),
      pointsOf(b),
      row(indicator, b, parts * count),
      row(upstream, b, parts * count),
      out,
    );
  }
  return inputNames.map((name, i) => write(backend, results[i], infos[name].shape));
}

function write(backend: KernelBackend, values: Float32Array, shape: number[]): TensorInfo {
  return { dataId: backend.write(values, shape, 'float32'), shape, dtype: 'float32' };
}
