import type { DisentanglementReport } from '../../../../shared/contract/explain';
import { CANCELLED } from '../../../../shared/contract/job-client';
import type { PictureDataset } from '../../../../shared/dataset/pictures';
import { fail, ok, ProblemError, type Result } from '../../../../shared/result';
import { scoreDisentanglement } from '../../../learning/vae/metrics';
import type { JobContext } from '../../service/job';
import type { OpenVae } from '../../models/vaes';
import { openFactorCodes } from './factor-codes';

/** Milliseconds of work between two looks at the messages. */
const TURN = 50;

/** The report without its time. Problems: those of the codes, cancelled. */
export async function reportDisentanglement(
  vae: OpenVae,
  dataset: PictureDataset,
  { share, seed }: { share: number; seed: number },
  context: Pick<JobContext, 'signal' | 'progress'>,
): Promise<Result<Omit<DisentanglementReport, 'seconds'>>> {
  const source = openFactorCodes(vae, dataset, context);
  if (!source.ok) return source;
  let turned = performance.now();
  const report = async (stage: string, fraction: number): Promise<void> => {
    context.progress({ fraction, stage, figures: { encoded: source.value.encoded() } });
    if (performance.now() - turned > TURN) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      turned = performance.now();
    }
    if (context.signal.aborted) throw new ProblemError(CANCELLED);
  };
  try {
    const { divergence } = vae.card.normal;
    const scored = await scoreDisentanglement(source.value, { share, seed, divergence }, report);
    return ok({
      model: { name: vae.name, sha256: vae.sha256 },
      data: dataset.name,
      factors: source.value.names,
      ...scored,
    });
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem);
    throw error;
  }
}
