import { exportDocument } from '../../files/write/export';
import { sharedManifold } from '../../files/manifold';
import type { Job } from '../service/job';

/** Writes the document in a mesh or physics format to a granted file or folder. */
export const exportJob: Job<'export'> = {
  kind: 'export',
  run: async (request, environment) => {
    const destination = environment.grants.resolve(request.destination, 'write');
    if (!destination.ok) return destination;
    const source =
      request.options.includeVisual && request.source ? await environment.sources.load(request.source) : null;
    if (source && !source.ok) return source;
    return exportDocument({
      document: request.document,
      format: request.format,
      options: request.options,
      destination: destination.value,
      visual: source?.value.mesh ?? null,
      manifold: await sharedManifold(),
    });
  },
};
