/** Protocol Buffers' wire format: only what tf.train.Example and TensorBoard's Event need. */

/** One field as it lies in a message. */
export interface WireField {
  readonly number: number;
  /** 0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes. */
  readonly wire: number;
  /** The value of a varint, unsigned 64 bits; 0 for other wires. */
  readonly varint: bigint;
  /** The content of wires 1, 2 and 5: a view into the message; empty for a varint. */
  readonly bytes: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/**
 * Visits the fields of a message in their order; every length is checked against the bytes that are there. The
 * visitor may return what is wrong with a field, which ends the walk.
 * @returns null, or what is wrong, with the byte counted from the message's start
 */
export function walkFields(message: Uint8Array, visit: (field: WireField) => string | null): string | null {
  let at = 0;
  while (at < message.length) {
    const start = at;
    const key = readVarint(message, at);
    if (!key || key.value > 0xffffffffn) return `byte ${start} holds no field key`;
    at = key.end;
    const number = Number(key.value >> 3n);
    const wire = Number(key.value & 7n);
    if (number === 0) return `byte ${start} names field 0, which does not exist`;
    if (wire === 0) {
      const value = readVarint(message, at);
      if (!value) return `the number of field ${number} at byte ${at} does not end`;
      at = value.end;
      const wrong = visit({ number, wire, varint: value.value, bytes: NOTHING });
      if (wrong) return wrong;
      continue;
    }
    let length = wire === 1 ? 8 : 4;
    if (wire === 2) {
      const announced = readVarint(message, at);
      if (!announced) return `the length of field ${number} at byte ${at} does not end`;
      at = announced.end;
      if (announced.value > BigInt(message.length - at)) {
        return `field ${number} at byte ${start} announces ${announced.value} bytes, ${message.length - at} follow`;
      }
      length = Number(announced.value);
    } else if (wire !== 1 && wire !== 5) {
      return `field ${number} at byte ${start} has the unknown wire type ${wire}`;
    }
    if (length > message.length - at) return `field ${number} at byte ${start} is cut off`;
    const wrong = visit({ number, wire, varint: 0n, bytes: message.subarray(at, at + length) });
    if (wrong) return wrong;
    at += length;
  }
  return null;
}

/** A varint of at most ten bytes and 64 bits, or null where the bytes end or run on. */
export function readVarint(bytes: Uint8Array, at: number): { value: bigint; end: number } | null {
  let low = 0;
  // Seven bytes hold 49 bits, exact in a double and much quicker than big integers.
  for (let i = 0; i < 7; i++) {
    if (at + i >= bytes.length) return null;
    const byte = bytes[at + i];
    low += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value: BigInt(low), end: at + i + 1 };
  }
  let value = BigInt(low);
  for (let i = 7; i < 10; i++) {
    if (at + i >= bytes.length) return null;
    const byte = bytes[at + i];
    value += BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), end: at + i + 1 };
  }
  return null;
}

/** A varint; negative numbers take ten bytes, as protobuf's int64 does. */
export function varintBytes(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const out: number[] = [];
  while (rest > 0x7fn) {
    out.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  out.push(Number(rest));
  return Uint8Array.from(out);
}

export function varintField(number: number, value: number | bigint): Uint8Array {
  return concatBytes([varintBytes(number * 8), varintBytes(value)]);
}

export function floatField(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return concatBytes([varintBytes(number * 8 + 5), bytes]);
}

export function doubleField(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return concatBytes([varintBytes(number * 8 + 1), bytes]);
}

/** A field of bytes, text in UTF-8, or a message given by its own fields. */
export function bytesField(number: number, ...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const chunks = parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part));
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return concatBytes([varintBytes(number * 8 + 2), varintBytes(length), ...chunks]);
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
