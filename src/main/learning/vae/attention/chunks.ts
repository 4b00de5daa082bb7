import type { EncoderLayer } from '../../../../shared/contract/explain';

/** Most values of one gradient tensor: 32 MiB of float32. */
const MOST_VALUES = 2 ** 23;

/** How many pictures and how many maps of each go through the network at a time, so that no gradient is too large. */
export function chunkSizes(
  layers: readonly EncoderLayer[],
  layer: number,
  pictures: number,
  maps: number,
): { readonly pictures: number; readonly maps: number } {
  const size = ({ height, width, channels }: EncoderLayer): number => height * width * channels;
  const forward = Math.max(...layers.map(size));
  const back = Math.max(...layers.slice(layer).map(size));
  const together = Math.max(1, Math.min(pictures, Math.floor(MOST_VALUES / forward)));
  return {
    pictures: together,
    maps: Math.max(1, Math.min(maps, Math.floor(MOST_VALUES / (back * together)))),
  };
}

/** [from, count] of every chunk of at most `most`. */
export function chunksOf(total: number, most: number): (readonly [number, number])[] {
  const chunks: (readonly [number, number])[] = [];
  for (let from = 0; from < total; from += most) chunks.push([from, Math.min(most, total - from)]);
  return chunks;
}
