import { evaluateField, fieldGradient } from '../../../shared/shape/field';
import type { ConvexFieldKernel } from './types';

/** The float64 oracle behind the kernels' interface: slow, for tests and as the last resort. */
export function createReferenceFieldKernel(): ConvexFieldKernel {
  return {
    name: 'reference',
    forward: (shape, points, out) => out.set(evaluateField(shape, points).indicator),
    backward: (shape, points, _indicator, upstream, out) => {
      const gradient = fieldGradient(shape, points, upstream);
      out.normals.set(gradient.normals);
      out.offsets.set(gradient.offsets);
      out.translations.set(gradient.translations);
      out.smoothness.set(gradient.smoothness);
      out.points.set(gradient.points);
    },
  };
}
