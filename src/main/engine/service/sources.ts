import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { SourceRequest } from '../../../shared/contract/jobs';
import type { SourceSettings } from '../../../shared/document/types';
import { isProjectName } from '../../../shared/formats/lookup';
import { fail, type Result } from '../../../shared/result';
import { readProject, type ProjectSource } from '../../files/project/project';
import { loadSource, type LoadedSource } from '../../files/source/load';
import type { Grants } from './grants';

/** Loads sources by token and keeps the last few, so that fitting what was just opened reads nothing again. */
export interface Sources {
  load(request: SourceRequest): Promise<Result<LoadedSource>>;
  /** Puts a project's embedded source where readers find it; the project's own token then stands for the source. */
  loadEmbedded(token: string, source: ProjectSource, settings: SourceSettings): Promise<Result<LoadedSource>>;
}

const KEPT_SOURCES = 3;

export function createSources(grants: Grants): Sources {
  const loaded = new Map<string, Promise<Result<LoadedSource>>>();

  const keep = (key: string, loading: Promise<Result<LoadedSource>>): Promise<Result<LoadedSource>> => {
    loaded.delete(key);
    loaded.set(key, loading);
    for (const oldest of loaded.keys()) {
      if (loaded.size <= KEPT_SOURCES) break;
      loaded.delete(oldest);
    }
    const forget = (): void => {
      if (loaded.get(key) === loading) loaded.delete(key);
    };
    // Whoever asked for it is told of an error; here it only must not stay.
    void loading.then((result) => {
      if (!result.ok) forget();
    }, forget);
    return loading;
  };

  const loadEmbedded: Sources['loadEmbedded'] = (token, source, settings) =>
    keep(token, unpackAndLoad(source, settings));

  const loadFresh = async (request: SourceRequest): Promise<Result<LoadedSource>> => {
    const path = grants.resolve(request.token, 'read');
    if (!path.ok) return path;
    if (isProjectName(path.value)) {
      const project = await readProject(path.value);
      if (!project.ok) return project;
      const { source, document } = project.value;
      if (!source) return fail(noSource(basename(path.value)));
      return unpackAndLoad(source, document.source?.settings ?? {});
    }
    const camera = request.cameraToken ? grants.resolve(request.cameraToken, 'read') : null;
    if (camera && !camera.ok) return camera;
    return loadSource(path.value, { ...settingsOf(request), cameraPath: camera?.value });
  };

  return {
    load: (request) => {
      // A project's own settings win over the request's, so its token alone is the key.
      const known = loaded.get(request.token);
      const key = known ? request.token : JSON.stringify(request);
      return loaded.get(key) ?? keep(key, loadFresh(request));
    },
    loadEmbedded,
  };
}

export function settingsOf(request: SourceRequest): SourceSettings {
  return {
    ...(request.completion && { completion: request.completion }),
    ...(request.metresPerFileUnit && { metresPerFileUnit: request.metresPerFileUnit }),
    ...(request.upAxis && { upAxis: request.upAxis }),
  };
}

function noSource(name: string): { code: string; message: string; hint: string } {
  return {
    code: 'project-without-source',
    message: `${name} holds no source to fit to or to compare with.`,
    hint: 'Open the mesh, point set or depth image that the shape was made from.',
  };
}

/** The readers take files: the source lies in one for as long as they read it. */
async function unpackAndLoad(source: ProjectSource, settings: SourceSettings): Promise<Result<LoadedSource>> {
  const folder = await mkdtemp(join(tmpdir(), 'halfspace-'));
  try {
    // basename: the name comes from a file that somebody else may have made.
    const path = join(folder, basename(source.name));
    await writeFile(path, source.bytes);
    let cameraPath: string | undefined;
    if (source.camera) {
      cameraPath = join(folder, basename(source.camera.name));
      await writeFile(cameraPath, source.camera.bytes);
    }
    return await loadSource(path, { ...settings, cameraPath });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
