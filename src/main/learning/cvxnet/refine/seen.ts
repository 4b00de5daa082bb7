import type { ShapePose } from './pose';

/** A picture with its pinhole camera and the object's pixels. Pixel (u, v) has its centre at (u, v). */
export interface SeenObject {
  readonly width: number;
  readonly height: number;
  readonly fx: number;
  readonly fy: number;
  readonly cx: number;
  readonly cy: number;
  /** [height * width] above 0 on the object. */
  readonly mask: ArrayLike<number>;
  /** Where the camera says that it stands, the world taken for the object's own frame; null when it does not. */
  readonly told: ShapePose | null;
}

/** The same with what the camera measured along its z; 0 where nothing. */
export interface SeenDepth extends SeenObject {
  readonly depth: ArrayLike<number>;
  /** Direction of up in camera axes, unit, when the camera knows its pose. */
  readonly up: readonly [number, number, number] | null;
}

/**
 * [height * width] pixels to the nearest pixel of the object, 0 on it: two passes of a chamfer transform with weights
 * 1 and sqrt 2 (Borgefors 1986).
 */
export function distanceToObject({ width, height, mask }: SeenObject): Float32Array {
  const out = Float32Array.from({ length: width * height }, (_, i) => (mask[i] > 0 ? 0 : Infinity));
  const relax = (i: number, u: number, v: number, du: number, dv: number): void => {
    if (u + du < 0 || u + du >= width || v + dv < 0 || v + dv >= height) return;
    out[i] = Math.min(out[i], out[i + dv * width + du] + (du !== 0 && dv !== 0 ? Math.SQRT2 : 1));
  };
  for (const sign of [1, -1]) {
    for (let n = 0; n < out.length; n++) {
      const i = sign === 1 ? n : out.length - 1 - n;
      const u = i % width;
      const v = Math.floor(i / width);
      relax(i, u, v, -sign, 0);
      for (const du of [-1, 0, 1]) relax(i, u, v, du, -sign);
    }
  }
  return out;
}

/** Back-projected pixels [N, 3] of the object in camera space, about `count` of them, evenly spread. */
export function observedPoints(seen: SeenDepth, count: number): Float64Array {
  const pixels: number[] = [];
  for (let i = 0; i < seen.width * seen.height; i++)
    if (seen.mask[i] > 0 && seen.depth[i] > 0) pixels.push(i);
  const stride = Math.max(1, pixels.length / count);
  const points: number[] = [];
  for (let n = 0; n < pixels.length; n += stride) {
    const i = pixels[Math.floor(n)];
    const z = seen.depth[i];
    const x = (((i % seen.width) - seen.cx) / seen.fx) * z;
    points.push(x, ((Math.floor(i / seen.width) - seen.cy) / seen.fy) * z, z);
  }
  return Float64Array.from(points);
}
