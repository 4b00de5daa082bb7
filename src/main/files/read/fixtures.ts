import { zipSync, zlibSync } from 'fflate';
import { PNG } from 'pngjs';
import type { TriangleMesh } from '../../../shared/geometry/types';

/** Files for tests of the readers, made in code. */
export function boxMesh(half: readonly [number, number, number] = [0.5, 0.5, 0.5]): TriangleMesh {
  const positions = new Float64Array(24);
  for (let v = 0; v < 8; v++) {
    for (let c = 0; c < 3; c++) positions[v * 3 + c] = (v >> c) & 1 ? half[c] : -half[c];
  }
  const quads = [
    [0, 4, 6, 2],
    [1, 3, 7, 5],
    [0, 1, 5, 4],
    [2, 6, 7, 3],
    [0, 2, 3, 1],
    [4, 5, 7, 6],
  ];
  return { positions, indices: Uint32Array.from(quads.flatMap(([a, b, c, d]) => [a, b, c, a, c, d])) };
}

export function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

export function encodeObj({ positions, indices }: TriangleMesh): Uint8Array {
  const lines = ['# a mesh', 'o thing'];
  for (let v = 0; v < positions.length; v += 3) lines.push(`v ${positions.slice(v, v + 3).join(' ')}`);
  for (let t = 0; t < indices.length; t += 3)
    lines.push(`f ${Array.from(indices.slice(t, t + 3), (i) => i + 1).join(' ')}`);
  return text(`${lines.join('\n')}\n`);
}

export function encodeAsciiStl({ positions, indices }: TriangleMesh): Uint8Array {
  const lines = ['solid thing'];
  for (let t = 0; t < indices.length; t += 3) {
    lines.push('facet normal 0 0 0', 'outer loop');
    for (let e = 0; e < 3; e++)
      lines.push(`vertex ${positions.slice(indices[t + e] * 3, indices[t + e] * 3 + 3).join(' ')}`);
    lines.push('endloop', 'endfacet');
  }
  return text(`${[...lines, 'endsolid thing'].join('\n')}\n`);
}

export function encodeBinaryStl({ positions, indices }: TriangleMesh, header = ''): Uint8Array {
  const count = indices.length / 3;
  const out = Buffer.alloc(84 + 50 * count);
  out.write(header, 'latin1');
  out.writeUInt32LE(count, 80);
  for (let i = 0; i < indices.length; i++) {
    for (let c = 0; c < 3; c++) {
      out.writeFloatLE(
        positions[indices[i] * 3 + c],
        84 + Math.floor(i / 3) * 50 + 12 + (i % 3) * 12 + c * 4,
      );
    }
  }
  return out;
}

export type PlyFormat = 'ascii' | 'binary_little_endian' | 'binary_big_endian';

/** A mesh, or with `normals` [N, 3] and no indices a cloud. */
export function encodePly(mesh: TriangleMesh, format: PlyFormat, normals?: ArrayLike<number>): Uint8Array {
  const { positions, indices } = mesh;
  const vertices = positions.length / 3;
  const header = ['ply', `format ${format} 1.0`, 'comment made by a test', `element vertex ${vertices}`];
  header.push(...['x', 'y', 'z'].map((name) => `property float ${name}`));
  if (normals) header.push(...['nx', 'ny', 'nz'].map((name) => `property float ${name}`));
  if (indices.length > 0)
    header.push(`element face ${indices.length / 3}`, 'property list uchar int vertex_indices');
  header.push('end_header');
  const rows: { numbers: number[]; face: boolean }[] = [];
  for (let v = 0; v < vertices; v++) {
    const own = normals ? Array.from({ length: 3 }, (_, c) => normals[v * 3 + c]) : [];
    rows.push({ numbers: [...positions.slice(v * 3, v * 3 + 3), ...own], face: false });
  }
  for (let t = 0; t < indices.length; t += 3)
    rows.push({ numbers: [3, ...indices.slice(t, t + 3)], face: true });
  const head = text(`${header.join('\n')}\n`);
  if (format === 'ascii') return concat([head, text(`${rows.map((r) => r.numbers.join(' ')).join('\n')}\n`)]);
  const little = format === 'binary_little_endian';
  const body = new DataView(
    new ArrayBuffer(rows.reduce((sum, r) => sum + (r.face ? 13 : r.numbers.length * 4), 0)),
  );
  let at = 0;
  for (const { numbers, face } of rows) {
    numbers.forEach((value, i) => {
      if (face && i === 0) body.setUint8(at++, value);
      else {
        if (face) body.setInt32(at, value, little);
        else body.setFloat32(at, value, little);
        at += 4;
      }
    });
  }
  return concat([head, new Uint8Array(body.buffer)]);
}

