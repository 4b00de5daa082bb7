import type { ManifoldApi } from '../../../shared/geometry/manifold';
import type { TriangleMesh } from '../../../shared/geometry/types';
import { FAMILIES } from '../../synthetic/shapes/families';
import { samplePoints, type PartSamples } from '../../synthetic/shapes/samples';
import { makeShape } from '../../synthetic/shapes/shape';
import { renderViews, type RenderedView } from '../../synthetic/shapes/view';
import { ok, type Result } from '../../../shared/result';
import { fromHalf, toHalf } from '../safetensors/half';
import { encodeNpz } from '../write/npy';
import { CAMERA_NUMBERS, SHAPE_FILES, type ShapeFile, type ShapesOptions } from './shapes-format';
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
  return ok(
    new Map([
      [
        SHAPE_FILES.samples,
        encodeNpz({ ...pointArrays('box', samples.box), ...pointArrays('near', samples.near) }),
      ],
      [SHAPE_FILES.views, encodeNpz(viewArrays(pictures, imageSize))],
      [SHAPE_FILES.mesh, encodeMesh(shape.mesh)],
      [SHAPE_FILES.shape, Buffer.from(`${JSON.stringify(about, null, 1)}\n`)],
    ]),
  );
}

function pointArrays(set: string, { points, labels }: PartSamples): Parameters<typeof encodeNpz>[0] {
  return {
    [`${set}_points`]: { type: 'f2', shape: [labels.length, 3], data: Uint16Array.from(points, toHalf) },
    [`${set}_labels`]: { type: 'u1', shape: [labels.length], data: labels },
  };
}

function viewArrays(views: readonly RenderedView[], size: number): Parameters<typeof encodeNpz>[0] {
  const colour = new Uint8Array(views.length * size * size * 4);
  const depth = new Uint16Array(views.length * size * size);
  const cameras = new Float64Array(views.length * CAMERA_NUMBERS);
  views.forEach((view, i) => {
    const { fx, fy, cx, cy, cameraToWorld } = view.camera;
    colour.set(view.colour, i * size * size * 4);
    depth.set(view.depth, i * size * size);
    cameras.set([fx, fy, cx, cy, ...cameraToWorld!], i * CAMERA_NUMBERS);
  });
  return {
    colour: { type: 'u1', shape: [views.length, size, size, 4], data: colour },
    depth: { type: 'u2', shape: [views.length, size, size], data: depth },
    cameras: { type: 'f8', shape: [views.length, CAMERA_NUMBERS], data: cameras },
  };
}

/** Binary little-endian PLY of triangles, learning space. */
function encodeMesh({ positions, indices }: TriangleMesh): Uint8Array {
  const header = [
    'ply',
    'format binary_little_endian 1.0',
    `element vertex ${positions.length / 3}`,
    ...['x', 'y', 'z'].map((axis) => `property float ${axis}`),
    `element face ${indices.length / 3}`,
    'property list uchar int vertex_indices',
    'end_header\n',
  ].join('\n');
  const out = Buffer.alloc(header.length + positions.length * 4 + (indices.length / 3) * 13);
  let at = out.write(header, 'latin1');
  for (const x of positions) at = out.writeFloatLE(x, at);
  for (let t = 0; t < indices.length; t += 3) {
    at = out.writeUInt8(3, at);
    for (let c = 0; c < 3; c++) at = out.writeInt32LE(indices[t + c], at);
  }
  return out;
}
