import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { JobRequest } from '../../../shared/contract/jobs';
import { isProjectName } from '../../../shared/formats/lookup';
import { ok } from '../../../shared/result';
import { readProject, writeProject, type ProjectSource } from '../../files/project/project';
import { findCamera } from '../../files/source/camera-file';
import type { Job, JobEnvironment } from '../service/job';

type SaveRequest = Extract<JobRequest, { kind: 'save-project' }>;

/**
 * Saves the document with the bytes of its source. A source that is gone or has changed since it was opened is left
 * out and said in the notes: a missing source must never keep a person from saving.
 */
export const saveProjectJob: Job<'save-project'> = {
  kind: 'save-project',
  run: async (request, environment) => {
    const destination = environment.grants.resolve(request.destination, 'write');
    if (!destination.ok) return destination;
    const notes: string[] = [];
    const source = request.source ? await sourceBytes(request, environment, notes) : null;
    const written = await writeProject(destination.value, { document: request.document, source });
    return written.ok ? ok({ files: written.value, notes }) : written;
  },
};

async function sourceBytes(
  request: SaveRequest,
  environment: JobEnvironment,
  notes: string[],
): Promise<ProjectSource | null> {
  if (!request.source || !request.document.source) return null;
  const path = environment.grants.resolve(request.source.token, 'read');
  if (!path.ok) {
    notes.push(`The source ${request.document.source.name} was left out: ${path.error.message}`);
    return null;
  }
  if (isProjectName(path.value)) {
    const project = await readProject(path.value);
    if (project.ok && project.value.source) return project.value.source;
    notes.push(
      `The source ${request.document.source.name} was left out: it is no longer in ${basename(path.value)}.`,
    );
    return null;
  }
  let bytes: Buffer;
  try {
    bytes = await readFile(path.value);
  } catch {
    notes.push(`The source was left out: ${basename(path.value)} can no longer be read.`);
    return null;
  }
  if (createHash('sha256').update(bytes).digest('hex') !== request.document.source.sha256) {
    notes.push(`The source was left out: ${basename(path.value)} has changed since it was opened.`);
    return null;
  }
  const camera = request.source.cameraToken
    ? environment.grants.resolve(request.source.cameraToken, 'read')
    : ok(['depth', 'image'].includes(request.document.source.kind) ? await findCamera(path.value) : null);
  const cameraPath = camera.ok ? camera.value : null;
  return {
    name: basename(path.value),
    bytes,
    camera: cameraPath ? { name: basename(cameraPath), bytes: await readFile(cameraPath) } : null,
  };
}
