export { decodeLatents, encodeImages } from './run';
export { learnedNotes, learnedShape, type LearnedShape } from './learned-shape';
