import { DSPRITES_VAE, MNIST_VAE, MVTEC_VAE, PED1_VAE, type VaeNetwork, type VaeTraining } from './vae';

const down = (filters: number) => ({ filters, kernel: 4, stride: 2, padding: 1 });

/** The MNIST network at a quarter of its width: what two cores train in minutes. */
const COMPACT_DIGITS: VaeNetwork = {
  ...MNIST_VAE,
  latent: 16,
  encoder: { kind: 'convolutions', layers: [down(16), down(32)], hidden: [{ width: 256, relu: true }] },
  decoder: {
    hidden: [256, 1568],
    start: { height: 7, width: 7, channels: 32 },
    layers: [down(16), down(1)],
    batchNorm: false,
  },
};

/** FactorVAE's network at half width. */
const COMPACT_DSPRITES: VaeNetwork = {
  ...DSPRITES_VAE,
  encoder: {
    kind: 'convolutions',
    layers: [down(16), down(16), down(32), down(32)],
    hidden: [{ width: 128, relu: false }],
  },
  decoder: {
    hidden: [128, 512],
    start: { height: 4, width: 4, channels: 32 },
    layers: [down(32), down(16), down(16), down(1)],
    batchNorm: false,
  },
};

const ADAM = { rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** All digits, on a compact network: ships. */
export const DIGITS_TRAINING: VaeTraining = {
  kind: 'vae',
  network: COMPACT_DIGITS,
  batch: 64,
  steps: 4000,
  seed: 1,
  classes: null,
  likelihood: 'bernoulli',
  beta: 1,
  factor: null,
  attention: null,
  start: 'glorot',
  optimiser: ADAM,
  validation: { every: 250, pictures: 500 },
  checkpointEvery: 250,
  patience: null,
};

/** One digit only, so that another one is an anomaly (Liu et al. 2020; their public code begins with a 3). */
export const ONE_CLASS_DIGIT_TRAINING: VaeTraining = {
  ...DIGITS_TRAINING,
  steps: 1500,
  classes: ['3'],
};

/** Normal textures of the drawn anomaly set, on FactorVAE's network at half width with more latents. */
export const PLANTED_TRAINING: VaeTraining = {
  ...DIGITS_TRAINING,
  network: { ...COMPACT_DSPRITES, latent: 16 },
  steps: 600,
  likelihood: 'gaussian',
  // Grey levels vary less than bits do: with a weight of 1 every latent would fall to the prior.
  beta: 0.02,
  validation: { every: 100, pictures: 200 },
  checkpointEvery: 100,
};

/** dSprites on a compact network: ships. */
export const DSPRITES_TRAINING: VaeTraining = {
  ...DIGITS_TRAINING,
  network: COMPACT_DSPRITES,
  steps: 2000,
};

/** The same with FactorVAE's discriminator (Kim and Mnih 2018), narrower. */
export const FACTOR_DSPRITES_TRAINING: VaeTraining = {
  ...DSPRITES_TRAINING,
  factor: { gamma: 10, width: 256, layers: 5, rate: 1e-4, beta1: 0.5, beta2: 0.9 },
};

/** The same with attention disentanglement (Liu et al. 2020): AD-FactorVAE. */
export const ATTENTION_DSPRITES_TRAINING: VaeTraining = {
  ...FACTOR_DSPRITES_TRAINING,
  attention: { weight: 1, mode: 'full', pairs: 'random', layer: 1, latent: 'mu' },
};

/** The authors' public recipe for one digit of MNIST (expVAE): 100 epochs of some 6,000 pictures. */
export const REFERENCE_MNIST_TRAINING: VaeTraining = {
  ...ONE_CLASS_DIGIT_TRAINING,
  network: MNIST_VAE,
  batch: 128,
  steps: 4800,
};

/** FactorVAE's own recipe for dSprites (Kim and Mnih 2018). */
export const REFERENCE_DSPRITES_TRAINING: VaeTraining = {
  ...DSPRITES_TRAINING,
  network: DSPRITES_VAE,
  steps: 300_000,
  factor: { gamma: 10, width: 1000, layers: 5, rate: 1e-4, beta1: 0.5, beta2: 0.9 },
  start: 'normal',
  optimiser: { ...ADAM, rate: 1e-4 },
  validation: { every: 5000, pictures: 1000 },
  checkpointEvery: 5000,
};

/** UCSD Ped1, as its public reproductions train it. */
export const PED1_TRAINING: VaeTraining = {
  ...DIGITS_TRAINING,
  network: PED1_VAE,
  batch: 32,
  steps: 100_000,
  optimiser: { ...ADAM, rate: 1e-4 },
  validation: { every: 1000, pictures: 500 },
  checkpointEvery: 1000,
};

/** MVTec AD, one category, as its public reproductions train it. */
export const MVTEC_TRAINING: VaeTraining = {
  ...DIGITS_TRAINING,
  network: MVTEC_VAE,
  batch: 8,
  steps: 50_000,
  optimiser: { ...ADAM, rate: 1e-4 },
  validation: { every: 500, pictures: 100 },
  checkpointEvery: 500,
};
