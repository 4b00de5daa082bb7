import type { ExplainResults } from '../../../../shared/contract/explain';
import type { JobRequest } from '../../../../shared/contract/jobs';
import { fail, type Result } from '../../../../shared/result';
import type { JobContext } from '../../session';
import type { Workshop } from '../index';

type ExplainKind = keyof ExplainResults;
export type ExplainRequest = Extract<JobRequest, { kind: ExplainKind }>;

/** The jobs of the explained VAE. */
export async function runExplain(
  request: ExplainRequest,
  _workshop: Workshop,
  _context: JobContext,
): Promise<Result<ExplainResults[ExplainKind]>> {
  return fail({ code: 'not-built', message: `There is no job "${request.kind}".` });
}