/** glTF JSON of one mesh with its data in buffer 0. */
export function gltfJson(
  mesh: TriangleMesh,
  uri?: string,
): { json: Record<string, unknown>; binary: Uint8Array } {
  const positions = new Uint8Array(Float32Array.from(mesh.positions).buffer);
  const indices = new Uint8Array(mesh.indices.slice().buffer);
  const binary = concat([positions, indices]);
  const json = {
    asset: { version: '2.0' },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0, translation: [1, 2, 3], scale: [2, 2, 2] }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 1 }] }],
    accessors: [
      { bufferView: 0, componentType: 5126, count: mesh.positions.length / 3, type: 'VEC3' },
      { bufferView: 1, componentType: 5125, count: mesh.indices.length, type: 'SCALAR' },
    ],
    bufferViews: [
      { buffer: 0, byteOffset: 0, byteLength: positions.length },
      { buffer: 0, byteOffset: positions.length, byteLength: indices.length },
    ],
    buffers: [{ byteLength: binary.length, ...(uri && { uri }) }],
  };
  return { json, binary };
}

export function encodeGlb(json: unknown, binary: Uint8Array): Uint8Array {
  const raw = JSON.stringify(json);
  const head = text(raw.padEnd(Math.ceil(raw.length / 4) * 4));
  const header = Buffer.alloc(20);
  header.write('glTF');
  header.writeUInt32LE(2, 4);
  header.writeUInt32LE(28 + head.length + binary.length, 8);
  header.writeUInt32LE(head.length, 12);
  header.write('JSON', 16);
  const chunk = Buffer.alloc(8);
  chunk.writeUInt32LE(binary.length, 0);
  chunk.write('BIN\0', 4);
  return concat([header, head, chunk, binary]);
}

/** `descr` such as '<f4'; `shape` as numpy writes it, '(2, 3)'. */
export function encodeNpy(
  descr: string,
  shape: string,
  body: Uint8Array,
  options: { fortran?: boolean; version?: 1 | 2 | 3 } = {},
): Uint8Array {
  const version = options.version ?? 1;
  const start = version === 1 ? 10 : 12;
  const dict = `{'descr': '${descr}', 'fortran_order': ${options.fortran ? 'True' : 'False'}, 'shape': ${shape}, }`;
  const length = Math.ceil((start + dict.length + 1) / 64) * 64 - start;
  const head = Buffer.alloc(start);
  head.write('\x93NUMPY', 'latin1');
  head[6] = version;
  if (version === 1) head.writeUInt16LE(length, 8);
  else head.writeUInt32LE(length, 8);
  return concat([head, text(`${dict.padEnd(length - 1)}\n`), body]);
}

export function floatBytes(values: ArrayLike<number>): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

export function encodeNpz(entries: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zipSync(entries, { mtime: new Date(1980, 0, 1) });
}

