import type { ModelCard } from '../../../shared/contract/learning';
import type { NetworkConfig } from '../../../shared/recipes/network';

/** One array of a network's weights, row-major. */
export interface WeightArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Codes of the shapes that a model learned from, for retrieval. */
export interface ModelLibrary {
  /** [N, L] latent codes, row by row. */
  readonly latents: Float32Array;
  /** [N] ids in the data set. */
  readonly ids: readonly string[];
  /** [N] */
  readonly families: readonly string[];
}

/** What a model file holds. */
export interface ModelContent {
  readonly config: NetworkConfig;
  /** By name, moving statistics among them. */
  readonly weights: ReadonlyMap<string, WeightArray>;
  readonly card: ModelCard;
  readonly library: ModelLibrary | null;
}

/** A model as it was read. */
export interface StoredModel extends ModelContent {
  /** Hex SHA-256 of the file. */
  readonly sha256: string;
  /** Size of the file. */
  readonly bytes: number;
}

/** The array of the library's codes; weights have names of their own. */
export const LIBRARY_LATENTS = 'library/latents';

/** Half a billion bytes: the reference network takes 122 MB in single precision. */
export const MAXIMUM_MODEL_BYTES = 512 * 1024 * 1024;
export const MAXIMUM_LIBRARY = 200_000;
