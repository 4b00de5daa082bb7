/**
 * The border of a mask as an SVG path in the mask's pixels: every edge between a pixel that is set and one that is not,
 * runs of edges along a row or a column joined.
 *
 * @param mask [height * width], non-zero on the object
 */
export function outlinePath(mask: Uint8Array, width: number, height: number): string {
  const at = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] > 0;
  const path: string[] = [];
  for (let y = 0; y <= height; y++) {
    let start = -1;
    for (let x = 0; x <= width; x++) {
      const edge = x < width && at(x, y - 1) !== at(x, y);
      if (edge && start < 0) start = x;
      if (!edge && start >= 0) {
        path.push(`M${start} ${y}H${x}`);
        start = -1;
      }
    }
  }
  for (let x = 0; x <= width; x++) {
    let start = -1;
    for (let y = 0; y <= height; y++) {
      const edge = y < height && at(x - 1, y) !== at(x, y);
      if (edge && start < 0) start = y;
      if (!edge && start >= 0) {
        path.push(`M${x} ${start}V${y}`);
        start = -1;
      }
    }
  }
  return path.join('');
}
