import { FloatType, RedFormat } from 'three';
import { EXRLoader } from 'three/examples/jsm/loaders/EXRLoader.js';
import { ok, type Result } from '../../../shared/result';
import { readExrHeader, type ExrChannel } from './exr-header';
import { badFile, quoted } from './problems';
import type { ReadDepth } from './types';

/** Names under which programs store depth, best first. */
const DEPTH_NAMES = ['Z', 'D', 'V', 'Y', 'R'];
/** Names that the decoder would take for colour. */
const COLOUR_NAMES = new Set(['R', 'G', 'B', 'A', 'Y']);

/** Reads the depth channel (Z, D, V, Y or R) of a scan-line OpenEXR image, half or float. */
export function readExr(bytes: Uint8Array, file: string): Result<ReadDepth> {
  if (bytes.length === 0)
    return badFile('file-empty', file, 'byte 0', 'the file is empty', 'Export it again.');
  const header = readExrHeader(bytes, file);
  if (!header.ok) return header;
  const { width, height, channels } = header.value;
  const channel = DEPTH_NAMES.flatMap((name) => channels.filter((c) => c.name === name))[0];
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
    const image = loader.parse(nameAsLuminance(bytes, channels, channel).buffer as ArrayBuffer);
    return ok({
      kind: 'depth',
      width,
      height,
      values: flipped(image.data as Float32Array, width, height),
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

/** A copy in which the wanted channel is called Y, the decoder's name for a single channel, and no other is known. */
function nameAsLuminance(bytes: Uint8Array, channels: readonly ExrChannel[], wanted: ExrChannel): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (const { name, nameAt } of channels)
    if (COLOUR_NAMES.has(name)) copy[nameAt] = name.toLowerCase().charCodeAt(0);
  copy[wanted.nameAt] = 'Y'.charCodeAt(0);
  return copy;
}

/** The decoder gives the bottom line first, as textures have it. */
function flipped(data: Float32Array, width: number, height: number): Float32Array {
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    out.set(data.subarray((height - 1 - y) * width, (height - y) * width), y * width);
  return out;
}
