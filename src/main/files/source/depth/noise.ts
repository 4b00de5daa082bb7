import { footprint, jumpAt, type DepthView } from './view';

/** Standard deviation of the depth noise, metres: from second differences along rows, robust against edges. */
export function estimateNoise({ width, depth }: DepthView, mask: Uint8Array): number {
  const differences = new Float64Array(mask.length);
  let count = 0;
  for (let i = 1; i + 1 < mask.length; i++) {
    const u = i % width;
    if (u === 0 || u === width - 1 || !mask[i - 1] || !mask[i] || !mask[i + 1]) continue;
    differences[count++] = Math.abs(depth[i - 1] - 2 * depth[i] + depth[i + 1]);
  }
  if (count === 0) return 0;
  const sorted = differences.subarray(0, count).sort();
  // Variance of a second difference of independent noise is 6 times the noise's own.
  return (1.4826 * sorted[count >> 1]) / Math.sqrt(6);
}

/** How far to smooth, in pixels: not at all where the noise is far below a pixel's width. */
export function smoothingRadius(view: DepthView, mask: Uint8Array, noise: number): number {
  const depths = view.depth.filter((_, i) => mask[i] === 1).sort();
  if (depths.length === 0) return 0;
  const share = noise / footprint(view, depths[depths.length >> 1]);
  return share < 0.1 ? 0 : share < 0.4 ? 1 : 2;
}

/**
 * The depth averaged over a window of (2 radius + 1)^2 pixels, on one surface only: neighbours count in opposite pairs
 * of which both lie on it, so that slopes stay as they are and edges stay where they are.
 */
export function smoothDepth(view: DepthView, radius: number): DepthView {
  if (radius === 0) return view;
  const { width, height, depth } = view;
  const out = new Float64Array(depth.length);
  for (let i = 0; i < depth.length; i++) {
    const own = depth[i];
    if (own === 0) continue;
    const u = i % width;
    const v = Math.floor(i / width);
    const jump = jumpAt(view, own) * radius;
    let sum = own;
    let count = 1;
    for (let dv = 0; dv <= radius; dv++) {
      for (let du = dv === 0 ? 1 : -radius; du <= radius; du++) {
        if (u + du < 0 || u - du < 0 || u + du >= width || u - du >= width) continue;
        if (v + dv >= height || v - dv < 0) continue;
        const a = depth[i + dv * width + du];
        const b = depth[i - dv * width - du];
        if (a === 0 || b === 0 || Math.abs(a - own) > jump || Math.abs(b - own) > jump) continue;
        sum += a + b;
        count += 2;
      }
    }
    out[i] = sum / count;
  }
  return { ...view, depth: out };
}
