import type { JobKind, JobRequest, JobResults } from '../../../shared/contract/jobs';
import { ok, type Result } from '../../../shared/result';
import { reportDevices, type BackendName } from '../backends';
import type { Grants } from '../grants';
import type { RunJob } from '../session';
import type { Sources } from '../sources';
import { runEvaluate } from './evaluate';
import { runExport } from './export';
import { runFit } from './fit';
import { runOpen } from './open';
import { runOpenProject, runSaveProject } from './project';

/** What every job may use. */
export interface Workshop {
  readonly grants: Grants;
  readonly sources: Sources;
  readonly backend: BackendName;
  /** The built entry of the kernel's threads. */
  readonly fieldWorker: string;
}

/** The jobs of the engine, by kind. */
export function createJobRunner(workshop: Workshop): RunJob {
  return async (request: JobRequest, context): Promise<Result<JobResults[JobKind]>> => {
    switch (request.kind) {
      case 'open':
        return runOpen(request.source, workshop);
      case 'fit':
        return runFit(request, workshop, context);
      case 'evaluate':
        return runEvaluate(request, workshop);
      case 'export':
        return runExport(request, workshop);
      case 'save-project':
        return runSaveProject(request, workshop);
      case 'open-project':
        return runOpenProject(request.token, workshop);
      case 'devices':
        return ok(reportDevices(workshop.backend));
    }
  };
}
