import { availableParallelism } from 'node:os';
import type { TrainingConfig } from '../../../shared/recipes/training';
import { fail, ok, type Result } from '../../../shared/result';
import type { Backend } from '../../compute/backends';
import { stageBatches } from '../../../shared/recipes/training';

/** More workers than this wait for memory. */
const MOST = 8;

/**
 * How many workers share a training: as many as were asked for, else as many as have a core each and share every batch
 * evenly. Problems: more than the backend takes, a batch that cannot be shared.
 */
export function workersFor(
  config: TrainingConfig,
  { name, trainingWorkers }: Pick<Backend, 'name' | 'trainingWorkers'>,
  asked: number | undefined,
  cores = availableParallelism(),
): Result<number> {
  const shared = stageBatches(config);
  if (asked === undefined) {
    let workers = Math.max(1, Math.min(cores, MOST, trainingWorkers));
    while (shared.some((batch) => batch % workers !== 0)) workers--;
    return ok(workers);
  }
  if (asked > trainingWorkers) {
    return fail({
      code: 'too-many-workers',
      message: `A training on the backend "${name}" takes ${trainingWorkers === 1 ? 'one worker' : `at most ${trainingWorkers} workers`}, not ${asked}.`,
      hint: 'Leave the number of workers out, or choose another backend.',
    });
  }
  const uneven = shared.find((batch) => batch % asked !== 0);
  if (uneven === undefined) return ok(asked);
  return fail({
    code: 'batch-uneven',
    message: `A batch of ${uneven} cannot be shared evenly by ${asked} workers.`,
    hint: 'Choose a batch that is a multiple of the number of workers.',
  });
}
