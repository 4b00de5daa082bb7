import { zipSync, type Zippable } from 'fflate';

/** An array to write, in C order. f2 takes the bits of half-precision numbers, i8 whole numbers of 32 bits. */
export type NpyContent =
  | { readonly type: 'u1'; readonly shape: readonly number[]; readonly data: Uint8Array }
  | { readonly type: 'u2' | 'f2'; readonly shape: readonly number[]; readonly data: Uint16Array }
  | { readonly type: 'f4'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly type: 'f8'; readonly shape: readonly number[]; readonly data: Float64Array }
  | { readonly type: 'i8'; readonly shape: readonly number[]; readonly data: Int32Array };

/** What stands before the values in an .npy file, version 1.0, little-endian, padded to 64 bytes as NumPy does. */
export function npyHeader(type: NpyContent['type'], shape: readonly number[]): Uint8Array {
  const sizes = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const dtype = type === 'u1' ? '|u1' : `<${type}`;
  const fields = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${sizes}, }`;
  const out = Buffer.alloc(Math.ceil((10 + fields.length + 1) / 64) * 64, ' ');
  out.write('\u0093NUMPY\u0001\u0000', 0, 'latin1');
  out.writeUInt16LE(out.length - 10, 8);
  out.write(fields, 10, 'latin1');
  out[out.length - 1] = 0x0a;
  return out;
}

/** Bytes of an .npy file. */
export function encodeNpy(content: NpyContent): Uint8Array {
  const { type, shape, data } = content;
  const count = shape.reduce((product, n) => product * n, 1);
  if (count !== data.length) throw new Error(`shape (${shape.join(', ')}) for ${data.length} values`);
  const header = npyHeader(type, shape);
  const out = Buffer.alloc(header.length + data.byteLength * (type === 'i8' ? 2 : 1));
  out.set(header);
  const at = new DataView(out.buffer, out.byteOffset + header.length);
  if (content.type === 'u1') out.set(content.data, header.length);
  else if (content.type === 'f4') content.data.forEach((value, i) => at.setFloat32(i * 4, value, true));
  else if (content.type === 'f8') content.data.forEach((value, i) => at.setFloat64(i * 8, value, true));
  else if (content.type === 'i8')
    content.data.forEach((value, i) => at.setBigInt64(i * 8, BigInt(value), true));
  else content.data.forEach((value, i) => at.setUint16(i * 2, value, true));
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
