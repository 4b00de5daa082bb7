import type { JobKind } from '../../../shared/contract/jobs';
import type { Job, JobEnvironment, JobRunner } from '../service/job';
import { devicesJob } from './devices';
import { evaluateJob } from './evaluate';
import { evaluateModelJob } from './evaluate-model';
import { anomalyJob } from './explain/anomaly';
import { anomalyMapsJob } from './explain/anomaly-maps';
import { decodeCodesJob } from './explain/decode-codes';
import { disentanglementJob } from './explain/disentanglement';
import { encodePicturesJob } from './explain/encode-pictures';
import { explainPartsJob } from './explain/explain-parts';
import { explainJob } from './explain/explain-pictures';
import { exportMapsJob } from './explain/export-maps';
import { openPicturesJob } from './explain/open-pictures';
import { readPicturesJob } from './explain/read-pictures';
import { exportJob } from './export';
import { fitJob } from './fit';
import { inspectDataJob } from './inspect-data';
import { fitFlatJob } from './fit-flat';
import { decodeJob } from './learned/decode';
import { inspectImageJob } from './learned/inspect-image';
import { interpolateJob } from './learned/interpolate';
import { reconstructJob } from './learned/reconstruct';
import { retrieveJob } from './learned/retrieve';
import { makeDatasetJob } from './make-dataset';
import { modelsJob } from './models';
import { openJob } from './open';
import { openMaskJob } from './open-mask';
import { openProjectJob } from './open-project';
import { openRunJob } from './open-run';
import { saveProjectJob } from './save-project';
import { trainJob } from './train';

/** Every job by its kind; a kind of the contract without a job does not compile. */
const JOBS: { readonly [K in JobKind]: Job<K> } = {
  anomaly: anomalyJob,
  'anomaly-maps': anomalyMapsJob,
  decode: decodeJob,
  'decode-codes': decodeCodesJob,
  devices: devicesJob,
  disentanglement: disentanglementJob,
  'encode-pictures': encodePicturesJob,
  evaluate: evaluateJob,
  'evaluate-model': evaluateModelJob,
  explain: explainJob,
  'explain-parts': explainPartsJob,
  export: exportJob,
  'export-maps': exportMapsJob,
  fit: fitJob,
  'fit-flat': fitFlatJob,
  'inspect-data': inspectDataJob,
  'inspect-image': inspectImageJob,
  interpolate: interpolateJob,
  'make-dataset': makeDatasetJob,
  models: modelsJob,
  open: openJob,
  'open-mask': openMaskJob,
  'open-pictures': openPicturesJob,
  'open-project': openProjectJob,
  'open-run': openRunJob,
  'read-pictures': readPicturesJob,
  reconstruct: reconstructJob,
  retrieve: retrieveJob,
  'save-project': saveProjectJob,
  train: trainJob,
};

/** Whether jobs of a kind wait for each other. */
export function isExclusive(kind: JobKind): boolean {
  return JOBS[kind].exclusive === true;
}

/** Runs the jobs above with what they may use. */
export function createJobRunner(environment: JobEnvironment): JobRunner {
  return {
    run: (request, context) => {
      // A request's kind is its job's; TypeScript does not follow two unions that go together.
      const job = JOBS[request.kind] as unknown as Job<JobKind>;
      return job.run(request, environment, context);
    },
    isExclusive,
  };
}
