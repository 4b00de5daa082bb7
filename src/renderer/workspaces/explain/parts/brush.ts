/** A rectangle in pixels of what the network saw. */
export interface PixelRectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface GridSize {
  readonly width: number;
  readonly height: number;
}

/** Every pixel that the rectangle between two places touches, at least one; null beside the picture. */
export function rectangleBetween(
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
  { width, height }: GridSize,
): PixelRectangle | null {
  const left = Math.max(0, Math.floor(Math.min(ax, bx)));
  const top = Math.max(0, Math.floor(Math.min(ay, by)));
  const right = Math.min(width, Math.floor(Math.max(ax, bx)) + 1);
  const bottom = Math.min(height, Math.floor(Math.max(ay, by)) + 1);
  if (right <= left || bottom <= top) return null;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** [height * width] 255 inside. */
export function rectangleBrush({ x, y, width, height }: PixelRectangle, size: GridSize): Uint8Array {
  const brush = new Uint8Array(size.width * size.height);
  for (let row = Math.max(0, y); row < Math.min(size.height, y + height); row++) {
    brush.fill(255, row * size.width + Math.max(0, x), row * size.width + Math.min(size.width, x + width));
  }
  return brush;
}

/** A brush with a stroke from one place to another added: all pixels whose middle is within the radius. */
export function withStroke(
  brush: Uint8Array | null,
  from: readonly [number, number],
  to: readonly [number, number],
  radius: number,
  { width, height }: GridSize,
): Uint8Array {
  const next = brush?.slice() ?? new Uint8Array(width * height);
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = dx * dx + dy * dy;
  for (let i = 0; i < next.length; i++) {
    const x = (i % width) + 0.5 - from[0];
    const y = Math.floor(i / width) + 0.5 - from[1];
    const along = length > 0 ? Math.min(1, Math.max(0, (x * dx + y * dy) / length)) : 0;
    if (Math.hypot(x - along * dx, y - along * dy) <= radius) next[i] = 255;
  }
  return next;
}

/** The smallest rectangle around a brush; null when nothing was brushed. */
export function boundsOfBrush(brush: Uint8Array, { width }: GridSize): PixelRectangle | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  brush.forEach((value, i) => {
    if (value === 0) return;
    left = Math.min(left, i % width);
    right = Math.max(right, i % width);
    top = Math.min(top, Math.floor(i / width));
    bottom = Math.floor(i / width);
  });
  return right < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Share of the picture that is brushed, 0 to 1. */
export function brushedShare(brush: Uint8Array): number {
  return brush.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0) / brush.length;
}
