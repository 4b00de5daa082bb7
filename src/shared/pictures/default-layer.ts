import type { EncoderLayer } from '../contract/explain';

/** Fewer pixels along a side show hardly a place; the authors' map of digits has this many. */
const LEAST_SIDE = 7;

/** The map that is looked at first: the deepest one that still shows where, or the largest where all are small. */
export function defaultLayer(layers: readonly EncoderLayer[]): EncoderLayer {
  const side = ({ height, width }: EncoderLayer): number => Math.min(height, width);
  const fine = layers.filter((layer) => side(layer) >= LEAST_SIDE);
  return fine.at(-1) ?? layers.reduce((best, layer) => (side(layer) > side(best) ? layer : best));
}
