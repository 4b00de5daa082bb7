/** A square of an image in pixels; may reach outside. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

/** Empty border around the object, as a share of the square. */
const MARGIN = 0.06;

/**
 * The square around the pixels of a mask, so that a network sees every object at the same size wherever the camera
 * stood. @param mask [height * width], above 0 is object. @returns null when the mask is empty
 */
export function cropAround(mask: ArrayLike<number>, width: number, height: number): Crop | null {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!(mask[y * width + x] > 0)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  if (right < 0) return null;
  const size = Math.max(right - left + 1, bottom - top + 1) / (1 - 2 * MARGIN);
  return { left: (left + right + 1 - size) / 2, top: (top + bottom + 1 - size) / 2, size };
}

/**
 * Calls `add(cell, pixel, weight)` for every pixel that overlaps a cell of a square grid laid over the crop: area
 * weights, so that shrinking does not skip pixels and enlarging repeats them. Cells and pixels are row by row.
 */
export function overCrop(
  { left, top, size }: Crop,
  cells: number,
  width: number,
  height: number,
  add: (cell: number, pixel: number, weight: number) => void,
): void {
  overGrid({ left, top, width: size, height: size }, cells, cells, width, height, add);
}

/** The same over a rectangle, with as many columns and rows as the caller says. */
export function overGrid(
  area: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
  columns: number,
  rows: number,
  width: number,
  height: number,
  add: (cell: number, pixel: number, weight: number) => void,
): void {
  const across = area.width / columns;
  const down = area.height / rows;
  for (let row = 0; row < rows; row++) {
    const y0 = area.top + row * down;
    for (let column = 0; column < columns; column++) {
      const x0 = area.left + column * across;
      for (let y = Math.max(0, Math.floor(y0)); y < Math.min(height, y0 + down); y++) {
        const tall = Math.min(y + 1, y0 + down) - Math.max(y, y0);
        for (let x = Math.max(0, Math.floor(x0)); x < Math.min(width, x0 + across); x++) {
          const wide = Math.min(x + 1, x0 + across) - Math.max(x, x0);
          add(row * columns + column, y * width + x, (tall * wide) / (across * down));
        }
      }
    }
  }
}
