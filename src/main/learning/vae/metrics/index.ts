export { shuffledAuroc, type ShuffledAuroc } from './pixels/chance';
export { scoreMethod, type ScoredPictures } from './pixels/score';
export { scoreDisentanglement, type Disentanglement } from './disentanglement/score';
export type { CodeSource } from './disentanglement/codes';
