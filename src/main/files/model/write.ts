import type { Result } from '../../../shared/result';
import { writeCheckpoint } from '../safetensors/checkpoint';
import type { StoredTensor } from '../safetensors/types';
import { LIBRARY_LATENTS, type ModelContent } from './types';
import { NETWORKS } from '../../../shared/networks';

/** What writeModel takes; `precision` is that of the weights, codes are always in half precision. */
export interface WriteModelRequest extends Omit<ModelContent, 'library'> {
  readonly library?: ModelContent['library'];
  readonly precision: 'F16' | 'F32';
}

/**
 * Writes a model file: safetensors with the weights under their own names, and the configuration and the card as JSON
 * in its metadata. The last file stays readable until the new one is whole. Same content, same bytes.
 * @returns the number of bytes written
 */
export function writeModel(path: string, request: WriteModelRequest): Promise<Result<number>> {
  const { config, weights, card, library, precision } = request;
  const tensors = new Map<string, StoredTensor>();
  for (const [name, { shape, data }] of weights) tensors.set(name, { dtype: precision, shape, data });
  const metadata = new Map([
    ['format', NETWORKS.cvxnet.modelFormat],
    ['config', JSON.stringify(config)],
    ['card', JSON.stringify(card)],
  ]);
  if (library) {
    const { latents, ids, families } = library;
    tensors.set(LIBRARY_LATENTS, { dtype: 'F16', shape: [ids.length, config.latent], data: latents });
    metadata.set('library', JSON.stringify({ ids, families }));
  }
  return writeCheckpoint(path, { tensors, metadata });
}
