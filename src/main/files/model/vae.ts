import type { VaeCard } from '../../../shared/contract/explain';
import { ok, type Result } from '../../../shared/result';
import { writeCheckpoint } from '../safetensors/checkpoint';
import type { StoredTensor } from '../safetensors/types';
import { metadataEntry, readModelFile, readWeights } from './content';
import type { WeightArray } from './types';
import { vaeCardSchema } from './vae-card';
import { NETWORKS } from '../../../shared/networks';

/** What a VAE's model file holds; its configuration is the card's network. */
export interface VaeContent {
  /** By name, moving statistics among them. */
  readonly weights: ReadonlyMap<string, WeightArray>;
  readonly card: VaeCard;
}

/** A VAE as it was read. */
export interface StoredVae extends VaeContent {
  /** Hex SHA-256 of the file. */
  readonly sha256: string;
  /** Size of the file. */
  readonly bytes: number;
}

/**
 * Reads a VAE's model file. Whether the weights are those of its network is for the one who builds the network
 * to check. Errors name the file and the array or the entry: no model, a CvxNet, cut off, damaged, not finite.
 */
export async function readVae(path: string): Promise<Result<StoredVae>> {
  const read = await readModelFile(path, 'vae');
  if (!read.ok) return read;
  const card = metadataEntry(read.value, 'card', vaeCardSchema);
  if (!card.ok) return card;
  const weights = readWeights(read.value);
  if (!weights.ok) return weights;
  const { sha256, bytes } = read.value;
  return ok({ weights: weights.value, card: card.value, sha256, bytes });
}

/**
 * Writes a VAE's model file: safetensors with the weights under their own names, and the card as JSON in its
 * metadata. The last file stays readable until the new one is whole. Same content, same bytes.
 * @returns the number of bytes written
 */
export function writeVae(
  path: string,
  { weights, card, precision }: VaeContent & { readonly precision: 'F16' | 'F32' },
): Promise<Result<number>> {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, { shape, data }] of weights) tensors.set(name, { dtype: precision, shape, data });
  const metadata = new Map([
    ['format', NETWORKS.vae.modelFormat],
    ['card', JSON.stringify(card)],
  ]);
  return writeCheckpoint(path, { tensors, metadata });
}
