import type { JobRequest, JobResults } from '../../../shared/contract/jobs';
import { fail, type Result } from '../../../shared/result';
import type { JobContext } from '../session';
import type { Workshop } from './index';

const missing = async () => fail({ code: 'not-available', message: 'This job is not available.' });

export const runTrain: (
  request: Extract<JobRequest, { kind: 'train' }>,
  workshop: Workshop,
  context: JobContext,
) => Promise<Result<JobResults['train']>> = missing;
export const runOpenRun: (token: string, workshop: Workshop) => Promise<Result<JobResults['open-run']>> =
  missing;
