import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { ImageRequest } from '../../../shared/contract/inputs';
import { isProjectName } from '../../../shared/formats/lookup';
import { fail, ok, type Result } from '../../../shared/result';
import { pictureKind } from '../../files/image';
import { readProject } from '../../files/project/project';
import { readBytes } from '../../files/source/bytes';
import { findCamera } from '../../files/source/camera-file';
import type { Grants } from '../service/grants';
import { loadColourPicture, type ColourPicture } from './load-colour';
import { loadDepthPicture, type DepthPicture } from './load-depth';

/** `sha256` is the file's. */
export type LoadedPicture = (DepthPicture | ColourPicture) & { readonly sha256: string };

/** Reads a picture, colour or depth by its content, with its camera file where there is one. */
export async function loadPicture(
  { token, cameraToken, box }: ImageRequest,
  { grants }: { readonly grants: Grants },
): Promise<Result<LoadedPicture>> {
  const path = grants.resolve(token, 'read');
  if (!path.ok) return path;
  const chosen = cameraToken ? grants.resolve(cameraToken, 'read') : null;
  if (chosen && !chosen.ok) return chosen;
  const area = box ? { left: box.x, top: box.y, width: box.width, height: box.height } : null;
  const load = (file: string): Promise<Result<LoadedPicture>> => loadFile(file, chosen?.value ?? null, area);
  return isProjectName(path.value) ? withEmbedded(path.value, load) : load(path.value);
}

async function loadFile(
  path: string,
  chosenCamera: string | null,
  area: Parameters<typeof loadColourPicture>[3],
): Promise<Result<LoadedPicture>> {
  const bytes = await readBytes(path);
  if (!bytes.ok) return bytes;
  const cameraPath = chosenCamera ?? (await findCamera(path));
  const load = pictureKind(bytes.value) === 'depth' ? loadDepthPicture : loadColourPicture;
  const loaded = await load(bytes.value, basename(path), cameraPath, area);
  if (!loaded.ok) return loaded;
  const sha256 = createHash('sha256').update(bytes.value).digest('hex');
  return ok({ ...loaded.value, sha256 });
}

/** A project's token stands for the picture inside: it lies in a file for as long as it is read. */
async function withEmbedded<T>(
  projectPath: string,
  read: (path: string) => Promise<Result<T>>,
): Promise<Result<T>> {
  const project = await readProject(projectPath);
  if (!project.ok) return project;
  const { source } = project.value;
  if (!source) {
    return fail({
      code: 'project-without-source',
      message: `${basename(projectPath)} holds no picture.`,
      hint: 'Open the picture that the shape was made from.',
    });
  }
  const folder = await mkdtemp(join(tmpdir(), 'halfspace-'));
  try {
    // basename: the names come from a file that somebody else may have made.
    const path = join(folder, basename(source.name));
    await writeFile(path, source.bytes);
    if (source.camera) await writeFile(join(folder, 'camera.json'), source.camera.bytes);
    return await read(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
