import { zipSync, type Zippable } from 'fflate';

/** An array to write, in C order. f2 takes the bits of half-precision numbers. */
export type NpyContent =
  | { readonly type: 'u1'; readonly shape: readonly number[]; readonly data: Uint8Array }
  | { readonly type: 'u2' | 'f2'; readonly shape: readonly number[]; readonly data: Uint16Array }
  | { readonly type: 'f4'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly type: 'f8'; readonly shape: readonly number[]; readonly data: Float64Array };

/** Bytes of an .npy file, version 1.0, little-endian, its header padded to 64 bytes as NumPy does. */
export function encodeNpy({ type, shape, data }: NpyContent): Uint8Array {
  const count = shape.reduce((product, n) => product * n, 1);
  if (count !== data.length) throw new Error(`shape (${shape.join(', ')}) for ${data.length} values`);
  const sizes = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const dtype = type === 'u1' ? '|u1' : `<${type}`;
  const fields = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${sizes}, }`;
  const length = Math.ceil((10 + fields.length + 1) / 64) * 64;
  const out = Buffer.alloc(length + data.byteLength, ' ');
  out.write('\u0093NUMPY\u0001\u0000', 0, 'latin1');
  out.writeUInt16LE(length - 10, 8);
  out.write(`${fields}`, 10, 'latin1');
  out[length - 1] = 0x0a;
  const at = new DataView(out.buffer, out.byteOffset + length);
  if (type === 'u1') out.set(data, length);
  else if (type === 'f4') data.forEach((value, i) => at.setFloat32(i * 4, value, true));
  else if (type === 'f8') data.forEach((value, i) => at.setFloat64(i * 8, value, true));
  else data.forEach((value, i) => at.setUint16(i * 2, value, true));
  return out;
}

/** Bytes of an .npz archive, stored, without a date: same arrays, same bytes. */
export function encodeNpz(arrays: Readonly<Record<string, NpyContent>>): Uint8Array {
  // A zip file's dates are local time.
  const options = { level: 0, mtime: new Date(1980, 0, 1) } as const;
  const entries: Zippable = {};
  for (const [name, array] of Object.entries(arrays)) entries[`${name}.npy`] = [encodeNpy(array), options];
  return zipSync(entries, options);
}
