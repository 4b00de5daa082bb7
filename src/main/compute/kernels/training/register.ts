import {
  engine,
  getBackend,
  getKernel,
  backend_util,
  registerKernel,
  unregisterKernel,
  type KernelBackend,
  type Tensor,
  type Tensor4D,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { instantiateTraining, type TrainingExports } from './module';

/** What these kernels use of the wasm backend of TensorFlow.js 4. */
interface WasmBackend extends KernelBackend {
  readonly wasm: { readonly asm?: { readonly memory?: unknown } };
  getMemoryOffset(dataId: object): number;
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
}

/** What TensorFlow.js hands to the gradient of pooling. */
interface PoolAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

const WASM = 'wasm';

type Numbers = Readonly<Record<string, number>>;
/** Writes what it computes of inputs at `addresses`, in the order of the call, to `out`. */
type Compute = (
  kernels: TrainingExports,
  addresses: readonly number[],
  out: number,
  numbers: Numbers,
  inputs: readonly TensorInfo[],
) => void;

interface Definition {
  readonly shape: (inputs: readonly TensorInfo[], numbers: Numbers) => number[];
  readonly compute: Compute;
}

const like = (inputs: readonly TensorInfo[]): number[] => inputs[0].shape;
const perChannel =
  (values: number) =>
  ([{ shape }]: readonly TensorInfo[]): number[] => [values * shape[shape.length - 1]];

/** Rows and channels of a tensor whose last axis holds the channels. */
function extent({ shape }: TensorInfo): [rows: number, channels: number] {
  const channels = shape[shape.length - 1];
  return [count({ shape }) / channels, channels];
}

function count({ shape }: Pick<TensorInfo, 'shape'>): number {
  return shape.reduce((product, size) => product * size, 1);
}

const definitions = {
  /** x: the sums over all axes but the last. */
  SumRows: {
    shape: perChannel(1),
    compute: (kernels, [x], out, _, [info]) => kernels.sumRows(x, ...extent(info), out),
  },
  /** x, mean: the same of (x - mean)^2. */
  SumSquaredDeviations: {
    shape: perChannel(1),
    compute: (kernels, [x, mean], out, _, [info]) =>
      kernels.sumSquaredDeviations(x, mean, ...extent(info), out),
  },
  /** x, mean, factor, shift: (x - mean) factor + shift, channel by channel. */
  ScaleRows: {
    shape: like,
    compute: (kernels, [x, mean, factor, shift], out, _, [info]) =>
      kernels.scaleRows(x, mean, factor, shift, ...extent(info), out),
  },
  /** dy, x, mean: [2 C], the sums of dy, then of dy (x - mean). */
  SumUpstream: {
    shape: perChannel(2),
    compute: (kernels, [dy, x, mean], out, _, [info]) =>
      kernels.sumUpstream(dy, x, mean, ...extent(info), out),
  },
  /** dy, x, mean, drop, slope, factor: (dy - drop - (x - mean) slope) factor. */
  NormalGradient: {
    shape: like,
    compute: (kernels, [dy, x, mean, drop, slope, factor], out, _, [info]) =>
      kernels.normalGradient(dy, x, mean, drop, slope, factor, ...extent(info), out),
  },
  /** weight, gradient, first, second: the next weight; both moments move in place. */
  AdamStep: {
    shape: like,
    compute: (kernels, [weight, gradient, first, second], out, numbers, [info]) => {
      const { scale, beta1, beta2, rate, epsilon } = numbers;
      const rests = [1 - beta1, 1 - beta2] as const;
      const size = count(info);
      kernels.adamStep(
        weight,
        gradient,
        first,
        second,
        size,
        scale,
        beta1,
        beta2,
        ...rests,
        rate,
        epsilon,
        out,
      );
    },
  },
  /** a, b: share a + (1 - share) b. */
  Blend: {
    shape: like,
    compute: (kernels, [a, b], out, { share }, [info]) =>
      kernels.blend(a, b, count(info), share, 1 - share, out),
  },
  /** images, dy: the gradient of a convolution in its filter [taps, across, I, O], I a multiple of 4 and O of 8. */
  FilterGradient: {
    shape: ([x, dy], { taps, across }) => [taps, across, x.shape[3], dy.shape[3]],
    compute: (kernels, [x, dy], out, { taps, across, stride, top, left }, [images, upstream]) => {
      const [batch, height, width, inputs] = images.shape;
      const [, rows, columns, outputs] = upstream.shape;
      const sizes = [batch, height, width, inputs, rows, columns, outputs] as const;
      kernels.filterGradient(x, dy, ...sizes, taps, across, stride, top, left, out);
    },
  },
  /** dy, images, maxima: the gradient of pooling in its images, whose channels are a multiple of 4. */
  PoolGradient: {
    shape: ([, images]) => images.shape,
    compute: (kernels, [dy, x, maxima], out, { taps, across, stride, top, left }, [upstream, images]) => {
      const [batch, height, width, channels] = images.shape;
      const [, rows, columns] = upstream.shape;
      const sizes = [batch, height, width, channels, rows, columns] as const;
      kernels.poolGradient(dy, x, maxima, ...sizes, taps, across, stride, top, left, out);
    },
  },
  /** filter [KH, KW, I, O]: [KH, KW, O, I], turned by half a turn. */
  TurnFilter: {
    shape: ([{ shape }]) => [shape[0], shape[1], shape[3], shape[2]],
    compute: (kernels, [filter], out, _, [{ shape }]) =>
      kernels.turnFilter(filter, shape[0] * shape[1], shape[2], shape[3], out),
  },
} satisfies Record<string, Definition>;

export type TrainingKernel = keyof typeof definitions;

let sumSquares: ((values: Tensor) => number) | null = null;

/**
 * Lets training on wasm take one pass where stock operations take several. The backend must be ready; where its memory
 * cannot be shared with ours nothing is registered, and training composes stock operations as on other backends.
 */
export function registerTrainingKernels(): void {
  if (getKernel('SumRows', WASM) !== undefined) return;
  const { wasm, getMemoryOffset } = engine().findBackend(WASM) as WasmBackend;
  const memory = wasm?.asm?.memory;
  if (!(memory instanceof WebAssembly.Memory) || !(memory.buffer instanceof ArrayBuffer)) return;
  if (getMemoryOffset === undefined) return;
  const kernels = instantiateTraining(memory);
  for (const [kernelName, definition] of Object.entries<Definition>(definitions)) {
    registerKernel({
      kernelName,
      backendName: WASM,
      kernelFunc: ({ inputs, attrs, backend }) => {
        const own = backend as WasmBackend;
        const infos = Object.values(inputs) as TensorInfo[];
        const out = own.makeOutput(definition.shape(infos, attrs as Numbers), 'float32');
        const addresses = infos.map(({ dataId }) => own.getMemoryOffset(dataId));
        definition.compute(kernels, addresses, own.getMemoryOffset(out.dataId), attrs as Numbers, infos);
        return out;
      },
    });
  }
  replacePoolGradient();
  sumSquares = (values) => {
    const backend = engine().findBackend(WASM) as WasmBackend;
    return kernels.sumOfSquares(backend.getMemoryOffset(values.dataId), values.size);
  };
}

/** Pooling's own gradient kernel stays for what ours does not take. */
function replacePoolGradient(): void {
  const stock = getKernel('MaxPoolGrad', WASM);
  if (stock === undefined) return;
  unregisterKernel('MaxPoolGrad', WASM);
  registerKernel({
    ...stock,
    kernelFunc: (call) => {
      const { dy, input, output } = call.inputs as unknown as Record<'dy' | 'input' | 'output', Tensor4D>;
      const { filterSize, strides, pad, dimRoundingMode } = call.attrs as unknown as PoolAttributes;
      const info = backend_util.computePool2DInfo(input.shape, filterSize, strides, 1, pad, dimRoundingMode);
      if (info.inChannels % 4 !== 0 || info.strideHeight !== info.strideWidth) return stock.kernelFunc(call);
      const { top, left } = info.padInfo;
      const numbers = {
        taps: info.filterHeight,
        across: info.filterWidth,
        stride: info.strideHeight,
        top,
        left,
      };
      return runTrainingKernel('PoolGradient', { dy, input, output }, numbers);
    },
  });
}

/** Whether the current backend has these kernels. */
export function hasTrainingKernels(): boolean {
  return getKernel('SumRows', getBackend()) !== undefined;
}

/** Runs a kernel on float32 tensors; the current backend must have it. Not differentiable. */
export function runTrainingKernel(
  name: TrainingKernel,
  inputs: Readonly<Record<string, Tensor>>,
  numbers: Numbers = {},
): Tensor {
  return engine().runKernel(name, { ...inputs }, { ...numbers });
}

/** The sum of squares by the kernel of the current backend, which must have it. */
export function sumOfSquares(values: Tensor): number {
  if (sumSquares === null) throw new Error('The training kernels are not registered.');
  return sumSquares(values);
}
