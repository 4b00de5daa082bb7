import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { VaeTraining } from '../../../../shared/recipes/vae';
import { FACTOR_DSPRITES_TRAINING } from '../../../../shared/recipes/vae-presets';
import { createRandom } from '../../../../shared/random';
import { drawWeights, type Weights } from '../../network/weights';
import { ALONE } from '../../training/exchange';
import { vaeSpecs } from '../network';
import { randomWeights, TINY } from '../network/fixtures';
import { discriminatorSpecs } from './discriminator';
import { createVaeLearner } from './learner';

beforeAll(async () => {
  await setBackend('cpu');
});

type Factor = NonNullable<VaeTraining['factor']>;
const FACTOR: Factor = { gamma: 10, width: 6, layers: 2, rate: 1e-3, beta1: 0.5, beta2: 0.9 };
const COUNT = 4;

/** VAE and discriminator after one step on the same pictures. */
async function afterOneStep(factor: Partial<Factor>): Promise<{ vae: Weights; discriminator: Weights }> {
  const own = { ...FACTOR, ...factor };
  const config: VaeTraining = { ...FACTOR_DSPRITES_TRAINING, network: TINY, batch: COUNT, factor: own };
  const random = createRandom(4);
  const draw = (length: number, next: () => number) => Float32Array.from({ length }, next);
  const pictures = () => ({
    images: draw(COUNT * 64, () => random.uniform()),
    noise: draw(COUNT * TINY.latent, () => random.normal()),
  });
  const discriminator = drawWeights(discriminatorSpecs(TINY.latent, own), createRandom(6));
  const learner = createVaeLearner(
    config,
    { step: 0, weights: randomWeights(TINY, 5), discriminator: { weights: discriminator } },
    ALONE,
  );
  await learner.learn({ count: COUNT, ...pictures(), others: pictures() });
  const { weights, discriminator: judged } = await learner.state();
  return { vae: weights, discriminator: judged!.weights };
}

const values = (weights: Weights) => [...weights].map(([name, one]) => [name, [...one.dataSync()]]);

describe('a step of FactorVAE', () => {
  it("gives the discriminator no gradient of the VAE's loss, and the VAE none of the discriminator's", async () => {
    const plain = await afterOneStep({});
    const heavier = await afterOneStep({ gamma: 1000 });
    // A hundred times the weight of the total correlation moves the VAE elsewhere, the discriminator nowhere else.
    expect(values(heavier.discriminator)).toEqual(values(plain.discriminator));
    expect(values(heavier.vae)).not.toEqual(values(plain.vae));
    const faster = await afterOneStep({ rate: 0.1 });
    expect(values(faster.vae)).toEqual(values(plain.vae));
    expect(values(faster.discriminator)).not.toEqual(values(plain.discriminator));
  });

  it('leaves no weight of either network behind', async () => {
    const { vae, discriminator } = await afterOneStep({});
    expect([...vae.keys()]).toEqual(vaeSpecs(TINY).map(({ name }) => name));
    expect([...discriminator.keys()]).toEqual(
      discriminatorSpecs(TINY.latent, FACTOR).map(({ name }) => name),
    );
    const start = randomWeights(TINY, 5);
    for (const name of ['encoder/conv1/kernel', 'decoder/conv1/kernel', 'encoder/logvar/kernel']) {
      expect([...vae.get(name)!.dataSync()]).not.toEqual([...start.get(name)!.dataSync()]);
    }
  });
});
