import type { JobRequest, JobResults } from '../../../shared/contract/jobs';
import { fail, type Result } from '../../../shared/result';
import type { JobContext } from '../session';
import type { Workshop } from './index';

type RequestOf<K extends JobRequest['kind']> = Extract<JobRequest, { kind: K }>;
type Answer<K extends JobRequest['kind']> = Promise<Result<JobResults[K]>>;

const missing = async () => fail({ code: 'not-available', message: 'This job is not available.' });

export const runModels: (workshop: Workshop) => Answer<'models'> = missing;
export const runInspectImage: (
  request: RequestOf<'inspect-image'>,
  workshop: Workshop,
) => Answer<'inspect-image'> = missing;
export const runReconstruct: (
  request: RequestOf<'reconstruct'>,
  workshop: Workshop,
  context: JobContext,
) => Answer<'reconstruct'> = missing;
export const runDecode: (request: RequestOf<'decode'>, workshop: Workshop) => Answer<'decode'> = missing;
export const runRetrieve: (request: RequestOf<'retrieve'>, workshop: Workshop) => Answer<'retrieve'> =
  missing;
export const runInterpolate: (
  request: RequestOf<'interpolate'>,
  workshop: Workshop,
  context: JobContext,
) => Answer<'interpolate'> = missing;
