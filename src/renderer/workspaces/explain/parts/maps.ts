import type { ExplainedParts } from '../../../../shared/contract/explain';
import { sharedScale, type MapScale } from '../../../../shared/pictures/overlay';
import { resizeMap } from '../../../../shared/pictures/resize';

/** The maps of an explanation at the size of what the network saw. */
export interface PartMaps {
  readonly width: number;
  readonly height: number;
  /** By the part's index, [height * width], not negative. */
  readonly byPart: ReadonlyMap<number, Float32Array>;
  /** Shared by all parts, so that equal colours are equal distances. */
  readonly scale: MapScale;
}

export function partMaps({ parts, values, layer, seen }: ExplainedParts): PartMaps {
  const places = layer.height * layer.width;
  const byPart = new Map(
    parts.map((index, k) => [
      index,
      resizeMap(values.subarray(k * places, (k + 1) * places), layer, {
        width: seen.width,
        height: seen.height,
      }),
    ]),
  );
  return { width: seen.width, height: seen.height, byPart, scale: sharedScale(values, 'relu') };
}
