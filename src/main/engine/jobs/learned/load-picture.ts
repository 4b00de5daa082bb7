import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { ImageRequest } from '../../../../shared/contract/learning';
import { ok, type Result } from '../../../../shared/result';
import { pictureKind } from '../../../files/image';
import { readBytes } from '../../../files/source/bytes';
import { findCamera } from '../../../files/source/camera-file';
import type { Workshop } from '../index';
import { loadColourPicture, type ColourPicture } from './load-colour';
import { loadDepthPicture, type DepthPicture } from './load-depth';

/** `sha256` is the file's. */
export type LoadedPicture = (DepthPicture | ColourPicture) & { readonly sha256: string };

/** Reads a picture, colour or depth by its content, with its camera file where there is one. */
export async function loadPicture(
  { token, cameraToken, box }: ImageRequest,
  { grants }: Pick<Workshop, 'grants'>,
): Promise<Result<LoadedPicture>> {
  const path = grants.resolve(token, 'read');
  if (!path.ok) return path;
  const bytes = await readBytes(path.value);
  if (!bytes.ok) return bytes;
  const chosen = cameraToken ? grants.resolve(cameraToken, 'read') : null;
  if (chosen && !chosen.ok) return chosen;
  const cameraPath = chosen ? chosen.value : await findCamera(path.value);
  const area = box ? { left: box.x, top: box.y, width: box.width, height: box.height } : null;
  const load = pictureKind(bytes.value) === 'depth' ? loadDepthPicture : loadColourPicture;
  const loaded = await load(bytes.value, basename(path.value), cameraPath, area);
  if (!loaded.ok) return loaded;
  const sha256 = createHash('sha256').update(bytes.value).digest('hex');
  return ok({ ...loaded.value, sha256 });
}