/** Occupancy Networks' points.npz of a ball of radius 0.4, points on a grid. */
export function ballNpz(side: number): Uint8Array {
  const points: number[] = [];
  for (let i = 0; i < side ** 3; i++) {
    for (let c = 0; c < 3; c++) points.push((((Math.floor(i / side ** c) % side) + 0.5) / side - 0.5) * 1.1);
  }
  const bits = new Uint8Array(Math.ceil(side ** 3 / 8));
  for (let i = 0; i < side ** 3; i++) {
    if (Math.hypot(points[i * 3], points[i * 3 + 1], points[i * 3 + 2]) < 0.4)
      bits[i >> 3] |= 0x80 >> (i & 7);
  }
  return encodeNpz({
    'points.npy': encodeNpy('<f4', `(${side ** 3}, 3)`, floatBytes(points)),
    'occupancies.npy': encodeNpy('|u1', `(${bits.length},)`, bits),
    'loc.npy': encodeNpy('<f4', '(3,)', floatBytes([1, 2, 3])),
    'scale.npy': encodeNpy('<f4', '()', floatBytes([2])),
  });
}

export function encodePng(
  width: number,
  height: number,
  values: ArrayLike<number>,
  bitDepth: 8 | 16 = 16,
): Uint8Array {
  const png = new PNG({ width, height, bitDepth, colorType: 0, inputColorType: 0, inputHasAlpha: false });
  const data = bitDepth === 16 ? Uint16Array.from(values) : Uint8Array.from(values);
  png.data = Buffer.from(data.buffer);
  return PNG.sync.write(png, { bitDepth, colorType: 0, inputColorType: 0, inputHasAlpha: false });
}

/** A scan-line OpenEXR image with float channels, uncompressed or ZIPS. Values are [height * width] per channel. */
export function encodeExr(
  width: number,
  height: number,
  channels: Readonly<Record<string, ArrayLike<number>>>,
  compression: 0 | 2 = 0,
): Uint8Array {
  const parts: Uint8Array[] = [Buffer.from([0x76, 0x2f, 0x31, 0x01, 2, 0, 0, 0])];
  const attribute = (name: string, type: string, value: Uint8Array): void => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(value.length);
    parts.push(text(`${name}\0${type}\0`), size, value);
  };
  const integers = (...values: number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);
  const names = Object.keys(channels).sort();
  attribute(
    'channels',
    'chlist',
    concat([...names.map((name) => concat([text(`${name}\0`), integers(2, 0, 1, 1)])), new Uint8Array(1)]),
  );
  attribute('compression', 'compression', Uint8Array.of(compression));
  attribute('dataWindow', 'box2i', integers(0, 0, width - 1, height - 1));
  attribute('displayWindow', 'box2i', integers(0, 0, width - 1, height - 1));
  attribute('lineOrder', 'lineOrder', Uint8Array.of(0));
  attribute('pixelAspectRatio', 'float', floatBytes([1]));
  attribute('screenWindowCenter', 'v2f', floatBytes([0, 0]));
  attribute('screenWindowWidth', 'float', floatBytes([1]));
  parts.push(new Uint8Array(1));
  const head = concat(parts);
  const blocks: Uint8Array[] = [];
  for (let y = 0; y < height; y++) {
    const raw = concat(
      names.map((name) => floatBytes(Array.from({ length: width }, (_, x) => channels[name][y * width + x]))),
    );
    const packed = compression === 2 ? zlibSync(predict(raw)) : raw;
    const data = packed.length < raw.length ? packed : raw;
    blocks.push(concat([integers(y, data.length), data]));
  }
  const table = new BigUint64Array(height);
  let at = head.length + height * 8;
  blocks.forEach((block, i) => {
    table[i] = BigInt(at);
    at += block.length;
  });
  return concat([head, new Uint8Array(table.buffer), ...blocks]);
}

/** OpenEXR's split into even and odd bytes and its difference predictor. */
function predict(raw: Uint8Array): Uint8Array {
  const half = Math.ceil(raw.length / 2);
  const split = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) split[(i % 2) * half + (i >> 1)] = raw[i];
  for (let i = split.length - 1; i > 0; i--) split[i] = (split[i] - split[i - 1] + 384) & 255;
  return split;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
