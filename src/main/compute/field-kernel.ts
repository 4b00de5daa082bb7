import { backendNamed } from './backends';
import { fieldWorkersFrom } from './field-threads';
import type { ConvexFieldKernel } from './kernels/types';

/**
 * The kernel for fits of the backend of a name.
 *
 * @param workerFile the built field-worker entry
 */
export function openKernel(backend: string, workerFile: string): Promise<ConvexFieldKernel> {
  return backendNamed(backend).fieldKernel(fieldWorkersFrom(workerFile));
}
