import { backendNamed } from './backends';

/** Makes TensorFlow.js of this thread ready on the backend of a name, which must work here. */
export function startTensorflow(backend: string): Promise<void> {
  return backendNamed(backend).start();
}
