import fc from 'fast-check';
import { DataUtils } from 'three';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../shared/result';
import { ballNpz, encodeExr, encodeNpy, encodeNpz, encodePng, floatBytes } from './fixtures';
import { readExr } from './exr';
import { readNpy } from './npy';
import { readNpyDepth } from './npy-depth';
import { readPngDepth } from './png-depth';
import { readPointsNpz } from './points-npz';

const SEED = 20_261_122;

describe('NPY', () => {
  const values = [0, 1, 2, 3, 4, 5];
  const write: Record<string, (view: DataView, at: number, value: number, little: boolean) => void> = {
    b1: (v, o, x) => v.setUint8(o, x === 0 ? 0 : 1),
    i1: (v, o, x) => v.setInt8(o, x),
    u1: (v, o, x) => v.setUint8(o, x),
    i2: (v, o, x, l) => v.setInt16(o, x, l),
    u2: (v, o, x, l) => v.setUint16(o, x, l),
    f2: (v, o, x, l) => v.setUint16(o, DataUtils.toHalfFloat(x), l),
    i4: (v, o, x, l) => v.setInt32(o, x, l),
    u4: (v, o, x, l) => v.setUint32(o, x, l),
    f4: (v, o, x, l) => v.setFloat32(o, x, l),
    i8: (v, o, x, l) => v.setBigInt64(o, BigInt(x), l),
    u8: (v, o, x, l) => v.setBigUint64(o, BigInt(x), l),
    f8: (v, o, x, l) => v.setFloat64(o, x, l),
  };
  const cases = Object.keys(write).flatMap((type) => ['<', '>'].map((order) => [order, type] as const));

  it.each(cases)('%s%s', (order, type) => {
    const size = Number(type[1]);
    const view = new DataView(new ArrayBuffer(values.length * size));
    values.forEach((value, i) => write[type](view, i * size, value, order === '<'));
    const array = unwrap(readNpy(encodeNpy(order + type, '(2, 3)', new Uint8Array(view.buffer)), 'a.npy'));
    expect(array.shape).toEqual([2, 3]);
    expect(Array.from(array.data)).toEqual(type === 'b1' ? values.map((v) => Math.min(v, 1)) : values);
  });

  it.each([1, 2, 3] as const)('header version %i', (version) => {
    const array = unwrap(readNpy(encodeNpy('<f4', '(6,)', floatBytes(values), { version }), 'a.npy'));
    expect(Array.from(array.data)).toEqual(values);
  });

  it(`Fortran order comes back in C order, seed ${SEED}`, () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }), (shape) => {
        const count = shape.reduce((product, n) => product * n, 1);
        const columnMajor = new Float32Array(count);
        for (let i = 0; i < count; i++) {
          let rest = i;
          let at = 0;
          for (let d = shape.length - 1; d >= 0; d--) {
            const stride = shape.slice(0, d).reduce((product, n) => product * n, 1);
            at += (rest % shape[d]) * stride;
            rest = Math.floor(rest / shape[d]);
          }
          columnMajor[at] = i;
        }
        const bytes = encodeNpy('<f4', `(${shape.join(', ')},)`, floatBytes(columnMajor), { fortran: true });
        expect(Array.from(unwrap(readNpy(bytes, 'a.npy')).data)).toEqual(
          Array.from({ length: count }, (_, i) => i),
        );
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});

describe('points.npz', () => {
  it('gives points, occupancies from packed bits, location and scale', () => {
    const read = unwrap(readPointsNpz(ballNpz(11), 'points.npz'));
    expect(read).toMatchObject({ kind: 'occupancy', location: [1, 2, 3], scale: 2, halfPrecision: false });
    if (read.kind !== 'occupancy') return;
    for (let i = 0; i < read.inside.length; i++) {
      const radius = Math.hypot(read.points[i * 3], read.points[i * 3 + 1], read.points[i * 3 + 2]);
      expect(read.inside[i]).toBe(radius < 0.4 ? 1 : 0);
    }
  });

  it('the first point is the most significant bit; bits behind the last point are ignored', () => {
    const bytes = encodeNpz({
      'points.npy': encodeNpy('<f2', '(3, 3)', new Uint8Array(18)),
      'occupancies.npy': encodeNpy('|u1', '(1,)', Uint8Array.of(0b1011_1111)),
    });
    const read = unwrap(readPointsNpz(bytes, 'points.npz'));
    expect(read.kind === 'occupancy' && Array.from(read.inside)).toEqual([1, 0, 1]);
    expect(read.kind === 'occupancy' && read.halfPrecision).toBe(true);
  });

  it('pointcloud.npz gives points with normals', () => {
    const rows = floatBytes([1, 0, 0, 0, 1, 0]);
    const bytes = encodeNpz({
      'points.npy': encodeNpy('<f4', '(2, 3)', rows),
      'normals.npy': encodeNpy('<f4', '(2, 3)', rows),
    });
    expect(unwrap(readPointsNpz(bytes, 'pointcloud.npz'))).toMatchObject({ kind: 'points' });
  });
});

describe('depth images keep their values, the top row first', () => {
  const [width, height] = [5, 4];
  const values = Array.from({ length: width * height }, (_, i) => (i * 3001) % 65_536);

  it('16-bit PNG', () => {
    const read = unwrap(readPngDepth(encodePng(width, height, values), 'depth.png'));
    expect(read).toMatchObject({ width, height });
    expect(Array.from(read.values)).toEqual(values);
  });

  it.each([
    ['a channel Z', { Z: values }, 0],
    ['a channel Z, ZIPS', { Z: values }, 2],
    [
      'a channel Z among colours',
      { R: values.map(() => 1), G: values.map(() => 2), B: values.map(() => 3), Z: values },
      2,
    ],
    ['red of three equal colours', { R: values, G: values, B: values }, 0],
    ['a luminance channel', { Y: values }, 0],
    ['a channel of a layer', { 'View.Depth.Z': values, 'View.Combined.R': values.map(() => 1) }, 2],
  ] as const)('EXR, %s', (_, channels, compression) => {
    const read = unwrap(readExr(encodeExr(width, height, channels, compression), 'depth.exr'));
    expect(read).toMatchObject({ width, height });
    expect(Array.from(read.values)).toEqual(values);
  });

  it.each(['(4, 5)', '(4, 5, 1)', '(1, 4, 5)'])('NPY of shape %s', (shape) => {
    const read = unwrap(readNpyDepth(encodeNpy('<f4', shape, floatBytes(values)), 'depth.npy'));
    expect(read).toMatchObject({ width, height });
    expect(Array.from(read.values)).toEqual(values);
  });
});
