import { ok, type Result } from '../../../shared/result';
import type { FormatReadAs } from '../../../shared/formats/index';
import { extensionOfName, formatOf, namesReadAs } from '../../../shared/formats/lookup';
import { isGlb } from './gltf-container';
import { isNpy } from './npy';
import { badFile, quoted } from './problems';
import { isAsciiStl, isBinaryStlLength } from './stl';

/** A format of something to fit parts to. */
export type FileFormat = FormatReadAs<'mesh' | 'points' | 'depth'>;

const OBJ_STATEMENTS = new Set(['mtllib', 'usemtl', 'o', 'g', 's', 'vn', 'vt', 'vp']);

export interface Detected {
  readonly format: FileFormat;
  /** Says that the extension and the content differ; the content decides. */
  readonly notes: readonly string[];
}

/** Tells by a file's content what it is; the extension only helps where the content leaves it open. */
export function detectFormat(bytes: Uint8Array, file: string): Result<Detected> {
  if (bytes.length === 0) {
    return badFile('file-empty', file, 'byte 0', 'the file is empty', 'Copy, download or export it again.');
  }
  const extension = extensionOfName(file);
  const format = byContent(bytes, extension);
  if (!format) return unknown(bytes, file);
  // A scene may be called by either extension: its container is told by the content.
  const scene: readonly FileFormat[] = ['glb', 'gltf'];
  const family = scene.includes(format) ? scene : [format];
  const matches = family.some((one) => formatOf(one).extensions.includes(extension));
  return ok({
    format,
    notes: matches ? [] : [`${file} is ${formatOf(format).file} by its content and was read as one.`],
  });
}

function byContent(bytes: Uint8Array, extension: string): FileFormat | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1');
  if (head.startsWith('\x89PNG')) return 'png';
  if (head.startsWith('\x76\x2f\x31\x01')) return 'exr';
  if (isNpy(bytes)) return 'npy';
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return 'npz';
  if (isGlb(bytes)) return 'glb';
  if (/^ply[\r\n]/.test(head)) return 'ply';
  if (isAsciiStl(bytes) || isBinaryStlLength(bytes)) return 'stl';
  if (/^\s*\{/.test(head) && (extension === 'gltf' || /"(asset|meshes|accessors)"/.test(head))) return 'gltf';
  if (looksLikeObj(head)) return 'obj';
  return byExtension(bytes, extension, head);
}

/** True when the first line that is no comment and no other statement of an OBJ file is a vertex or a face. */
function looksLikeObj(head: string): boolean {
  for (const line of head.split(/[\r\n]+/)) {
    const [word, number] = line.trim().split(/\s+/, 2);
    if (word === '' || word.startsWith('#') || OBJ_STATEMENTS.has(word)) continue;
    return (word === 'v' || word === 'f') && /^[-+.\d]/.test(number ?? '');
  }
  return false;
}

/** A damaged file still deserves its own format's error, as long as the content is not of another kind. */
function byExtension(bytes: Uint8Array, extension: string, head: string): FileFormat | null {
  // oxlint-disable-next-line no-control-regex -- control characters tell binary from text
  const text = !/[\u0000-\u0008\u000e-\u001f]/.test(head);
  const foreign = /^(\xff\xd8\xff|GIF8|%PDF|RIFF|BM|II\*\0|MM\0\*)/.test(head);
  if (foreign) return null;
  if (extension === 'stl' && (!text || bytes.length < 84)) return 'stl';
  if (extension === 'obj' && text) return 'obj';
  if (extension === 'ply' && head.startsWith('pl')) return 'ply';
  const damaged: readonly FileFormat[] = ['npy', 'npz'];
  return damaged.find((format) => format === extension && bytes.length < 12) ?? null;
}

function unknown(bytes: Uint8Array, file: string): Result<never> {
  const beginning = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  return badFile(
    'file-unsupported',
    file,
    'byte 0',
    `no format that is read begins with ${quoted(beginning)}`,
    `Meshes are read from ${namesReadAs('mesh')}, points from ${namesReadAs('points')}, depth from ${namesReadAs('depth')}.`,
  );
}
