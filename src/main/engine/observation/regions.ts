/** Calls `visit` for the four neighbours of a pixel that lie in the picture. */
export function forNeighbours(i: number, width: number, count: number, visit: (j: number) => void): void {
  const x = i % width;
  if (x > 0) visit(i - 1);
  if (x < width - 1) visit(i + 1);
  if (i >= width) visit(i - width);
  if (i + width < count) visit(i + width);
}

/** [count] 1 where a path through pixels that `passes` leads from one of `starts`. */
export function flood(
  starts: Iterable<number>,
  width: number,
  count: number,
  passes: (i: number) => boolean,
): Uint8Array {
  const reached = new Uint8Array(count);
  const open: number[] = [];
  const enter = (i: number): void => {
    if (reached[i] || !passes(i)) return;
    reached[i] = 1;
    open.push(i);
  };
  for (const i of starts) enter(i);
  for (let i = open.pop(); i !== undefined; i = open.pop()) forNeighbours(i, width, count, enter);
  return reached;
}

/** Clears the regions of a mask that are smaller than `share` of the largest; in place. */
export function dropSmallRegions(mask: Uint8Array, width: number, share: number): void {
  const label = new Int32Array(mask.length);
  const sizes = [0];
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === 0 || label[start] > 0) continue;
    const own = sizes.length;
    let size = 0;
    const open = [start];
    label[start] = own;
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      size++;
      forNeighbours(i, width, mask.length, (j) => {
        if (mask[j] === 0 || label[j] > 0) return;
        label[j] = own;
        open.push(j);
      });
    }
    sizes.push(size);
  }
  const least = share * sizes.reduce((most, size) => Math.max(most, size), 0);
  for (let i = 0; i < mask.length; i++) if (sizes[label[i]] < least) mask[i] = 0;
}

/** Pixels on the picture's border, `depth` deep. */
export function borderPixels(width: number, height: number, depth: number): number[] {
  const pixels: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (Math.min(x, y, width - 1 - x, height - 1 - y) < depth) pixels.push(y * width + x);
    }
  }
  return pixels;
}
