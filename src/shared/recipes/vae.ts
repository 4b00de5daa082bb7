import { z } from 'zod';

/** Collections of pictures that ship or are drawn on the spot. */
export const builtinPicturesSchema = z.enum(['digits', 'dsprites', 'planted']);
export type BuiltinPictures = z.infer<typeof builtinPicturesSchema>;

const size = (most: number) => z.int().min(1).max(most);
const rate = z.number().positive().max(1);

/** A convolution, or in a decoder a transposed one; padding as in PyTorch, the same on every side. */
const convolutionSchema = z.strictObject({
  filters: size(2048),
  kernel: size(15),
  stride: size(4),
  padding: z.int().min(0).max(7),
});

/**
 * What determines a VAE's network. The architectures of the literature (Liu et al. 2020 and its reproductions) are
 * constants of this type; another size is other numbers, not another model.
 */
export const vaeNetworkSchema = z.strictObject({
  height: z.int().min(8).max(512),
  width: z.int().min(8).max(512),
  channels: z.union([z.literal(1), z.literal(3)]),
  latent: size(512),
  /** Pictures in 0..1 become (x - mean) / deviation per channel before the encoder; null leaves them. */
  standardise: z
    .strictObject({
      mean: z.array(z.number()).min(1).max(3),
      deviation: z.array(z.number().positive()).min(1).max(3),
    })
    .nullable(),
  encoder: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('convolutions'),
      /** Each followed by a ReLU. */
      layers: z.array(convolutionSchema).min(1).max(8),
      /** Fully connected layers between the flattened map and the two heads. */
      hidden: z.array(z.strictObject({ width: size(8192), relu: z.boolean() })).max(4),
    }),
    /** Stem 3 x 3 with stride 2 and no pooling, four stages of two basic blocks, mean over the last map. */
    z.strictObject({ kind: z.literal('resnet18'), width: size(128) }),
  ]),
  decoder: z.strictObject({
    /** Fully connected layers with ReLU; the last one's values become the first map. */
    hidden: z.array(size(65_536)).max(4),
    start: z.strictObject({ height: size(64), width: size(64), channels: size(2048) }),
    /** Transposed convolutions with ReLU between; the last one gives the picture's channels as logits. */
    layers: z.array(convolutionSchema).min(1).max(10),
    /** Batch normalisation before each ReLU between the transposed convolutions. */
    batchNorm: z.boolean(),
  }),
});
export type VaeNetwork = Readonly<z.infer<typeof vaeNetworkSchema>>;

export const attentionVariantSchema = z.enum(['paper', 'authors-code', 'grad-cam++']);
export type AttentionVariant = z.infer<typeof attentionVariantSchema>;

/** Everything that decides a VAE's training: the same configuration, data and seed give the same weights. */
export const vaeTrainingSchema = z.strictObject({
  kind: z.literal('vae'),
  network: vaeNetworkSchema,
  batch: size(1024),
  steps: size(100_000_000),
  seed: z.int().min(0),
  /** Pictures of these classes only, by name; null takes all. One class makes a one-class model. */
  classes: z.array(z.string()).min(1).nullable(),
  /** Per-picture sum over pixels: cross-entropy of the logits, or half the squared error of their sigmoid. */
  likelihood: z.enum(['bernoulli', 'gaussian']),
  /** Factor of the divergence from the prior: 1 is a VAE, more a beta-VAE (Higgins et al. 2017). */
  beta: z.number().min(0).max(1000),
  /** FactorVAE (Kim and Mnih 2018): the total correlation, estimated by a discriminator. */
  factor: z
    .strictObject({
      gamma: z.number().min(0).max(1000),
      width: size(4096),
      /** Hidden layers of the discriminator. */
      layers: size(8),
      rate,
      beta1: z.number().min(0).max(0.9999),
      beta2: z.number().min(0).max(0.99999),
    })
    .nullable(),
  /** Attention disentanglement (Liu et al. 2020): the overlap of two latents' maps is pushed down. */
  attention: z
    .strictObject({
      weight: z.number().min(0).max(10_000),
      /** 'full' differentiates the map's weights, too (second order); 'detachAlpha' takes them as constants. */
      mode: z.enum(['full', 'detachAlpha', 'none']),
      /** A random pair of two different latents per step, the two of the strongest response, or every pair. */
      pairs: z.enum(['random', 'top2', 'all']),
      /** Index of the encoder's convolution whose map is used, from 0. */
      layer: z.int().min(0).max(64),
      latent: z.enum(['mu', 'z']),
    })
    .nullable(),
  /** Kernels Glorot-uniform, or N(0, 0.02) for dense and convolution kernels as in FactorVAE's public code. */
  start: z.enum(['glorot', 'normal']),
  optimiser: z.strictObject({
    rate,
    beta1: z.number().min(0).max(0.9999),
    beta2: z.number().min(0).max(0.99999),
    epsilon: z.number().positive(),
  }),
  validation: z.strictObject({ every: size(100_000_000), pictures: size(100_000) }),
  checkpointEvery: size(100_000_000),
  patience: size(100_000).nullable(),
});
export type VaeTraining = Readonly<z.infer<typeof vaeTrainingSchema>>;

const down = (filters: number, kernel = 4) => ({ filters, kernel, stride: 2, padding: 1 });

/** The authors' public MNIST network (expVAE). */
export const MNIST_VAE: VaeNetwork = {
  height: 28,
  width: 28,
  channels: 1,
  latent: 32,
  standardise: null,
  encoder: { kind: 'convolutions', layers: [down(64), down(128)], hidden: [{ width: 1024, relu: true }] },
  decoder: {
    hidden: [1024, 6272],
    start: { height: 7, width: 7, channels: 128 },
    layers: [down(64), down(1)],
    batchNorm: false,
  },
};

/** UCSD Ped1 at 100 x 100, as both public reproductions have it. */
export const PED1_VAE: VaeNetwork = {
  height: 100,
  width: 100,
  channels: 1,
  latent: 32,
  standardise: { mean: [0.375], deviation: [0.2013] },
  encoder: {
    kind: 'convolutions',
    layers: [down(64), down(128), down(256)],
    hidden: [{ width: 1024, relu: true }],
  },
  decoder: {
    hidden: [1024, 36864],
    start: { height: 12, width: 12, channels: 256 },
    layers: [down(128, 5), down(64), down(1)],
    batchNorm: false,
  },
};

/** MVTec AD at 256 x 256: ResNet-18 and six transposed convolutions. */
export const MVTEC_VAE: VaeNetwork = {
  height: 256,
  width: 256,
  channels: 3,
  latent: 32,
  standardise: { mean: [0.4305, 0.3999, 0.39], deviation: [0.1822, 0.1733, 0.1624] },
  encoder: { kind: 'resnet18', width: 64 },
  decoder: {
    hidden: [1024, 16384],
    start: { height: 4, width: 4, channels: 1024 },
    layers: [down(512), down(256), down(128), down(64), down(32), down(3)],
    batchNorm: true,
  },
};

/** FactorVAE's network for dSprites (Kim and Mnih 2018). */
export const DSPRITES_VAE: VaeNetwork = {
  height: 64,
  width: 64,
  channels: 1,
  latent: 10,
  standardise: null,
  encoder: {
    kind: 'convolutions',
    layers: [down(32), down(32), down(64), down(64)],
    hidden: [{ width: 128, relu: false }],
  },
  decoder: {
    hidden: [128, 1024],
    start: { height: 4, width: 4, channels: 64 },
    layers: [down(64), down(32), down(32), down(1)],
    batchNorm: false,
  },
};
