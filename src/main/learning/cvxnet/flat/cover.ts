import type { PackedShape } from '../../../../shared/shape/types';
import type { ConvexFieldKernel } from '../../../compute/kernels/types';
import type { FitSamples } from '../fit';

/** Samples with what each counts where a shape is judged. */
export interface JudgedSamples {
  /** [N, 2] */
  readonly points: Float32Array;
  readonly inside: Uint8Array;
  readonly weights: Float32Array;
}

/** Which samples each part holds. */
export interface Cover {
  /** [K][N] 1 where the part's indicator is at least 0.5. */
  readonly byPart: Uint8Array[];
  /** [N] how many parts hold a sample. */
  readonly counts: Uint16Array;
}

/** Weight of a sample near the outline beside a uniform one. */
const NEAR_OUTLINE_WEIGHT = 0.5;

export function judge({ box, nearSurface }: FitSamples): JudgedSamples {
  const count = box.inside.length + nearSurface.inside.length;
  const points = new Float32Array(count * 2);
  points.set(box.points);
  points.set(nearSurface.points, box.points.length);
  const inside = new Uint8Array(count);
  inside.set(box.inside);
  inside.set(nearSurface.inside, box.inside.length);
  return {
    points,
    inside,
    weights: new Float32Array(count).fill(NEAR_OUTLINE_WEIGHT).fill(1, 0, box.inside.length),
  };
}

export function coverOf(
  shape: PackedShape<Float32Array>,
  { points, inside }: JudgedSamples,
  kernel: ConvexFieldKernel,
): Cover {
  const total = inside.length;
  const indicator = new Float32Array(shape.parts * total);
  kernel.forward(shape, points, indicator);
  const counts = new Uint16Array(total);
  const byPart = Array.from({ length: shape.parts }, (_, k) => {
    const held = new Uint8Array(total);
    for (let i = 0; i < total; i++) {
      held[i] = indicator[k * total + i] >= 0.5 ? 1 : 0;
      counts[i] += held[i];
    }
    return held;
  });
  return { byPart, counts };
}

/** Replaces what part `k` holds. */
export function setHeld({ byPart, counts }: Cover, k: number, held: Uint8Array): void {
  for (let i = 0; i < held.length; i++) counts[i] += held[i] - byPart[k][i];
  byPart[k] = held;
}

/** Intersection over union by the samples' weights. */
export function coverIou({ counts }: Cover, { inside, weights }: JudgedSamples): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] > 0 && inside[i] === 1) both += weights[i];
    if (counts[i] > 0 || inside[i] === 1) either += weights[i];
  }
  return either === 0 ? 0 : both / either;
}

/** What part `k` alone contributes: the interior that only it holds, less `penalty` times such exterior. */
export function partValue(
  { byPart, counts }: Cover,
  k: number,
  { inside, weights }: JudgedSamples,
  penalty: number,
): number {
  let value = 0;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] === 1 && byPart[k][i] === 1) value += inside[i] === 1 ? weights[i] : -penalty * weights[i];
  }
  return value;
}
