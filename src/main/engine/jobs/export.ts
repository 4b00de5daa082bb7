import type { JobRequest, JobResults } from '../../../shared/contract/jobs';
import type { Result } from '../../../shared/result';
import { exportDocument } from '../../files/write/export';
import { sharedManifold } from '../../files/manifold';
import type { Workshop } from './index';

/** Writes the document in a mesh or physics format to a granted file or folder. */
export async function runExport(
  request: Extract<JobRequest, { kind: 'export' }>,
  workshop: Workshop,
): Promise<Result<JobResults['export']>> {
  const destination = workshop.grants.resolve(request.destination, 'write');
  if (!destination.ok) return destination;
  const source =
    request.options.includeVisual && request.source ? await workshop.sources.load(request.source) : null;
  if (source && !source.ok) return source;
  return exportDocument({
    document: request.document,
    format: request.format,
    options: request.options,
    destination: destination.value,
    visual: source?.value.mesh ?? null,
    manifold: await sharedManifold(),
  });
}
