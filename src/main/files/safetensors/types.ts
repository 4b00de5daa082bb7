/**
 * One array of a safetensors file, row-major. Half-precision types are held as 32-bit floats in memory and rounded to
 * the nearest when written. BOOL holds 0 and 1.
 */
export type StoredTensor =
  | { readonly dtype: 'F64'; readonly shape: readonly number[]; readonly data: Float64Array }
  | { readonly dtype: 'F32' | 'F16' | 'BF16'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly dtype: 'I64'; readonly shape: readonly number[]; readonly data: BigInt64Array }
  | { readonly dtype: 'I32'; readonly shape: readonly number[]; readonly data: Int32Array }
  | { readonly dtype: 'U8' | 'BOOL'; readonly shape: readonly number[]; readonly data: Uint8Array };

export type StoredType = StoredTensor['dtype'];

/** Named arrays and the texts stored beside them. */
export interface SafetensorsContent {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

export const TYPE_BYTES: Readonly<Record<StoredType, number>> = {
  F64: 8,
  I64: 8,
  F32: 4,
  I32: 4,
  F16: 2,
  BF16: 2,
  U8: 1,
  BOOL: 1,
};

export function isStoredType(text: unknown): text is StoredType {
  return typeof text === 'string' && Object.hasOwn(TYPE_BYTES, text);
}

/** The format's own bound of the header. */
export const MAXIMUM_HEADER_BYTES = 100_000_000;

/** The number of values of a shape, or null where a size is no whole number or the product is not exact. */
export function countOf(shape: readonly unknown[]): number | null {
  let count = 1;
  for (const size of shape) {
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return null;
    count *= size;
    if (!Number.isSafeInteger(count)) return null;
  }
  return count;
}
