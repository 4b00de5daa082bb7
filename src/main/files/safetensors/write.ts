import { fail, ok, type Result } from '../../../shared/result';
import { quoted } from '../read/problems';
import { toBfloat, toHalf } from './half';
import {
  countOf,
  MAXIMUM_HEADER_BYTES,
  TYPE_BYTES,
  type SafetensorsContent,
  type StoredTensor,
} from './types';

/**
 * Encodes arrays and texts as a safetensors file. Arrays lie by falling size of their type, then by name, so each is
 * aligned and the same content gives the same bytes. An array whose length contradicts its shape is refused.
 */
export function encodeSafetensors({ tensors, metadata }: SafetensorsContent): Result<Uint8Array> {
  const ordered = [...tensors].sort(
    ([a, { dtype: s }], [b, { dtype: t }]) => TYPE_BYTES[t] - TYPE_BYTES[s] || (a < b ? -1 : 1),
  );
  const header: [string, unknown][] = [];
  if (metadata.size > 0) header.push(['__metadata__', Object.fromEntries(metadata)]);
  let end = 0;
  for (const [name, { dtype, shape, data }] of ordered) {
    if (name === '__metadata__' || countOf(shape) !== data.length) {
      return fail({
        code: 'tensor-invalid',
        message: `The array ${quoted(name)} of shape (${shape.join(', ')}) with ${data.length} values cannot be stored.`,
        hint: 'Give it as many values as its shape says, and a name other than __metadata__.',
      });
    }
    const begin = end;
    end += data.length * TYPE_BYTES[dtype];
    header.push([name, { dtype, shape, data_offsets: [begin, end] }]);
  }
  const json = Buffer.from(JSON.stringify(Object.fromEntries(header)), 'utf8');
  // Spaces after the JSON bring the data to a multiple of eight.
  const headerLength = Math.ceil(json.length / 8) * 8;
  if (headerLength > MAXIMUM_HEADER_BYTES || end > 2 ** 31 - 1 - 8 - headerLength) {
    return fail({
      code: 'file-too-large',
      message: `A header of ${headerLength} bytes with ${end} bytes of data is more than a file may hold.`,
      hint: 'Store fewer arrays, or in half precision.',
    });
  }
  const out = new Uint8Array(8 + headerLength + end);
  new DataView(out.buffer).setBigUint64(0, BigInt(headerLength), true);
  out.set(json, 8);
  out.fill(0x20, 8 + json.length, 8 + headerLength);
  let at = 8 + headerLength;
  for (const [, tensor] of ordered) {
    const bytes = encode(tensor);
    out.set(bytes, at);
    at += bytes.length;
  }
  return ok(out);
}

function encode({ dtype, data }: StoredTensor): Uint8Array {
  if (dtype === 'F16' || dtype === 'BF16') {
    return new Uint8Array(Uint16Array.from(data, dtype === 'F16' ? toHalf : toBfloat).buffer);
  }
  if (dtype === 'BOOL') return data.map((value) => (value === 0 ? 0 : 1));
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
