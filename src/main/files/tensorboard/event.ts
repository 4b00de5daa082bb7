import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { ok, type Result } from '../../../shared/result';
import { badFile } from '../read/problems';
import { walkFields } from '../tfrecord/protobuf';

/** A point of a curve or a picture, as TensorBoard shows it under `tag`. */
export type SummaryValue =
  | { readonly kind: 'scalar'; readonly tag: string; readonly value: number }
  | { readonly kind: 'image'; readonly tag: string; readonly png: Uint8Array };

/** TensorBoard's Event: either the version that begins a file, or values of one step. */
export interface TrainingEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly version?: string;
  /** Tells TensorBoard to forget what earlier files say of this step and later ones. */
  readonly restart?: true;
  readonly values: readonly SummaryValue[];
}

/** The version that begins every event file. */
export const FILE_VERSION = 'brain.Event:2';

/** TensorFlow's codes of an image's channels, by PNG's colour type (grey, RGB, palette, grey+alpha, RGBA). */
const COLOUR_SPACES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Encodes an Event (wall_time = 1, step = 2, file_version = 3, summary = 5, session_log = 7 with status START = 1;
 * Summary.Value: tag = 1, simple_value = 2, image = 4). An image that is no PNG is an error.
 */
export function encodeEvent(event: TrainingEvent): Result<Uint8Array> {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Bit64).double(event.wallTime);
  if (event.step !== 0) writer.tag(2, WireType.Varint).int64(event.step);
  if (event.version !== undefined) writer.tag(3, WireType.LengthDelimited).string(event.version);
  if (event.restart) {
    writer.tag(7, WireType.LengthDelimited).fork().tag(1, WireType.Varint).int32(1).join();
  }
  if (event.values.length > 0) {
    writer.tag(5, WireType.LengthDelimited).fork();
    for (const value of event.values) {
      writer.tag(1, WireType.LengthDelimited).fork();
      writer.tag(1, WireType.LengthDelimited).string(value.tag);
      if (value.kind === 'scalar') {
        // What a 32-bit number cannot hold is infinite, not an error.
        writer.tag(2, WireType.Bit32).float(Math.fround(value.value));
      } else {
        const image = writeImage(writer, value.png, value.tag);
        if (!image.ok) return image;
      }
      writer.join();
    }
    writer.join();
  }
  return ok(writer.finish());
}

function writeImage(writer: BinaryWriter, png: Uint8Array, tag: string): Result<void> {
  const space = COLOUR_SPACES[png[25]];
  if (png.length < 33 || !PNG_SIGNATURE.every((byte, i) => png[i] === byte) || space === undefined) {
    return badFile('file-unsupported', `The image ${tag}`, 'byte 0', 'it is no PNG', 'Encode it as PNG.');
  }
  const view = viewOf(png);
  writer.tag(4, WireType.LengthDelimited).fork();
  writer.tag(1, WireType.Varint).uint32(view.getUint32(20));
  writer.tag(2, WireType.Varint).uint32(view.getUint32(16));
  writer.tag(3, WireType.Varint).uint32(space);
  writer.tag(4, WireType.LengthDelimited).bytes(png).join();
  return ok(undefined);
}

/** Decodes an Event; values other than scalars and images are left out. Returns words where it is damaged. */
export function decodeEvent(message: Uint8Array): TrainingEvent | string {
  let wallTime = 0;
  let step = 0;
  let version: string | undefined;
  let restart = false;
  const values: SummaryValue[] = [];
  const wrong = walkFields(message, ({ number, wire, varint, bytes }) => {
    if (number === 1 && wire === WireType.Bit64) wallTime = viewOf(bytes).getFloat64(0, true);
    else if (number === 2 && wire === WireType.Varint) step = Number(varint);
    else if (number === 3 && wire === WireType.LengthDelimited) version = textOf(bytes);
    else if (number === 7 && wire === WireType.LengthDelimited) {
      return walkFields(bytes, (field) => {
        if (field.number === 1) restart = field.varint === 1n;
        return null;
      });
    } else if (number === 5 && wire === WireType.LengthDelimited) {
      return walkFields(bytes, (field) =>
        field.number === 1 && field.wire === WireType.LengthDelimited
          ? decodeValue(field.bytes, values)
          : null,
      );
    }
    return null;
  });
  if (wrong) return wrong;
  return {
    wallTime,
    step,
    values,
    ...(version === undefined ? {} : { version }),
    ...(restart ? { restart } : {}),
  };
}

function decodeValue(message: Uint8Array, out: SummaryValue[]): string | null {
  let tag = '';
  let scalar: number | undefined;
  let png: Uint8Array | undefined;
  const wrong = walkFields(message, ({ number, wire, bytes }) => {
    if (number === 1 && wire === WireType.LengthDelimited) tag = textOf(bytes);
    if (number === 2 && wire === WireType.Bit32) scalar = viewOf(bytes).getFloat32(0, true);
    if (number !== 4 || wire !== WireType.LengthDelimited) return null;
    return walkFields(bytes, (field) => {
      if (field.number === 4 && field.wire === WireType.LengthDelimited) png = new Uint8Array(field.bytes);
      return null;
    });
  });
  if (png) out.push({ kind: 'image', tag, png });
  else if (scalar !== undefined) out.push({ kind: 'scalar', tag, value: scalar });
  return wrong;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
