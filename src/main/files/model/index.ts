export { readModel } from './read';
export { writeModel, type WriteModelRequest } from './write';
export { readVae, writeVae, type StoredVae, type VaeContent } from './vae';
export { modelKind } from './kind';
export type { ModelContent, ModelLibrary, StoredModel, WeightArray } from './types';
