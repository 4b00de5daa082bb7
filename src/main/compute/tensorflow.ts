import { ready, setBackend } from '@tensorflow/tfjs-core';
import { registerConvolutionGradients } from './kernels/conv/register';
import { registerConvexField } from './kernels/register';
import { registerTrainingKernels } from './kernels/training/register';
import { createWasmFieldKernel } from './kernels/wasm';
import type { BackendName } from './backends';

/**
 * Makes TensorFlow.js of this thread ready on a backend: our convex field, and the gradients that the wasm backend
 * lacks. A training shares its batch among workers of one thread each, so the backend itself uses one.
 */
export async function startTensorflow(backend: BackendName): Promise<void> {
  if (backend === 'wasm') {
    const { setThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
    setThreadsCount(1);
    registerConvolutionGradients();
    registerConvexField('wasm', await createWasmFieldKernel());
  } else {
    await import('@tensorflow/tfjs-backend-cpu');
    registerConvexField('cpu');
  }
  if (!(await setBackend(backend)))
    throw new Error(`TensorFlow.js could not start its backend "${backend}".`);
  await ready();
  if (backend === 'wasm') registerTrainingKernels();
}
