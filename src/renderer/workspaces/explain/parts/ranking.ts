/** How much of a part's attention lies on some pixels. */
export interface RankedPart {
  readonly index: number;
  /** 0 to 1. */
  readonly share: number;
}

/** Parts that are marked in space after pixels were brushed. */
const MARKED = 3;

/**
 * Parts by the share of their attention inside a brush, most first; parts of equal share by their index. A share says
 * nothing about how strong a part's attention is, so that a small part is found, too. A part without attention has 0.
 *
 * @param maps by the part's index, each as long as the brush, not negative
 * @param brush above 0 where pixels were brushed
 */
export function rankParts(maps: ReadonlyMap<number, Float32Array>, brush: Uint8Array): RankedPart[] {
  return [...maps]
    .map(([index, map]) => {
      let inside = 0;
      let all = 0;
      for (let i = 0; i < map.length; i++) {
        all += map[i];
        if (brush[i] > 0) inside += map[i];
      }
      return { index, share: all > 0 ? inside / all : 0 };
    })
    .sort((a, b) => b.share - a.share || a.index - b.index);
}

/** The first of a ranking, those alone whose attention is denser in the brush than over the whole picture. */
export function markedParts(ranking: readonly RankedPart[], brushed: number): readonly number[] {
  return ranking
    .slice(0, MARKED)
    .filter(({ share }) => share > brushed)
    .map(({ index }) => index);
}
