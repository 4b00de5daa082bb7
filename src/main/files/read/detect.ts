import { ok, type Result } from '../../../shared/result';
import { isGlb } from './gltf-container';
import { isNpy } from './npy';
import { badFile, quoted } from './problems';
import { isAsciiStl, isBinaryStlLength } from './stl';

export type FileFormat = 'obj' | 'stl' | 'ply' | 'gltf' | 'npz' | 'npy' | 'png' | 'exr';

const EXTENSIONS: Readonly<Record<FileFormat, readonly string[]>> = {
  obj: ['obj'],
  stl: ['stl'],
  ply: ['ply'],
  gltf: ['glb', 'gltf'],
  npz: ['npz'],
  npy: ['npy'],
  png: ['png'],
  exr: ['exr'],
};

const TITLES: Readonly<Record<FileFormat, string>> = {
  obj: 'an OBJ mesh',
  stl: 'an STL mesh',
  ply: 'a PLY file',
  gltf: 'a glTF scene',
  npz: 'a NumPy archive',
  npy: 'a NumPy array',
  png: 'a PNG image',
  exr: 'an OpenEXR image',
};

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
  const extension = /\.([^.]+)$/.exec(file)?.[1].toLowerCase() ?? '';
  const format = byContent(bytes, extension);
  if (!format) return unknown(bytes, file);
  const matches = EXTENSIONS[format].includes(extension);
  return ok({
    format,
    notes: matches ? [] : [`${file} is ${TITLES[format]} by its content and was read as one.`],
  });
}

function byContent(bytes: Uint8Array, extension: string): FileFormat | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1');
  if (head.startsWith('\x89PNG')) return 'png';
  if (head.startsWith('\x76\x2f\x31\x01')) return 'exr';
  if (isNpy(bytes)) return 'npy';
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return 'npz';
  if (isGlb(bytes)) return 'gltf';
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
    'Meshes are read from OBJ, STL, PLY and GLB/glTF, points from PLY and NPZ, depth from 16-bit PNG, EXR and NPY.',
  );
}
