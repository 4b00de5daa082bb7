import type { ManifoldApi } from '../../../shared/geometry/manifold';
import { FAMILIES } from '../../synthetic/shapes/families';
import { samplePoints } from '../../synthetic/shapes/samples';
import { makeShape } from '../../synthetic/shapes/shape';
import { renderViews } from '../../synthetic/shapes/view';
import { ok, type Result } from '../../../shared/result';
import { fromHalf, toHalf } from '../safetensors/half';
import { encodeShape } from './encode-shape';
import type { ShapeFile, ShapesOptions } from './shapes-format';
import type { PlannedShape } from './shapes-plan';

/** Makes one shape and everything that is stored of it: bytes by file name. Same plan and options, same bytes. */
export function shapeBytes(
  api: ManifoldApi,
  plan: PlannedShape,
  { pointsPerSet, views, imageSize }: ShapesOptions,
): Result<ReadonlyMap<string, Uint8Array>> {
  const family = FAMILIES.find(({ name }) => name === plan.family)!;
  const made = makeShape(api, family, plan.seed);
  if (!made.ok) return made;
  const shape = made.value;
  const samples = samplePoints(shape, pointsPerSet, plan.pointSeed, (x) => fromHalf(toHalf(x)));
  const pictures = renderViews(shape, views, imageSize, plan.viewSeed);
  const about: ShapeFile = {
    family: shape.family,
    seed: shape.seed,
    parameters: shape.parameters,
    parts: shape.parts.map(({ name }) => name),
    volume: shape.volume,
  };
  return ok(encodeShape({ about, samples, pictures, imageSize, mesh: shape.mesh }));
}
