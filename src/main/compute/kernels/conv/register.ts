import { getKernel, registerKernel, tidy, unregisterKernel, type Tensor4D } from '@tensorflow/tfjs-core';
import type { ConvAttributes } from './geometry';
import { filterGradient, inputGradient } from './gradients';

const FILTER = 'Conv2DBackpropFilter';
const INPUT = 'Conv2DBackpropInput';
const WASM = 'wasm';

type Shape4D = [number, number, number, number];

/**
 * Makes convolutions differentiable on the wasm backend, which must have been imported: it has no kernel for the
 * gradient in the filter, and the one in the input is ten times slower than a convolution. Both become convolutions.
 * Registering again changes nothing.
 */
export function registerConvolutionGradients(): void {
  if (getKernel(FILTER, WASM) !== undefined) return;
  registerKernel({
    kernelName: FILTER,
    backendName: WASM,
    kernelFunc: ({ inputs, attrs }) => {
      const { x, dy } = inputs as unknown as { x: Tensor4D; dy: Tensor4D };
      const attributes = attrs as unknown as ConvAttributes & { filterShape: Shape4D };
      return tidy(() => filterGradient(x, dy, attributes.filterShape, attributes));
    },
  });
  if (getKernel(INPUT, WASM) !== undefined) unregisterKernel(INPUT, WASM);
  registerKernel({
    kernelName: INPUT,
    backendName: WASM,
    kernelFunc: ({ inputs, attrs }) => {
      const { dy, filter } = inputs as unknown as { dy: Tensor4D; filter: Tensor4D };
      const attributes = attrs as unknown as ConvAttributes & { inputShape: Shape4D };
      return tidy(() => inputGradient(dy, filter, attributes.inputShape, attributes));
    },
  });
}
