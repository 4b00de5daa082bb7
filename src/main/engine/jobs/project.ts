import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { JobRequest, JobResults } from '../../../shared/contract/jobs';
import { ok, type Result } from '../../../shared/result';
import { readProject, writeProject, type ProjectSource } from '../../files/project/project';
import { findCamera } from '../../files/source/camera-file';
import { describeSource } from './open';
import type { Workshop } from './index';

type SaveRequest = Extract<JobRequest, { kind: 'save-project' }>;

/**
 * Saves the document with the bytes of its source. A source that is gone or has changed since it was opened is left
 * out and said in the notes: a missing source must never keep a person from saving.
 */
export async function runSaveProject(
  request: SaveRequest,
  workshop: Workshop,
): Promise<Result<JobResults['save-project']>> {
  const destination = workshop.grants.resolve(request.destination, 'write');
  if (!destination.ok) return destination;
  const notes: string[] = [];
  const source = request.source ? await sourceBytes(request, workshop, notes) : null;
  const written = await writeProject(destination.value, { document: request.document, source });
  return written.ok ? ok({ files: written.value, notes }) : written;
}

async function sourceBytes(
  request: SaveRequest,
  workshop: Workshop,
  notes: string[],
): Promise<ProjectSource | null> {
  if (!request.source || !request.document.source) return null;
  const path = workshop.grants.resolve(request.source.token, 'read');
  if (!path.ok) {
    notes.push(`The source ${request.document.source.name} was left out: ${path.error.message}`);
    return null;
  }
  if (path.value.toLowerCase().endsWith('.halfspace')) {
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
    ? workshop.grants.resolve(request.source.cameraToken, 'read')
    : ok(['depth', 'image'].includes(request.document.source.kind) ? await findCamera(path.value) : null);
  const cameraPath = camera.ok ? camera.value : null;
  return {
    name: basename(path.value),
    bytes,
    camera: cameraPath ? { name: basename(cameraPath), bytes: await readFile(cameraPath) } : null,
  };
}

/** Opens a project; its own token then stands for the embedded source in later jobs. */
export async function runOpenProject(
  token: string,
  workshop: Workshop,
): Promise<Result<JobResults['open-project']>> {
  const path = workshop.grants.resolve(token, 'read');
  if (!path.ok) return path;
  const project = await readProject(path.value);
  if (!project.ok) return project;
  const { document, source, notes } = project.value;
  // A picture that a network saw is no source to fit to: it is inspected by the project's token.
  if (!source || document.source?.kind === 'image') return ok({ document, source: null, notes });
  const loaded = await workshop.sources.loadEmbedded(token, source, document.source?.settings ?? {});
  const described = loaded.ok ? describeSource(loaded.value) : loaded;
  // The document is whole even when its source cannot be read any more.
  return described.ok
    ? ok({ document, source: described.value, notes: [...notes, ...described.value.notes] })
    : ok({
        document,
        source: null,
        notes: [...notes, `The source inside the project cannot be used: ${described.error.message}`],
      });
}
