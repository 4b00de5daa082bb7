import { dispose } from '@tensorflow/tfjs-core';
import { readFile } from 'node:fs/promises';
import type { CvxNetTraining } from '../../../shared/recipes/training';
import { fail, ok, type Result } from '../../../shared/result';
import { writeFileAtomic } from '../../files/atomic';
import { drawWeights, type Weights } from '../../learning/network/weights';
import { allSpecs } from '../../learning/cvxnet/training/learner';
import { randomFor } from '../../learning/training/data-order';
import { createAdam } from '../../learning/training/adam';
import { copyTensors } from '../../learning/training/tensors';
import { loadCheckpoint, saveCheckpoint } from './checkpoint';
import { runFiles } from './run-folder';

/** What the first stage trains; the encoder of pictures begins anew. */
const isOfFirstStage = (name: string): boolean => name.startsWith('decoder/') || name.startsWith('teacher/');

/**
 * Begins a run where another one ended its first stage, which does not depend on the kind of picture: decoder and
 * teacher are that run's moving average, the encoder is drawn anew by the seed. Writes the new run's first checkpoint.
 * Problems: a configuration without a first stage, no first stage in the other run, another decoder or teacher.
 */
export async function takeFirstStage(
  config: CvxNetTraining,
  from: string,
  to: string,
): Promise<Result<null>> {
  if (config.teacher === null) {
    return fail({
      code: 'no-first-stage',
      message: 'The configuration has no first stage that another run could give.',
      hint: 'Choose a configuration whose "teacher" is not null.',
    });
  }
  const path = runFiles(from).firstStage;
  const there = await readFile(path).then(
    () => true,
    () => false,
  );
  if (!there) {
    return fail({
      code: 'no-first-stage',
      message: `${from} holds no finished first stage.`,
      hint: 'Choose the folder of a run that has gone on to pictures.',
    });
  }
  const loaded = await loadCheckpoint(path);
  if (!loaded.ok) return loaded;
  const { weights: theirs, average } = loaded.value.learner;
  const drawn = drawWeights(allSpecs(config), randomFor(config.seed, 'start', 0));
  const held = [...drawn.values(), ...theirs.values(), ...(average?.values() ?? [])];
  try {
    const weights = mergeWeights(drawn, average ?? theirs);
    if (!weights.ok) return fail({ ...weights.error, message: `${path}: ${weights.error.message}` });
    const copied = config.average === null ? null : copyTensors(weights.value);
    if (copied) held.push(...copied.values());
    const saved = await saveCheckpoint(
      runFiles(to).checkpoint,
      config,
      {
        step: config.teacher.steps,
        weights: weights.value,
        average: copied,
        adam: await createAdam(config.optimiser).state(),
      },
      { best: null, sinceBest: 0 },
    );
    if (!saved.ok) return saved;
    // A run that goes on has a record; this one's begins here.
    const record = await writeFileAtomic(runFiles(to).metrics, new Uint8Array());
    return record.ok ? ok(null) : record;
  } finally {
    dispose(held);
  }
}

function mergeWeights(drawn: Weights, theirs: Weights): Result<Weights> {
  const merged = new Map(drawn);
  for (const [name, own] of drawn) {
    if (!isOfFirstStage(name)) continue;
    const taken = theirs.get(name);
    if (taken?.shape.join() !== own.shape.join()) {
      return fail({
        code: 'first-stage-mismatch',
        message: `its ${name} is [${taken?.shape.join(', ') ?? 'missing'}]; the configuration asks for [${own.shape.join(', ')}].`,
        hint: 'Both runs need the same parts, planes, latent, decoder widths and grid.',
      });
    }
    merged.set(name, taken);
  }
  return ok(merged);
}
