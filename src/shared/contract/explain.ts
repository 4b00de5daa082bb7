import { z } from 'zod';
import { imageRequestSchema, modelSchema, type ModelInput, type Picture } from './inputs';
import { tokenSchema } from './token';
import {
  attentionVariantSchema,
  builtinPicturesSchema,
  type VaeNetwork,
  type VaeTraining,
} from '../recipes/vae';

/** Most pictures that one request may ask for; a longer list is asked for in pages. */
export const MOST_PICTURES = 256;

/** A collection of pictures: one that ships, or a file, a folder or several files that a person chose. */
export const collectionSchema = z.union([
  z.strictObject({ builtin: builtinPicturesSchema }),
  z.strictObject({ tokens: z.array(tokenSchema).min(1).max(1000) }),
]);
export type CollectionChoice = z.infer<typeof collectionSchema>;

const splitSchema = z.enum(['train', 'validation', 'test']);

/** Pictures of a collection's split, by index. */
const selectionSchema = z.strictObject({
  collection: collectionSchema,
  split: splitSchema,
  indices: z.array(z.int().min(0)).min(1).max(MOST_PICTURES),
});
export type PictureSelection = z.infer<typeof selectionSchema>;

/** How a map is made. */
export const attentionOptionsSchema = z.strictObject({
  /** Name of the encoder's map, as the model's card lists them. */
  layer: z.string().min(1).max(60),
  variant: attentionVariantSchema.default('paper'),
  /** The map before or after its ReLU. */
  activation: z.enum(['pre', 'post']).default('post'),
  latent: z.enum(['mu', 'z']).default('mu'),
  seed: z.int().min(0).default(1),
});
export type AttentionOptions = z.infer<typeof attentionOptionsSchema>;

export const anomalyOptionsSchema = z.strictObject({
  layer: z.string().min(1).max(60),
  score: z.enum(['sumMu', 'normalDifference', 'meanOfMaps']).default('sumMu'),
  sign: z.enum(['abs', 'relu']).default('abs'),
  /** What 'normalDifference' compares with: the prior, or the mean statistics of the training pictures. */
  normalStatistics: z.enum(['prior', 'trainMean']).default('trainMean'),
  activation: z.enum(['pre', 'post']).default('pre'),
  seed: z.int().min(0).default(1),
});
export type AnomalyOptions = z.infer<typeof anomalyOptionsSchema>;

const codeSchema = z.array(z.number()).min(1).max(512);

/** The jobs of the explained VAE, by kind. */
export const explainJobSchemas = [
  z.object({ kind: z.literal('open-pictures'), collection: collectionSchema }),
  z.object({ kind: z.literal('read-pictures'), selection: selectionSchema }),
  /** Means and variances of pictures, without maps. */
  z.object({ kind: z.literal('encode-pictures'), model: modelSchema, selection: selectionSchema }),
  z.object({
    kind: z.literal('explain'),
    model: modelSchema,
    selection: selectionSchema,
    options: attentionOptionsSchema,
  }),
  /** Codes to pictures: sliders, traversals, paths between two pictures. */
  z.object({
    kind: z.literal('decode-codes'),
    model: modelSchema,
    codes: z.array(codeSchema).min(1).max(MOST_PICTURES),
    /** Maps of the decoded pictures, too. */
    options: attentionOptionsSchema.optional(),
  }),
  /** Scores a split with masks, the reconstruction error beside it. */
  z.object({
    kind: z.literal('anomaly'),
    model: modelSchema,
    collection: collectionSchema,
    split: splitSchema.default('test'),
    options: anomalyOptionsSchema,
    /** How many pictures, spread evenly; all when absent. */
    pictures: z.int().min(1).optional(),
  }),
  /** The maps behind the scores, for a page of pictures; needs no masks. */
  z.object({
    kind: z.literal('anomaly-maps'),
    model: modelSchema,
    selection: selectionSchema,
    options: anomalyOptionsSchema,
  }),
  z.object({
    kind: z.literal('disentanglement'),
    model: modelSchema,
    collection: collectionSchema,
    /** Fewer samples for a quick look; 1 is the published count. */
    share: z.number().positive().max(1).default(1),
    seed: z.int().min(0).default(1),
  }),
  z.object({
    kind: z.literal('export-maps'),
    model: modelSchema,
    selection: selectionSchema,
    request: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('attention'), options: attentionOptionsSchema }),
      z.strictObject({ kind: z.literal('anomaly'), options: anomalyOptionsSchema }),
    ]),
    /** Latents to write, by index; null writes all and the mean. */
    latents: z.array(z.int().min(0)).min(1).max(512).nullable().default(null),
    sign: z.enum(['signed', 'abs', 'relu']).default('relu'),
    colourMap: z.enum(['viridis', 'magma', 'diverging']).default('viridis'),
    /** 0 shows the picture alone, 1 the map alone. */
    opacity: z.number().min(0).max(1).default(0.6),
    destination: tokenSchema,
  }),
  /** For every part of a reconstruction, the pixels that moved it. */
  z.object({
    kind: z.literal('explain-parts'),
    model: modelSchema,
    image: imageRequestSchema,
    /** Which of a part's parameters are explained. */
    target: z.enum(['all', 'place', 'planes']).default('all'),
    /** Name of the encoder's map; the network's finest that is worth reading when absent. */
    layer: z.string().min(1).max(60).optional(),
  }),
] as const;

