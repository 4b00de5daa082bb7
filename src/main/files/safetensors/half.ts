import { DataUtils } from 'three';

const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);

/** The value of IEEE half-precision bits; exact. */
export function fromHalf(bits: number): number {
  return DataUtils.fromHalfFloat(bits);
}

/**
 * The bits of the nearest half-precision number, ties to even. Magnitudes from 65,520 become infinite, as IEEE 754
 * rounds them; three's own conversion truncates and clamps, which would bias stored weights towards zero.
 */
export function toHalf(value: number): number {
  FLOAT[0] = value;
  const bits = BITS[0];
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x47800000) return sign | 0x7c00;
  if (magnitude < 0x38800000) {
    // Below 2^-14 halves are multiples of 2^-24; the product is exact.
    return sign | roundToEven(Math.abs(FLOAT[0]) * 16_777_216);
  }
  // Normal numbers: drop 13 bits; a carry runs into the exponent, up to infinity, as it should.
  const rebased = magnitude - 0x38000000;
  return sign | ((rebased + 0xfff + ((rebased >>> 13) & 1)) >>> 13);
}

/** The value of bfloat16 bits, the upper half of a 32-bit float; exact. */
export function fromBfloat(bits: number): number {
  BITS[0] = bits << 16;
  return FLOAT[0];
}

/** The bits of the nearest bfloat16 number, ties to even. */
export function toBfloat(value: number): number {
  FLOAT[0] = value;
  const bits = BITS[0];
  if ((bits & 0x7fffffff) > 0x7f800000) return (bits >>> 16) | 0x40;
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
