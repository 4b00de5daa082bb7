import { logitGradient, type LogitLayout } from '../../../../shared/shape/parameters';

/**
 * Derivatives of a shape's translations, normals and offsets in its logits. Each physical value depends on logits of
 * its own part or plane alone, so five gradients hold all of them.
 */
export interface PhysicalDerivatives {
  /** [K H 3] of the offsets, in the plane's three logits; likewise per component of the normals. */
  readonly offsets: Float64Array;
  readonly normals: readonly [Float64Array, Float64Array, Float64Array];
}

/** Derivatives at logits [K + 3 K + 3 K H]. Translations are their own logits, so theirs are not listed. */
export function physicalDerivatives(logits: Float32Array, layout: LogitLayout): PhysicalDerivatives {
  const { parts, planes } = layout;
  const gradientOf = (offset: number, axis: number | null): Float64Array => {
    const normals = new Float64Array(parts * planes * 3);
    if (axis !== null) for (let i = axis; i < normals.length; i += 3) normals[i] = 1;
    const gradient = logitGradient(logits, layout, {
      normals,
      offsets: new Float64Array(parts * planes).fill(offset),
      translations: new Float64Array(parts * 3),
      smoothness: new Float64Array(parts),
    });
    return gradient.subarray(parts * 4);
  };
  return {
    offsets: gradientOf(1, null),
    normals: [gradientOf(0, 0), gradientOf(0, 1), gradientOf(0, 2)],
  };
}
