import type { TriangleMesh } from '../../../shared/geometry/types';
import type { PartSamples } from '../../synthetic/shapes/samples';
import type { RenderedView } from '../../synthetic/shapes/view';
import { toHalf } from '../safetensors/half';
import { encodeNpz } from '../write/npy';
import { CAMERA_NUMBERS, SHAPE_FILES, type ShapeFile } from './shapes-format';

/** Everything that a data set keeps of one shape. */
export interface StoredShape {
  readonly about: ShapeFile;
  readonly samples: { readonly box: PartSamples; readonly near: PartSamples };
  readonly pictures: readonly RenderedView[];
  /** Pixels of a picture's side. */
  readonly imageSize: number;
  /** Learning space, y up. */
  readonly mesh: TriangleMesh;
}

/** The files of a shape, bytes by name. */
export function encodeShape(shape: StoredShape): ReadonlyMap<string, Uint8Array> {
  const { about, samples, pictures, imageSize, mesh } = shape;
  return new Map([
    [
      SHAPE_FILES.samples,
      encodeNpz({ ...pointArrays('box', samples.box), ...pointArrays('near', samples.near) }),
    ],
    [SHAPE_FILES.views, encodeNpz(viewArrays(pictures, imageSize))],
    [SHAPE_FILES.mesh, encodeMesh(mesh)],
    [SHAPE_FILES.shape, Buffer.from(`${JSON.stringify(about, null, 1)}\n`)],
  ]);
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
