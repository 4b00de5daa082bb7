import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { quoted } from '../read/problems';
import { walkFields } from './protobuf';

/** A value of tf.train.Feature. Floats are 32-bit; integers keep their 64 bits. */
export type Feature =
  | { readonly kind: 'bytes'; readonly values: readonly Uint8Array[] }
  | { readonly kind: 'float'; readonly values: Float32Array }
  | { readonly kind: 'int64'; readonly values: BigInt64Array };

/** tf.train.Example: named lists. */
export type Example = ReadonlyMap<string, Feature>;

/** More keys than this mean damage. */
const MAXIMUM_KEYS = 4096;

/** Texts or integers of one list; each takes many times its stored size in memory. */
const MAXIMUM_VALUES = 1_000_000;
const TOO_MANY = `a list of texts or integers has more than ${MAXIMUM_VALUES} values`;

const KINDS = ['bytes', 'float', 'int64'] as const;

/**
 * Decodes a tf.train.Example (fields: features = 1; map entry = 1 with key = 1 and value = 2; bytes, float and int64
 * lists = 1, 2, 3). Lists may be packed or not. A key that occurs twice keeps its last value, as protobuf asks.
 * @returns the lists, or what is wrong in words
 */
export function decodeExample(message: Uint8Array): Example | string {
  const example = new Map<string, Feature>();
  const wrong = walkFields(message, ({ number, wire, bytes: features }) => {
    if (number !== 1) return null;
    if (wire !== WireType.LengthDelimited) return 'its features are no message';
    return walkFields(features, ({ number, wire, bytes: entry }) => {
      if (number !== 1) return null;
      if (wire !== WireType.LengthDelimited) return 'a feature is no message';
      if (example.size >= MAXIMUM_KEYS) return `it has more than ${MAXIMUM_KEYS} keys`;
      return decodeEntry(entry, example);
    });
  });
  return wrong ?? example;
}

function decodeEntry(entry: Uint8Array, example: Map<string, Feature>): string | null {
  let key = '';
  const values: Uint8Array[] = [];
  const wrong = walkFields(entry, ({ number, wire, bytes }) => {
    if (wire !== WireType.LengthDelimited) return 'a map entry has a key or value that is no bytes';
    if (number === 1) key = Buffer.from(bytes).toString('utf8');
    if (number === 2) values.push(bytes);
    return values.length > MAXIMUM_KEYS ? 'a map entry repeats its value too often' : null;
  });
  if (wrong) return wrong;
  let kind: Feature['kind'] | null = null;
  let lists: Uint8Array[] = [];
  for (const value of values) {
    const wrongValue = walkFields(value, ({ number, wire, bytes }) => {
      const found = KINDS[number - 1];
      if (!found) return null;
      if (wire !== WireType.LengthDelimited) return `key ${quoted(key)} holds a list that is no message`;
      // A repeated list of the same kind is merged; one of another kind replaces it.
      if (found === kind) lists.push(bytes);
      else lists = [bytes];
      kind = found;
      return null;
    });
    if (wrongValue) return `key ${quoted(key)}: ${wrongValue}`;
  }
  if (!kind) return null;
  const feature = decodeLists(kind, lists);
  if (typeof feature === 'string') return `key ${quoted(key)}: ${feature}`;
  example.set(key, feature);
  return null;
}

function decodeLists(kind: Feature['kind'], lists: readonly Uint8Array[]): Feature | string {
  if (kind === 'float') return decodeFloats(lists);
  const chunks: Uint8Array[] = [];
  const integers: bigint[] = [];
  for (const list of lists) {
    const wrong = walkFields(list, ({ number, wire, varint, bytes }) => {
      if (number !== 1) return null;
      if (chunks.length + integers.length >= MAXIMUM_VALUES) return TOO_MANY;
      if (kind === 'bytes') {
        if (wire !== WireType.LengthDelimited) return 'bytes are stored in a wrong way';
        chunks.push(bytes);
        return null;
      }
      if (wire === WireType.LengthDelimited) return unpackIntegers(bytes, integers);
      if (wire !== WireType.Varint) return 'an integer is stored in a wrong way';
      integers.push(varint);
      return null;
    });
    if (wrong) return wrong;
  }
  if (kind === 'bytes') return { kind, values: chunks };
  return { kind, values: BigInt64Array.from(integers) };
}

/** Two passes, so that memory stays at the size of the values: a list may hold millions of single floats. */
function decodeFloats(lists: readonly Uint8Array[]): Feature | string {
  let length = 0;
  const each = (visit: (bytes: Uint8Array) => void): string | null => {
    for (const list of lists) {
      const wrong = walkFields(list, ({ number, wire, bytes }) => {
        if (number !== 1) return null;
        if (wire !== WireType.Bit32 && !(wire === WireType.LengthDelimited && bytes.length % 4 === 0))
          return 'floats are stored in a wrong way';
        visit(bytes);
        return null;
      });
      if (wrong) return wrong;
    }
    return null;
  };
  const wrong = each((bytes) => {
    length += bytes.length;
  });
  if (wrong) return wrong;
  const all = new Uint8Array(length);
  let at = 0;
  each((bytes) => {
    all.set(bytes, at);
    at += bytes.length;
  });
  return { kind: 'float', values: new Float32Array(all.buffer) };
}

function unpackIntegers(bytes: Uint8Array, out: bigint[]): string | null {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    if (out.length >= MAXIMUM_VALUES) return TOO_MANY;
    const start = reader.pos;
    try {
      out.push(reader.int64() as bigint);
    } catch (error) {
      return `the integer at byte ${start} of its list is damaged: ${(error as Error).message}`;
    }
  }
  return null;
}

/** Encodes an Example with packed lists, keys in the map's order. */
export function encodeExample(example: Example): Uint8Array {
  const writer = new BinaryWriter();
  begin(writer, 1);
  for (const [key, feature] of example) {
    begin(writer, 1);
    writer.tag(1, WireType.LengthDelimited).string(key);
    begin(writer, 2);
    writeFeature(writer, feature);
    writer.join().join();
  }
  return writer.join().finish();
}

function writeFeature(writer: BinaryWriter, feature: Feature): void {
  begin(writer, KINDS.indexOf(feature.kind) + 1);
  if (feature.kind === 'bytes') {
    for (const value of feature.values) writer.tag(1, WireType.LengthDelimited).bytes(value);
  } else if (feature.kind === 'int64') {
    begin(writer, 1);
    for (const value of feature.values) writer.int64(value);
    writer.join();
  } else {
    const { buffer, byteOffset, byteLength } = feature.values;
    writer.tag(1, WireType.LengthDelimited).bytes(new Uint8Array(buffer, byteOffset, byteLength));
  }
  writer.join();
}

/** Begins a field that has a length; `join` ends it. */
function begin(writer: BinaryWriter, number: number): void {
  writer.tag(number, WireType.LengthDelimited).fork();
}
