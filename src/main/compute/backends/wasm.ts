import { availableParallelism } from 'node:os';
import type { ConvexFieldKernel } from '../kernels/types';
import type { Backend } from './backend';

/** A step of a fit is some hundred microseconds of work; more threads would wait for each other longer than that. */
const MAXIMUM_THREADS = 4;

let threaded: Promise<ConvexFieldKernel> | null = null;

/** WebAssembly with SIMD: the default that always works. */
export const wasm: Backend = {
  name: 'wasm',
  probe: async () => {
    const simd = supportsSimd();
    return {
      available: simd,
      reason: simd ? 'WebAssembly with SIMD' : 'this machine has no WebAssembly SIMD',
      device: simd ? 'processor' : null,
      fallback: false,
    };
  },
  start: async () => {
    const { setThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
    const [
      { activate },
      { registerConvolutionGradients },
      { registerConvexField },
      { createWasmFieldKernel },
    ] = await Promise.all([
      import('../activate'),
      import('../kernels/conv/register'),
      import('../kernels/register'),
      import('../kernels/wasm'),
    ]);
    const { registerTrainingKernels } = await import('../kernels/training/register');
    const { registerWorkersMean } = await import('../kernels/workers-mean');
    // A training shares its batch among workers of one thread each, so the backend itself uses one.
    setThreadsCount(1);
    registerConvolutionGradients();
    registerConvexField('wasm', await createWasmFieldKernel());
    registerWorkersMean('wasm');
    await activate('wasm');
    registerTrainingKernels();
  },
  fieldKernel: (startThread) => {
    threaded ??= import('../kernels/wasm').then(({ createThreadedFieldKernel }) =>
      createThreadedFieldKernel(Math.min(availableParallelism(), MAXIMUM_THREADS), startThread),
    );
    return threaded;
  },
  trainingWorkers: Infinity,
};

/** Compiles the smallest module with a SIMD instruction (i32.const 0; i8x16.splat; drop). */
function supportsSimd(): boolean {
  return WebAssembly.validate(
    new Uint8Array([
      0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11,
    ]),
  );
}
