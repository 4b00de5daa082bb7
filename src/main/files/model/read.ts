import { networkConfigSchema, type NetworkConfig } from '../../../shared/recipes/network';
import { ok, type Result } from '../../../shared/result';
import { libraryNamesSchema, modelCardSchema } from './card';
import { damaged, finiteFloats, metadataEntry, readModelFile, readWeights, type ModelFile } from './content';
import { LIBRARY_LATENTS, type ModelLibrary, type StoredModel } from './types';

/**
 * Reads a CvxNet's model file. Whether the weights are those of its configuration is for the one who builds the
 * network to check. Errors name the file and the array or the entry: no model, a VAE, cut off, damaged, not finite.
 */
export async function readModel(path: string): Promise<Result<StoredModel>> {
  const read = await readModelFile(path, 'cvxnet');
  if (!read.ok) return read;
  const config = metadataEntry(read.value, 'config', networkConfigSchema);
  if (!config.ok) return config;
  const card = metadataEntry(read.value, 'card', modelCardSchema);
  if (!card.ok) return card;
  const library = readLibrary(read.value, config.value);
  if (!library.ok) return library;
  const weights = readWeights(read.value, [LIBRARY_LATENTS]);
  if (!weights.ok) return weights;
  const { sha256, bytes } = read.value;
  return ok({
    config: config.value,
    weights: weights.value,
    card: card.value,
    library: library.value,
    sha256,
    bytes,
  });
}

function readLibrary(model: ModelFile, config: NetworkConfig): Result<ModelLibrary | null> {
  const { file, metadata, tensors } = model;
  const tensor = tensors.get(LIBRARY_LATENTS);
  if (tensor === undefined && !metadata.has('library')) return ok(null);
  const names = metadataEntry(model, 'library', libraryNamesSchema);
  if (!names.ok) return names;
  const { ids, families } = names.value;
  const [rows, width] = tensor?.shape ?? [];
  if (
    !tensor ||
    ids.length !== families.length ||
    rows !== ids.length ||
    width !== config.latent ||
    tensor.shape.length !== 2
  ) {
    const found = tensor ? `(${tensor.shape.join(', ')})` : 'nothing';
    return damaged(
      file,
      `array "${LIBRARY_LATENTS}"`,
      `${ids.length} ids and ${families.length} families need codes of shape (${ids.length}, ${config.latent}), found ${found}`,
    );
  }
  const latents = finiteFloats(LIBRARY_LATENTS, tensor, file);
  return latents.ok ? ok({ latents: latents.value, ids, families }) : latents;
}
