export { readModel } from './read';
export { writeModel, type WriteModelRequest } from './write';
export type { ModelContent, ModelLibrary, StoredModel, WeightArray } from './types';
