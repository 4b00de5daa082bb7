import type { JobKind, JobRequest, JobResults } from '../../../shared/contract/jobs';
import { ok, type Result } from '../../../shared/result';
import { reportDevices, type BackendName } from '../../compute/backends';
import type { Grants } from '../service/grants';
import type { RunJob } from '../service/session';
import type { Sources } from '../service/sources';
import { runEvaluate } from './evaluate';
import { runExplain } from './explain';
import { runEvaluateModel } from './evaluate-model';
import { runExport } from './export';
import { runFit } from './fit';
import { runFitFlat, runOpenMask } from './fit-flat';
import {
  runDecode,
  runInspectImage,
  runInterpolate,
  runModels,
  runReconstruct,
  runRetrieve,
} from './learned';
import { runOpenRun, runTrain } from './train';
import { runOpen } from './open';
import { runOpenProject, runSaveProject } from './project';

/** What every job may use. */
export interface Workshop {
  readonly grants: Grants;
  readonly sources: Sources;
  readonly backend: BackendName;
  /** The built entry of the kernel's threads. */
  readonly fieldWorker: string;
  /** The built entry of a training's workers. */
  readonly trainWorker: string;
  /** Where the models that ship lie. */
  readonly modelsFolder: string;
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
      case 'models':
        return runModels(workshop, request.files);
      case 'inspect-image':
        return runInspectImage(request, workshop);
      case 'reconstruct':
        return runReconstruct(request, workshop, context);
      case 'decode':
        return runDecode(request, workshop);
      case 'retrieve':
        return runRetrieve(request, workshop);
      case 'interpolate':
        return runInterpolate(request, workshop, context);
      case 'train':
        return runTrain(request, workshop, context);
      case 'open-mask':
        return runOpenMask(request, workshop);
      case 'fit-flat':
        return runFitFlat(request, workshop, context);
      case 'evaluate-model':
        return runEvaluateModel(request, workshop, context);
      case 'open-run':
        return runOpenRun(request.token, workshop);
      default:
        return runExplain(request, workshop, context);
    }
  };
}
