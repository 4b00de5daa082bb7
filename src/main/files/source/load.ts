import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { SourceReference, SourceSettings } from '../../../shared/document/types';
import { ok, type Result } from '../../../shared/result';
import { detectFormat, type FileFormat } from '../read/detect';
import { readExr } from '../read/exr';
import { readGltf } from '../read/gltf';
import { readNpyDepth } from '../read/npy-depth';
import { readObj } from '../read/obj';
import { readPly } from '../read/ply';
import { readPngDepth } from '../read/png-depth';
import { readPointsNpz, type Placement } from '../read/points-npz';
import { readStl } from '../read/stl';
import type { ReadDepth, ReadMesh, ReadOccupancy, ReadPoints } from '../read/types';
import { besideOf, readBytes } from './bytes';
import { loadDepth } from './depth-source';
import { meshSource } from './mesh-source';
import { occupancySource } from './occupancy-source';
import { pointsSource } from './points-source';
import type { LoadedSource, LoadRequest, SourceBody } from './types';

export type { LoadedSource, LoadRequest } from './types';

/**
 * Loads a mesh (OBJ, STL, PLY, GLB/glTF), a point set (PLY with normals, points.npz) or a depth image (16-bit PNG, EXR,
 * NPY, with a camera file) as something to fit. The content decides what a file is.
 * Errors name the file, the place in it and what was expected there.
 */
export async function loadSource(path: string, request: LoadRequest = {}): Promise<Result<LoadedSource>> {
  const file = basename(path);
  const bytes = await readBytes(path);
  if (!bytes.ok) return bytes;
  const detected = detectFormat(bytes.value, file);
  if (!detected.ok) return detected;
  const loaded = await loadFormat(detected.value.format, bytes.value, path, request);
  if (!loaded.ok) return loaded;
  const { kind, body } = loaded.value;
  const settings = settingsOf(request);
  const reference: SourceReference = {
    name: file,
    kind,
    sha256: createHash('sha256').update(bytes.value).digest('hex'),
    byteLength: bytes.value.length,
    ...(Object.keys(settings).length > 0 && { settings }),
  };
  return ok({ ...body, reference, notes: [...detected.value.notes, ...body.notes] });
}

function settingsOf({ completion, metresPerFileUnit, upAxis }: LoadRequest): SourceSettings {
  return {
    ...(completion && { completion }),
    ...(metresPerFileUnit && { metresPerFileUnit }),
    ...(upAxis && { upAxis }),
  };
}

interface LoadedBody {
  readonly kind: SourceReference['kind'];
  readonly body: SourceBody;
}

type Reader = (bytes: Uint8Array, file: string, path: string) => Result<Read> | Promise<Result<Read>>;
type Read = ReadMesh | ReadPoints | (ReadOccupancy & Placement) | ReadDepth;

/** A reader per format of something to fit to. */
const READERS: Readonly<Record<FileFormat, Reader>> = {
  obj: readObj,
  stl: readStl,
  ply: readPly,
  glb: (bytes, file, path) => readGltf(bytes, file, besideOf(path)),
  gltf: (bytes, file, path) => readGltf(bytes, file, besideOf(path)),
  npz: readPointsNpz,
  png: readPngDepth,
  exr: readExr,
  npy: readNpyDepth,
};

async function loadFormat(
  format: FileFormat,
  bytes: Uint8Array,
  path: string,
  request: LoadRequest,
): Promise<Result<LoadedBody>> {
  const file = basename(path);
  const read = await READERS[format](bytes, file, path);
  if (!read.ok) return read;
  const { value } = read;
  switch (value.kind) {
    case 'mesh':
      return named('mesh', meshSource(value, file, request));
    case 'occupancy':
      return named('points', occupancySource(value, file, request));
    case 'points':
      return named('points', pointsSource(value, file, request));
    case 'depth':
      return named('depth', await loadDepth(value, path, request));
  }
}

function named(kind: SourceReference['kind'], body: Result<SourceBody>): Result<LoadedBody> {
  return body.ok ? ok({ kind, body: body.value }) : body;
}
