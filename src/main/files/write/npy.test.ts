import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../shared/result';
import { readNpy } from '../read/npy';
import { encodeNpy, encodeNpz, npyHeader, type NpyContent } from './npy';

const CASES: NpyContent[] = [
  { type: 'u1', shape: [2, 3], data: Uint8Array.of(0, 1, 2, 253, 254, 255) },
  { type: 'u2', shape: [3], data: Uint16Array.of(0, 513, 65_535) },
  { type: 'f2', shape: [2], data: Uint16Array.of(0x3c00, 0xc000) },
  { type: 'f4', shape: [1, 2, 1], data: Float32Array.of(0.5, -1e30) },
  { type: 'f8', shape: [3], data: Float64Array.of(Math.PI, -1e-300, 4) },
  { type: 'i8', shape: [2, 2], data: Int32Array.of(-1, 0, 2_147_483_647, -2_147_483_648) },
];

describe('encodeNpy', () => {
  it.each(CASES)('writes $type of shape $shape as the reader finds it', (content) => {
    const read = unwrap(readNpy(encodeNpy(content), 'a.npy'));
    expect(read.shape).toEqual(content.shape);
    expect(read.type).toBe(content.type);
    const expected = content.type === 'f2' ? [1, -2] : Array.from(content.data);
    expect(Array.from(read.data)).toEqual(expected);
  });

  it('refuses values that are not as many as the shape says', () => {
    const data = new Float64Array(5);
    expect(() => encodeNpy({ type: 'f8', shape: [2, 3], data })).toThrow('shape (2, 3) for 5 values');
  });
});

describe('npyHeader', () => {
  it('is what NumPy writes: magic, version, length, a dictionary, spaces up to 64 bytes and a line end', () => {
    const header = Buffer.from(npyHeader('f4', [7]));
    expect(header.subarray(0, 8)).toEqual(Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]));
    expect([header.length, header.readUInt16LE(8)]).toEqual([128, 118]);
    const text = header.toString('latin1', 10);
    expect(text.trimEnd()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (7,), }");
    expect(text.endsWith(' \n')).toBe(true);
    expect(Buffer.from(npyHeader('u1', [])).toString('latin1', 10)).toContain(
      "'|u1', 'fortran_order': False, 'shape': (), }",
    );
  });

  it('always ends at a multiple of 64 bytes, behind the dictionary', () => {
    for (let digits = 1; digits < 70; digits++) {
      const shape = Array.from({ length: digits }, () => 1);
      const header = Buffer.from(npyHeader('u2', shape));
      expect(header.length % 64).toBe(0);
      expect(header.readUInt16LE(8)).toBe(header.length - 10);
      const text = header.toString('latin1', 10);
      expect(text.trimEnd().endsWith('), }')).toBe(true);
      expect(text.length - text.trimEnd().length).toBeLessThanOrEqual(64);
    }
  });
});

describe('encodeNpz', () => {
  it('names its arrays, and gives the same bytes for the same arrays', () => {
    const [a, b] = CASES;
    const bytes = encodeNpz({ points: a, normals: b });
    const entries = unzipSync(bytes);
    expect(Object.keys(entries)).toEqual(['points.npy', 'normals.npy']);
    expect(Buffer.from(entries['points.npy'])).toEqual(Buffer.from(encodeNpy(a)));
    expect(encodeNpz({ points: a, normals: b })).toEqual(bytes);
    // Stored, not packed: a reader may map the arrays.
    expect(Buffer.from(bytes).includes(Buffer.from(encodeNpy(b)))).toBe(true);
  });
});
