import { FloatType, RedFormat } from 'three';
import { EXRLoader } from 'three/examples/jsm/loaders/EXRLoader.js';
import { ok, type Result } from '../../../shared/result';
import { readExrBlocks, type ExrChannel, type ExrImage } from './exr-header';
import { badFile, quoted } from './problems';
import type { ReadDepth } from './types';

/** Names under which programs store depth, best first; a layer's name may stand before ("View.Depth.Z"). */
const DEPTH_NAMES = ['Z', 'depth', 'D', 'V', 'Y', 'R'];

/** Reads the depth channel of a scan-line OpenEXR image, half or float. */
export function readExr(bytes: Uint8Array, file: string): Result<ReadDepth> {
  if (bytes.length === 0)
    return badFile('file-empty', file, 'byte 0', 'the file is empty', 'Export it again.');
  const image = readExrBlocks(bytes, file);
  if (!image.ok) return image;
  const { width, height, channels } = image.value;
  const channel = DEPTH_NAMES.flatMap((name) =>
    channels.filter((c) => lastWord(c) === name.toLowerCase()),
  )[0];
  if (!channel || channel.pixelType === 0) {
    return badFile(
      'not-depth',
      file,
      'the header',
      `a depth image has a float channel named ${DEPTH_NAMES.join(', ')}; found ${channels
        .slice(0, 8)
        .map((c) => quoted(c.name))
        .join(', ')}`,
      'Save the depth alone, as a channel named Z.',
    );
  }
  try {
    const loader = new EXRLoader().setDataType(FloatType).setOutputFormat(RedFormat);
    const decoded = loader.parse(plainExr(image.value, channel));
    return ok({
      kind: 'depth',
      width,
      height,
      values: flipped(decoded.data as Float32Array, width, height),
      notes: [],
    });
  } catch (error) {
    return badFile(
      'file-damaged',
      file,
      'the image data',
      `it cannot be decoded (${error instanceof Error ? error.message : String(error)})`,
      'The file looks damaged: copy or export it again.',
    );
  }
}

function lastWord({ name }: ExrChannel): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}

/**
 * The same blocks behind a header of our own: the decoder knows few channel names, and nothing of the file's header
 * but what was checked reaches it. The wanted channel is Y, its name for a single channel; it knows no other.
 */
function plainExr(
  { width, height, compression, channels, blocks }: ExrImage,
  wanted: ExrChannel,
): ArrayBuffer {
  const parts: Buffer[] = [Buffer.from([0x76, 0x2f, 0x31, 0x01, 2, 0, 0, 0])];
  const attribute = (name: string, type: string, value: Buffer): void => {
    parts.push(Buffer.from(`${name}\0${type}\0`), integers(value.length), value);
  };
  const window = integers(0, 0, width - 1, height - 1);
  const list = channels.map((channel, i) =>
    Buffer.concat([
      Buffer.from(`${channel === wanted ? 'Y' : `c${i}`}\0`),
      integers(channel.pixelType, 0, 1, 1),
    ]),
  );
  attribute('channels', 'chlist', Buffer.concat([...list, Buffer.alloc(1)]));
  attribute('compression', 'compression', Buffer.from([compression]));
  attribute('dataWindow', 'box2i', window);
  attribute('displayWindow', 'box2i', window);
  attribute('lineOrder', 'lineOrder', Buffer.alloc(1));
  parts.push(Buffer.alloc(1));
  const table = Buffer.alloc(blocks.length * 8);
  let at = parts.reduce((sum, part) => sum + part.length, 0) + table.length;
  blocks.forEach(({ packed }, i) => {
    table.writeBigUInt64LE(BigInt(at), i * 8);
    at += 8 + packed.length;
  });
  const out = Buffer.concat([
    ...parts,
    table,
    ...blocks.flatMap(({ line, packed }) => [integers(line, packed.length), Buffer.from(packed)]),
  ]);
  return out.buffer.slice(out.byteOffset, out.byteOffset + out.length) as ArrayBuffer;
}

function integers(...values: number[]): Buffer {
  const out = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => out.writeInt32LE(value, i * 4));
  return out;
}

/** The decoder gives the bottom line first, as textures have it. */
function flipped(data: Float32Array, width: number, height: number): Float32Array {
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    out.set(data.subarray((height - 1 - y) * width, (height - y) * width), y * width);
  }
  return out;
}
