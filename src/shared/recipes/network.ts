import { z } from 'zod';
import { REFERENCE_SHARPNESS, REFERENCE_SMOOTHNESS } from '../shape/parameters';

const size = (most: number) => z.int().min(1).max(most);

/**
 * What determines the network's shape. The reference is REFERENCE_RGB and REFERENCE_DEPTH; a compact network is other
 * numbers here, not another model.
 */
export const networkConfigSchema = z
  .strictObject({
    dims: z.union([z.literal(2), z.literal(3)]),
    parts: size(256),
    planes: size(256),
    /** Entries of the latent code. */
    latent: size(4096),
    /** Height and width of the input, pixels. */
    inputSize: z.int().min(8).max(1024),
    /** 3 for RGB; for depth, the number of views. */
    inputChannels: size(64),
    /** Multiplies the encoder's 64, 128, 256 and 512 channels. */
    encoderWidth: z.number().positive().max(4),
    /** Neurons of the decoder's hidden layers. */
    decoderWidths: z.array(size(8192)).min(1).max(8),
    /** Sigma of the indicator. */
    sharpness: z.number().positive().max(1000),
    /**
     * The range of a part's smoothness delta. A smooth part is smaller than its polytope by up to ln(planes) / delta:
     * thin boards need the upper end high, or their polytopes grow far beyond what the network was trained to fill.
     */
    smoothness: z
      .strictObject({ from: z.number().positive().max(10_000), to: z.number().positive().max(10_000) })
      .refine(({ from, to }) => from < to, { path: ['to'], error: 'must be more than from' }),
  })
  .refine(({ dims, planes }) => planes > dims, {
    path: ['planes'],
    error: 'must be more than the dimensions, or no part is bounded',
  });

export type NetworkConfig = Readonly<z.infer<typeof networkConfigSchema>>;

/** CvxNet (Deng et al. 2020) for one colour image. */
export const REFERENCE_RGB: NetworkConfig = {
  dims: 3,
  parts: 50,
  planes: 25,
  latent: 256,
  inputSize: 224,
  inputChannels: 3,
  encoderWidth: 1,
  decoderWidths: [1024, 1024, 2048],
  sharpness: REFERENCE_SHARPNESS,
  smoothness: REFERENCE_SMOOTHNESS,
};

/** CvxNet (Deng et al. 2020) for twenty depth views, stacked as channels. */
export const REFERENCE_DEPTH: NetworkConfig = { ...REFERENCE_RGB, planes: 50, inputChannels: 20 };