/** One of the encoder's maps. */
export interface EncoderLayer {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** What a VAE says about itself; made by the recipe that trained it, never by hand. */
export interface VaeCard {
  readonly title: string;
  readonly network: VaeNetwork;
  readonly training: VaeTraining;
  /** How the data was made or where it is from. */
  readonly data: string;
  readonly stepsDone: number;
  readonly samplesSeen: number;
  readonly parameters: number;
  readonly layers: readonly EncoderLayer[];
  /** [step, value] of the validation loss per picture. */
  readonly curve: readonly (readonly [number, number])[];
  /** Of the training pictures, per latent: mean of mu, mean of the variance, mean divergence from the prior. */
  readonly normal: {
    readonly mean: readonly number[];
    readonly variance: readonly number[];
    readonly divergence: readonly number[];
  };
  /** Of held-out pictures: summed over pixels and latents, mean over pictures. */
  readonly test: {
    readonly pictures: number;
    readonly reconstruction: number;
    readonly divergence: number;
  } | null;
}

export interface VaeEntry {
  readonly name: string;
  readonly token?: string;
  readonly bytes: number;
  /** Hex SHA-256 of the model file. */
  readonly sha256: string;
  readonly card: VaeCard;
}

/** What a collection holds, without its pixels. */
export interface OpenedCollection {
  readonly name: string;
  readonly format: string;
  readonly classes: readonly string[];
  readonly factors: readonly { readonly name: string; readonly values: number }[];
  readonly size: { readonly width: number; readonly height: number; readonly channels: 1 | 3 } | null;
  readonly counts: Readonly<Record<'train' | 'validation' | 'test', number>>;
  /** Whether a split has masks of what does not belong. */
  readonly masks: boolean;
  /** What is known of every picture, to filter by; null where a split has more pictures than MOST_LABELS. */
  readonly labels: Readonly<Record<'train' | 'validation' | 'test', PictureLabels | null>>;
  readonly notes: readonly string[];
}

/** Most pictures of a split whose labels are told at once. */
export const MOST_LABELS = 200_000;

export interface PictureLabels {
  /** Per picture, index of its class; -1 where it has none. */
  readonly classes: Int16Array;
  /** Per picture, 1 anomalous, 0 normal; -1 where it is not known. */
  readonly anomalous: Int8Array;
}

/** A picture for the grid: as in the collection, at most 128 pixels wide or high. */
export interface CollectionPicture {
  readonly id: string;
  readonly index: number;
  readonly class: number | null;
  readonly anomalous: boolean | null;
  readonly picture: Picture;
}

/** Codes of N pictures, row by row. */
export interface Codes {
  readonly latent: number;
  /** [N, D] */
  readonly mu: Float32Array;
  /** [N, D] */
  readonly logvar: Float32Array;
}

/** Maps of N pictures, signed, at the layer's own resolution. */
export interface Maps {
  readonly layer: EncoderLayer;
  /** Maps per picture: D, one per latent, or 1. */
  readonly perPicture: number;
  /** [N, perPicture, h, w] before ReLU or absolute value. */
  readonly values: Float32Array;
}

export interface ExplainedPictures extends Codes {
  /** What the network saw, at its own size. */
  readonly seen: readonly Picture[];
  readonly reconstructed: readonly Picture[];
  readonly maps: Maps;
  /** Of the training pictures, [D]: what latents are sorted by. */
  readonly divergence: readonly number[];
  readonly seconds: number;
}

export interface DecodedCodes {
  /** At the network's size. */
  readonly pictures: readonly Picture[];
  readonly maps: Maps | null;
}

/** How well a per-pixel score finds what the masks mark; definitions: README, "Metrics". */
export interface AnomalyScores {
  readonly name: 'attention' | 'reconstruction error';
  /** Pixels of all pictures pooled, ties at half. */
  readonly pixelAuroc: number;
  /** Of the pictures by their highest pixel; null where only one kind is there. */
  readonly pictureAuroc: number | null;
  /** Area under the per-region overlap up to a false-positive rate of 0.3, normalised. */
  readonly aupro: number | null;
  /** Best intersection over union over a sweep of thresholds: an oracle, it uses the masks. */
  readonly bestIou: {
    readonly linear: { readonly iou: number; readonly threshold: number };
    readonly quantile: { readonly iou: number; readonly threshold: number };
  };
  /** [false-positive rate, true-positive rate, threshold], at most 400 rows. */
  readonly roc: readonly (readonly [number, number, number])[];
  readonly histogram: {
    readonly edges: readonly number[];
    readonly normal: readonly number[];
    readonly anomalous: readonly number[];
  };
}

export interface AnomalyReport {
  readonly model: { readonly name: string; readonly sha256: string };
  readonly data: string;
  readonly pictures: number;
  readonly pixels: number;
  readonly options: AnomalyOptions;
  readonly methods: readonly AnomalyScores[];
  readonly notes: readonly string[];
  readonly seconds: number;
}

export interface AnomalyPage {
  readonly seen: readonly Picture[];
  readonly reconstructed: readonly Picture[];
  /** [N, h, w] at the layer's resolution, after sign and before any scaling. */
  readonly maps: Maps;
  /** [N, H, W] squared error of the reconstruction, mean over channels. */
  readonly errors: Float32Array;
  /** [N] per picture, [H * W] 255 where something does not belong; null where it is not known. */
  readonly masks: readonly (Uint8Array | null)[];
}

export interface DisentanglementReport {
  readonly model: { readonly name: string; readonly sha256: string };
  readonly data: string;
  readonly samples: number;
  readonly factors: readonly string[];
  /** Each named with its definition in the README. */
  readonly scores: Readonly<
    Record<
      | 'factorvae_train800'
      | 'factorvae_eval'
      | 'betavae'
      | 'mig'
      | 'sap'
      | 'dci_disentanglement'
      | 'dci_completeness'
      | 'dci_informativeness',
      number
    >
  >;
  /** Mutual information of latent j and factor k, nats: [D][K]. */
  readonly mutualInformation: readonly (readonly number[])[];
  readonly seconds: number;
}

export interface ExplainedParts {
  readonly input: ModelInput;
  /** What the network saw. */
  readonly seen: Picture;
  /** Where `seen` lies in the upright file, pixels; may reach beyond it. */
  readonly crop: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly layer: EncoderLayer;
  /** The maps that may be asked for, finest first. */
  readonly layers: readonly EncoderLayer[];
  /** Learned indices of the parts, as in the reconstruction's shape. */
  readonly parts: readonly number[];
  /**
   * [parts.length, h, w], not negative: how far the part's surface would move, learning units, to first order, if the
   * network did not see what it sees at a place.
   */
  readonly values: Float32Array;
  /**
   * For depth: where each pixel of `seen` lies in learning space, [H, W, 3]; not a number where nothing was measured
   * or the pose is not known. Null for colour.
   */
  readonly points: Float32Array | null;
  readonly notes: readonly string[];
  readonly seconds: number;
}

export interface ExplainResults {
  'open-pictures': OpenedCollection;
  'read-pictures': { readonly pictures: readonly CollectionPicture[] };
  'encode-pictures': Codes;
  explain: ExplainedPictures;
  'decode-codes': DecodedCodes;
  anomaly: AnomalyReport;
  'anomaly-maps': AnomalyPage;
  disentanglement: DisentanglementReport;
  'export-maps': { readonly files: readonly { readonly name: string; readonly bytes: number }[] };
  'explain-parts': ExplainedParts;
}
