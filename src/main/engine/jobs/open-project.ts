import { ok } from '../../../shared/result';
import { readProject } from '../../files/project/project';
import { describeSource } from '../measure/describe-source';
import type { Job } from '../service/job';

/** Opens a project; its own token then stands for the embedded source in later jobs. */
export const openProjectJob: Job<'open-project'> = {
  kind: 'open-project',
  run: async ({ token }, environment) => {
    const path = environment.grants.resolve(token, 'read');
    if (!path.ok) return path;
    const project = await readProject(path.value);
    if (!project.ok) return project;
    const { document, source, notes } = project.value;
    // A picture that a network saw is no source to fit to: it is inspected by the project's token.
    if (!source || document.source?.kind === 'image') return ok({ document, source: null, notes });
    const loaded = await environment.sources.loadEmbedded(token, source, document.source?.settings ?? {});
    const described = loaded.ok ? describeSource(loaded.value) : loaded;
    // The document is whole even when its source cannot be read any more.
    return described.ok
      ? ok({ document, source: described.value, notes: [...notes, ...described.value.notes] })
      : ok({
          document,
          source: null,
          notes: [...notes, `The source inside the project cannot be used: ${described.error.message}`],
        });
  },
};
