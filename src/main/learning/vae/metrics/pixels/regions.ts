/** Regions of a mask. */
export interface Regions {
  readonly count: number;
  /** [height * width] 0 outside every region, else 1 to `count` in the order of first pixels. */
  readonly labels: Uint32Array;
  /** [count] pixels per region. */
  readonly sizes: Uint32Array;
}

/**
 * Connected regions of a mask; pixels that touch by an edge or a corner are connected.
 * @param mask [height * width] not 0 inside
 */
export function connectedRegions(mask: Uint8Array, width: number, height: number): Regions {
  const labels = new Uint32Array(mask.length);
  const waiting = new Uint32Array(mask.length);
  const sizes: number[] = [];
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === 0 || labels[start] !== 0) continue;
    const label = sizes.length + 1;
    labels[start] = label;
    waiting[0] = start;
    let [done, known] = [0, 1];
    while (done < known) {
      const pixel = waiting[done++];
      const row = Math.floor(pixel / width);
      const column = pixel - row * width;
      for (let y = Math.max(row - 1, 0); y <= Math.min(row + 1, height - 1); y++) {
        for (let x = Math.max(column - 1, 0); x <= Math.min(column + 1, width - 1); x++) {
          const next = y * width + x;
          if (mask[next] === 0 || labels[next] !== 0) continue;
          labels[next] = label;
          waiting[known++] = next;
        }
      }
    }
    sizes.push(known);
  }
  return { count: sizes.length, labels, sizes: Uint32Array.from(sizes) };
}
