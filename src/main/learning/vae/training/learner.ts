import {
  add,
  dispose,
  keep,
  mean,
  mul,
  tensor2d,
  tensor4d,
  tidy,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { VaeTraining } from '../../../../shared/recipes/vae';
import { createAdam, type AdamState } from '../../training/adam';
import { randomFor } from '../../training/data-order';
import type { Exchange } from '../../training/exchange';
import { holdScalars } from '../../training/figures';
import { gradientsOf } from '../../training/gradients';
import type { LearnerState } from '../../training/state';
import { averageTensors } from '../../training/tensors';
import { trainingPass } from '../../network/pass';
import { isTrainable, type Weights } from '../../network/weights';
import { attentionLoss } from '../attention';
import { decodeWith, encodePictures, encodeWith, vaeSpecs } from '../network';
import {
  discriminate,
  discriminatorLoss,
  permuteLatents,
  totalCorrelation,
  type Factor,
} from './discriminator';
import { meanDivergence, reconstructionErrors, sampleCodes } from './elbo';

/** What one step learns from: pictures in 0..1 and the noise of their codes. */
export interface PictureRows {
  readonly count: number;
  /** [count * H * W * C] */
  readonly images: Float32Array;
  /** [count * D] standard normal */
  readonly noise: Float32Array;
  /** As many others, whose codes the discriminator sees permuted; null without a discriminator. */
  readonly others: Pick<PictureRows, 'images' | 'noise'> | null;
}

/** The losses of a step by name, with what is minimised as `total`, and the norm of all gradients. */
export type VaeFigures = Readonly<Record<string, number>> & {
  readonly total: number;
  readonly gradientNorm: number;
};

/** A VAE in training: owns its tensors. */
export interface VaeLearner {
  /** Steps done. */
  readonly step: number;
  /** One step on this worker's pictures: the same weights on every worker afterwards. */
  learn(rows: PictureRows): Promise<void>;
  /** Reads the figures of the last step, on every worker; null before the first. */
  figures(): Promise<VaeFigures | null>;
  weights(): Weights;
  state(): Promise<LearnerState>;
  dispose(): void;
}

/** Without moments a learner begins; gradients are never clipped, as in none of the recipes. */
type Start = Pick<LearnerState, 'step' | 'weights'> & {
  readonly adam?: AdamState;
  readonly discriminator?: { readonly weights: Weights; readonly adam?: AdamState };
};

/**
 * Minimises per picture: reconstruction + beta * divergence + gamma * total correlation (FactorVAE, Kim and Mnih 2018)
 * + weight * overlap of two latents' attention (Liu et al. 2020). With several workers each permutes the codes of its
 * own share.
 *
 * @param start owned by the learner from now on; with a discriminator exactly if the configuration has one
 */
export function createVaeLearner(config: VaeTraining, start: Start, exchange: Exchange): VaeLearner {
  const { network, factor } = config;
  const specs = vaeSpecs(network);
  const order = specs.map(({ name }) => name);
  const trained = specs.filter(isTrainable).map(({ name }) => name);
  let { step, weights } = start;
  const adam = createAdam({ ...config.optimiser, clipNorm: Infinity }, start.adam);
  let critic = start.discriminator?.weights ?? null;
  const criticAdam =
    factor &&
    createAdam(
      { ...factor, epsilon: config.optimiser.epsilon, clipNorm: Infinity },
      start.discriminator?.adam,
    );

  const scalars = holdScalars(exchange);
  let gradientNorm = 0;

  const learnVae = (images: Tensor4D, noise: Tensor) => {
    const moved = new Map<string, Tensor>();
    let codes: Tensor | null = null;
    const result = gradientsOf(weights, trained, () => {
      const pass = trainingPass(weights, moved, exchange);
      const { mu, logvar } = encodeWith(network, pass, images);
      const z = sampleCodes(mu, logvar, noise);
      codes = keep(z.clone());
      const reconstruction = mean(
        reconstructionErrors(decodeWith(network, pass, z), images, config.likelihood),
      );
      const divergence = meanDivergence(mu, logvar);
      const losses: Record<string, Tensor> = { reconstruction, divergence };
      let total = add(reconstruction, mul(config.beta, divergence));
      if (factor && critic) {
        losses.totalCorrelation = totalCorrelation(discriminate(critic, factor, z));
        total = add(total, mul(factor.gamma, losses.totalCorrelation));
      }
      if (config.attention !== null) {
        const random = randomFor(config.seed, 'attention', step);
        losses.attentionOverlap = attentionLoss(network, weights, images, config.attention, random);
        total = add(total, mul(config.attention.weight, losses.attentionOverlap));
      }
      return { ...losses, total };
    });
    return { ...result, moved: moved as Weights, codes: codes as unknown as Tensor };
  };

  /** The discriminator's step on codes as constants: no gradient reaches the encoder. */
  const learnCritic = async (own: Factor, joint: Tensor, others: { images: Tensor4D; noise: Tensor }) => {
    const independent = tidy(() => {
      const { mu, logvar } = encodePictures(network, weights, others.images);
      const z = sampleCodes(mu, logvar, others.noise);
      return permuteLatents(z, randomFor(config.seed, 'permutation', step * exchange.count + exchange.rank));
    });
    const before = critic!;
    const names = [...before.keys()];
    const { losses, gradients } = gradientsOf(before, names, () => ({
      total: discriminatorLoss(discriminate(before, own, joint), discriminate(before, own, independent)),
    }));
    independent.dispose();
    return { loss: losses.total, gradients: await averageTensors(gradients, exchange) };
  };

  return {
    get step() {
      return step;
    },
    learn: async (rows) => {
      const { images, noise } = tensorsOf(config, rows.count, rows);
      const own = learnVae(images, noise);
      const losses: Record<string, Tensor> = { ...own.losses };
      dispose([images, noise]);
      if (factor && critic && rows.others) {
        const others = tensorsOf(config, rows.count, rows.others);
        const judged = await learnCritic(factor, own.codes, others);
        dispose([others.images, others.noise]);
        losses.discriminator = judged.loss;
        const { weights: moved } = await criticAdam!.update(critic, judged.gradients);
        dispose([...judged.gradients.values(), ...critic.values()]);
        critic = moved;
      }
      own.codes.dispose();
      const gradients = await averageTensors(own.gradients, exchange);
      const { weights: updated, norm } = await adam.update(weights, gradients);
      dispose([...gradients.values()]);
      const next = new Map(
        order.map((name) => [
          name,
          updated.get(name) ?? own.moved.get(name) ?? (weights.get(name) as Tensor),
        ]),
      );
      for (const [name, old] of weights) if (next.get(name) !== old) old.dispose();
      weights = next;
      step++;
      scalars.hold(losses);
      gradientNorm = norm;
    },
    weights: () => weights,
    figures: async () => {
      const losses = await scalars.read();
      return losses && ({ ...losses, gradientNorm } as VaeFigures);
    },
    state: async () => ({
      step,
      weights,
      average: null,
      adam: await adam.state(),
      ...(critic && criticAdam && { discriminator: { weights: critic, adam: await criticAdam.state() } }),
    }),
    dispose: () => {
      scalars.dispose();
      adam.dispose();
      criticAdam?.dispose();
      dispose([...weights.values(), ...(critic?.values() ?? [])]);
    },
  };
}

function tensorsOf(
  { network }: VaeTraining,
  count: number,
  { images, noise }: Pick<PictureRows, 'images' | 'noise'>,
): { images: Tensor4D; noise: Tensor } {
  const { height, width, channels, latent } = network;
  return {
    images: tensor4d(images, [count, height, width, channels]),
    noise: tensor2d(noise, [count, latent]),
  };
}
