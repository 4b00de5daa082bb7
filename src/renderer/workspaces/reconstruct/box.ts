export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The middle of a picture: where most objects are, to begin with. */
export function middleBox(width: number, height: number): Box {
  return fitBox(
    {
      x: Math.round(width / 8),
      y: Math.round(height / 8),
      width: Math.round((3 * width) / 4),
      height: Math.round((3 * height) / 4),
    },
    width,
    height,
  );
}

/** A box between two corners, whole pixels inside the picture, at least one pixel wide and high. */
export function boxBetween(
  a: readonly [number, number],
  b: readonly [number, number],
  width: number,
  height: number,
): Box {
  const x = Math.min(a[0], b[0]);
  const y = Math.min(a[1], b[1]);
  return fitBox({ x, y, width: Math.abs(a[0] - b[0]), height: Math.abs(a[1] - b[1]) }, width, height);
}

/** The same box in whole pixels, cut to the picture. */
export function fitBox(box: Box, width: number, height: number): Box {
  const x = clamp(Math.round(box.x), 0, width - 1);
  const y = clamp(Math.round(box.y), 0, height - 1);
  return {
    x,
    y,
    width: clamp(Math.round(box.width), 1, width - x),
    height: clamp(Math.round(box.height), 1, height - y),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Number.isFinite(value) ? value : least));
}
