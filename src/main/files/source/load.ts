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
import { readPointsNpz } from '../read/points-npz';
import { readStl } from '../read/stl';
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

async function loadFormat(
  format: FileFormat,
  bytes: Uint8Array,
  path: string,
  request: LoadRequest,
): Promise<Result<LoadedBody>> {
  const file = basename(path);
  switch (format) {
    case 'obj':
    case 'stl':
    case 'ply':
    case 'gltf':
    case 'npz': {
      const read =
        format === 'obj'
          ? readObj(bytes, file)
          : format === 'stl'
            ? readStl(bytes, file)
            : format === 'ply'
              ? readPly(bytes, file)
              : format === 'gltf'
                ? await readGltf(bytes, file, besideOf(path))
                : readPointsNpz(bytes, file);
      if (!read.ok) return read;
      const { value } = read;
      if (value.kind === 'mesh') return named('mesh', meshSource(value, file, request));
      if (value.kind === 'occupancy') return named('points', occupancySource(value, file, request));
      return named('points', pointsSource(value, file, request));
    }
    case 'png':
    case 'exr':
    case 'npy': {
      const read =
        format === 'png'
          ? readPngDepth(bytes, file)
          : format === 'exr'
            ? readExr(bytes, file)
            : readNpyDepth(bytes, file);
      return read.ok ? named('depth', await loadDepth(read.value, path, request)) : read;
    }
  }
}

function named(kind: SourceReference['kind'], body: Result<SourceBody>): Result<LoadedBody> {
  return body.ok ? ok({ kind, body: body.value }) : body;
}
