import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** One field as it lies in a message. Only what tf.train.Example and TensorBoard's Event need. */
export interface WireField {
  readonly number: number;
  readonly wire: WireType;
  /** The value of a varint, 64 bits with a sign; 0 for other wires. */
  readonly varint: bigint;
  /** The content of eight or four bytes, or of what has a length: a view into the message; empty for others. */
  readonly bytes: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/**
 * Visits the fields of a message in their order; every length is checked against the bytes that are there. The
 * visitor may return what is wrong with a field, which ends the walk. Groups are passed over.
 * @returns null, or what is wrong, with the byte counted from the message's start
 */
export function walkFields(message: Uint8Array, visit: (field: WireField) => string | null): string | null {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const start = reader.pos;
    let place = `byte ${start} holds no field key`;
    let field: WireField | null;
    try {
      const [number, wire] = reader.tag();
      place = `field ${number} at byte ${start} is damaged`;
      field = readField(reader, message, number, wire);
    } catch (error) {
      return `${place}: ${(error as Error).message}`;
    }
    const wrong = field && visit(field);
    if (wrong) return wrong;
  }
  return null;
}

function readField(
  reader: BinaryReader,
  message: Uint8Array,
  number: number,
  wire: WireType,
): WireField | null {
  if (wire === WireType.Varint) return { number, wire, varint: reader.int64() as bigint, bytes: NOTHING };
  if (wire !== WireType.LengthDelimited) {
    const bytes = reader.skip(wire, number);
    return wire === WireType.StartGroup ? null : { number, wire, varint: 0n, bytes };
  }
  const length = reader.uint32();
  const follow = reader.len - reader.pos;
  if (length > follow) throw new RangeError(`it announces ${length} bytes, ${follow} follow`);
  reader.pos += length;
  return { number, wire, varint: 0n, bytes: message.subarray(reader.pos - length, reader.pos) };
}
