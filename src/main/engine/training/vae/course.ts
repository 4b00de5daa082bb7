import type { VaeTraining } from '../../../../shared/recipes/vae';
import type { PictureDataset } from '../../../../shared/dataset/pictures';
import { ok, type Result } from '../../../../shared/result';
import type { Weights } from '../../../learning/network/weights';
import { randomFor } from '../../../learning/training/data-order';
import type { Exchange } from '../../../learning/training/exchange';
import type { LearnerState } from '../../../learning/training/state';
import { vaeSpecs } from '../../../learning/vae/network';
import { discriminatorSpecs } from '../../../learning/vae/training/discriminator';
import { createVaeLearner } from '../../../learning/vae/training/learner';
import { startingVaeWeights } from '../../../learning/vae/training/start';
import type { Course } from '../course';
import { checkVaeTraining } from './check';
import { readImages, spreadIndices, validateVae } from './held-out';
import { createPictureLoader } from './loader';
import { reconstructionStrip, SHOWN } from './preview';
import { saveBestVae } from './save-best';
import { openPictureSource } from './source';

/**
 * Problems: a network or a configuration that cannot be, a class that is missing, too few pictures, no pictures to
 * validate on.
 * @param resumed the state to go on from; owned by the course from now on
 */
export async function openVaeCourse(
  config: VaeTraining,
  dataset: PictureDataset,
  exchange: Exchange,
  resumed: LearnerState | null,
): Promise<Result<Course>> {
  const checked = checkVaeTraining(config);
  if (!checked.ok) return checked;
  const train = openPictureSource(dataset, 'train', config, config.batch);
  if (!train.ok) return train;
  const heldOut = openPictureSource(dataset, 'validation', config, 1);
  if (!heldOut.ok) return heldOut;
  const shown =
    exchange.rank === 0
      ? await readImages(heldOut.value, spreadIndices(heldOut.value, SHOWN), config.network)
      : null;
  if (shown?.ok === false) return shown;
  const learner = createVaeLearner(config, resumed ?? begin(config), exchange);
  const loader = createPictureLoader(train.value, config, exchange);
  return ok({
    get step() {
      return learner.step;
    },
    learn: async () => {
      const rows = await loader.take(learner.step);
      if (!rows.ok) return rows;
      await learner.learn(rows.value);
      return ok({ samples: rows.value.count });
    },
    figures: learner.figures,
    validate: () => validateVae(config, heldOut.value, learner.weights(), exchange),
    preview: async () =>
      shown === null
        ? null
        : { kind: 'pictures', picture: await reconstructionStrip(config, learner.weights(), shown.value) },
    saveBest: (path, curve) =>
      saveBestVae(path, config, { name: dataset.name, train: train.value }, learner.weights(), curve),
    state: learner.state,
    dispose: learner.dispose,
  });
}

function begin(config: VaeTraining): {
  step: number;
  weights: Weights;
  discriminator?: { weights: Weights };
} {
  const { network, factor, seed } = config;
  const weights = startingVaeWeights(vaeSpecs(network), config.start, randomFor(seed, 'start', 0));
  if (factor === null) return { step: 0, weights };
  const random = randomFor(seed, 'discriminator', 0);
  const critic = startingVaeWeights(discriminatorSpecs(network.latent, factor), config.start, random);
  return { step: 0, weights, discriminator: { weights: critic } };
}
