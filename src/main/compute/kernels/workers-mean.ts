import {
  engine,
  getKernel,
  registerKernel,
  type KernelBackend,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';

const NAME = 'WorkersMean';

/** Replaces values by their mean over the workers of a training; waits for the others. */
type Average = (values: Float32Array) => void;

/**
 * Makes `workersMean` work on a backend that can read its memory synchronously: a batch's statistics are exchanged in
 * the middle of a forward pass, which cannot wait. Registering again replaces nothing.
 */
export function registerWorkersMean(backendName: string): void {
  if (getKernel(NAME, backendName) !== undefined) return;
  registerKernel({
    kernelName: NAME,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { dataId, shape, dtype } = inputs.values as TensorInfo;
      const own = backend as KernelBackend;
      const read = Float32Array.from(own.readSync(dataId) as Float32Array);
      (attrs as unknown as { readonly average: Average }).average(read);
      return { dataId: own.write(read, shape, dtype), shape, dtype };
    },
  });
}

/** The mean of a float32 tensor over the workers of a training. Not differentiable. */
export function workersMean(values: Tensor, average: Average): Tensor {
  return engine().runKernel(NAME, { values }, { average } as never);
}
