import { ok, type Result } from '../../../shared/result';
import { READ_LIMITS } from './limits';
import { badFile, truncated } from './problems';

export interface GltfContainer {
  readonly json: unknown;
  /** The binary chunk; null when there is none. */
  readonly binary: Uint8Array | null;
}

const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;

/** Splits a GLB (glTF 2.0 specification, 4.4) or parses a .gltf. Errors name the byte. */
export function readGltfContainer(bytes: Uint8Array, file: string): Result<GltfContainer> {
  if (bytes.length === 0)
    return badFile('file-empty', file, 'byte 0', 'the file is empty', 'Export it again.');
  if (!isGlb(bytes)) return parseJson(bytes, 0, file, null);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 20)
    return truncated(file, `byte ${bytes.length}`, 'a GLB begins with a header of 20 bytes');
  const version = view.getUint32(4, true);
  if (version !== 2) {
    return badFile(
      'file-unsupported',
      file,
      'byte 4',
      `glTF version 2 is read, found ${version}`,
      'Export it as glTF 2.0.',
    );
  }
  const length = view.getUint32(8, true);
  if (length > bytes.length) {
    return truncated(
      file,
      `byte ${bytes.length}`,
      `the header announces ${length} bytes, the file ends before`,
    );
  }
  const jsonLength = view.getUint32(12, true);
  if (view.getUint32(16, true) !== JSON_CHUNK) {
    return badFile('file-damaged', file, 'byte 16', 'the first chunk must be JSON', 'Export it again.');
  }
  if (20 + jsonLength > bytes.length) {
    return truncated(file, `byte 12`, `the JSON chunk announces ${jsonLength} bytes, the file ends before`);
  }
  const at = 20 + jsonLength;
  let binary: Uint8Array | null = null;
  if (at + 8 <= bytes.length && view.getUint32(at + 4, true) === BINARY_CHUNK) {
    const size = view.getUint32(at, true);
    if (at + 8 + size > bytes.length) {
      return truncated(file, `byte ${at}`, `the binary chunk announces ${size} bytes, the file ends before`);
    }
    binary = bytes.subarray(at + 8, at + 8 + size);
  }
  return parseJson(bytes.subarray(20, at), 20, file, binary);
}

export function isGlb(bytes: Uint8Array): boolean {
  return bytes[0] === 0x67 && bytes[1] === 0x6c && bytes[2] === 0x54 && bytes[3] === 0x46;
}

function parseJson(
  bytes: Uint8Array,
  at: number,
  file: string,
  binary: Uint8Array | null,
): Result<GltfContainer> {
  if (bytes.length > READ_LIMITS.jsonBytes) {
    return badFile(
      'file-too-large',
      file,
      `byte ${at}`,
      `the JSON has ${bytes.length} bytes; at most ${READ_LIMITS.jsonBytes} are read`,
      'Export it as GLB, with its buffers in the binary chunk.',
    );
  }
  try {
    return ok({ json: JSON.parse(new TextDecoder().decode(bytes)), binary });
  } catch (error) {
    return badFile(
      'file-damaged',
      file,
      `byte ${at}`,
      `the JSON cannot be read (${(error as Error).message})`,
      'The file looks cut off or edited: export it again.',
    );
  }
}
