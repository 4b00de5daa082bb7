export { shuffledAuroc, type ShuffledAuroc } from './pixels/chance';
export { scoreMethod, type ScoredPictures } from './pixels/score';
