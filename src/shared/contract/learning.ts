import { z } from 'zod';
import type { Frame } from '../document/types';
import type { ConvexShape } from '../shape/types';
import type { Camera } from '../geometry/camera';
import type { VaeEntry } from './explain';
import { imageRequestSchema, modelSchema, type ModelInput, type Picture } from './inputs';
import { trainingDataSchema } from './datasets';
import { tokenSchema } from './token';
import type { NetworkConfig } from '../recipes/network';
import { trainingConfigSchema, type CvxNetTraining, type TrainingConfig } from '../recipes/training';
import type { BuiltinPictures } from '../recipes/vae';

const latentSchema = z.array(z.number()).min(1).max(4096);

/** The jobs of learned models, by kind. */
export const learningJobSchemas = [
  z.object({
    kind: z.literal('models'),
    /** Model files that a person chose, listed after those that ship. */
    files: z.array(tokenSchema).max(100).optional(),
  }),
  z.object({ kind: z.literal('inspect-image'), image: imageRequestSchema }),
  z.object({
    kind: z.literal('reconstruct'),
    image: imageRequestSchema,
    model: modelSchema,
    /** Continue from the network's guess on what the picture shows. */
    refine: z.boolean(),
    seed: z.int().min(0).default(1),
  }),
  z.object({ kind: z.literal('decode'), model: modelSchema, latent: latentSchema }),
  z.object({
    kind: z.literal('retrieve'),
    model: modelSchema,
    latent: latentSchema,
    /** Index of the learned part to compare; null compares whole shapes by their latents. */
    part: z.int().min(0).max(255).nullable(),
    count: z.int().min(1).max(100).default(12),
  }),
  z.object({
    kind: z.literal('interpolate'),
    model: modelSchema,
    /** Stations of the path, at least two. */
    latents: z.array(latentSchema).min(2).max(16),
    /** Frames over the whole path. */
    frames: z.int().min(2).max(600),
    /** A folder: one mesh per frame, one picture strip. */
    destination: tokenSchema,
  }),
  z.object({
    kind: z.literal('train'),
    config: trainingConfigSchema,
    data: trainingDataSchema,
    /** The run's folder: configuration, metrics, checkpoint and best model go there. */
    destination: tokenSchema,
    /** Continue the run that is there. */
    resume: z.boolean().default(false),
    /** Folder of a run whose finished first stage this one begins with. */
    firstStage: tokenSchema.optional(),
    workers: z.int().min(1).max(64).optional(),
  }),
  z.object({ kind: z.literal('open-run'), token: tokenSchema }),
  z.object({
    kind: z.literal('evaluate-model'),
    model: modelSchema,
    /** The data set's folder. */
    data: tokenSchema,
    split: z.enum(['train', 'validation', 'test']).default('test'),
    /** How many of the split's shapes, spread evenly; all when absent. */
    shapes: z.int().min(1).optional(),
    /** Mean shape, nearest training shape by latent code, convex hull of the true shape. */
    baselines: z.boolean().default(false),
    /** How many of the shapes are also fitted directly, the upper reference. */
    fits: z.int().min(0).default(0),
    /** How many of the shapes are also refined on their view. */
    refined: z.int().min(0).default(0),
    seed: z.int().min(0).default(1),
  }),
] as const;

/** What a person says to a running training job: 'stop' ends it with a checkpoint and its result. */
export const jobControlSchema = z.enum(['pause', 'resume', 'stop']);
export type JobControl = z.infer<typeof jobControlSchema>;

/** What a model says about itself; made by the recipe that trained it, never by hand. */
export interface ModelCard {
  readonly title: string;
  readonly network: NetworkConfig;
  readonly training: CvxNetTraining;
  /** How the data was made or where it is from. */
  readonly data: string;
  readonly stepsDone: number;
  readonly samplesSeen: number;
  readonly parameters: number;
  /** [step, value] of the validation IoU. */
  readonly curve: readonly (readonly [number, number])[];
  /** Held-out test shapes: mean over families (macro), over shapes (micro), and by family; null before evaluation. */
  readonly test: {
    readonly shapes: number;
    readonly macro: ShapeScores;
    readonly micro: ShapeScores;
    readonly families: Readonly<Record<string, ShapeScores>>;
  } | null;
}

/** Definitions: README, "Metrics". */
export interface ShapeScores {
  readonly iou: number;
  /** CvxNet's: 100 x the sum of both mean squared distances. The last three are null without surfaces. */
  readonly chamferL2: number | null;
  /** OccNet's: half the sum of both mean distances. */
  readonly chamferL1: number | null;
  /** Percent within 1 % of the longest edge. */
  readonly fScore: number | null;
}

export interface ModelEntry {
  readonly name: string;
  /** Token of the file that a person chose; absent for a model that ships. */
  readonly token?: string;
  readonly input: ModelInput;
  readonly bytes: number;
  /** Hex SHA-256 of the model file. */
  readonly sha256: string;
  readonly card: ModelCard;
}

export interface InspectedImage {
  readonly name: string;
  /** Hex SHA-256 of the file's bytes: what a document that was made from it remembers. */
  readonly sha256: string;
  readonly input: ModelInput;
  /** Upright, at most 512 pixels wide or high; depth as grey, near is bright. */
  readonly picture: Picture;
  /** Size of the upright file in pixels: what a box is given in. */
  readonly width: number;
  readonly height: number;
  /** [picture.height * picture.width] 255 on the object; null where the object could not be told from the rest. */
  readonly mask: Uint8Array | null;
  /** How the object was told apart. */
  readonly maskFrom: 'alpha' | 'background' | 'depth' | 'box' | null;
  readonly camera: Camera | null;
  readonly notes: readonly string[];
}

/** How well a shape explains what was seen, before and after refinement, percent: smaller is better. */
export interface ObservedError {
  readonly before: number;
  readonly after: number;
  /** What they are percent of, as it follows a number. */
  readonly of: string;
}

export interface Reconstruction {
  readonly shape: ConvexShape;
  readonly latent: readonly number[];
  readonly model: { readonly name: string; readonly sha256: string; readonly input: ModelInput };
  /** Metres when the camera gives them, else one unit is one metre. */
  readonly frame: Frame;
  readonly metric: boolean;
  /** Camera to learning space, row-major 4 x 4, when the pose was found. */
  readonly cameraToShape: readonly number[] | null;
  /** Null when not refined; `after` equals `before` when the refinement was not accepted. */
  readonly observed: ObservedError | null;
  readonly refined: boolean;
  /** What the network saw. */
  readonly seen: Picture;
  readonly backend: string;
  readonly secondsPerStage: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

export interface RetrievedShape {
  /** Id in the model's library. */
  readonly id: string;
  readonly family: string;
  readonly distance: number;
  readonly latent: readonly number[];
  readonly shape: ConvexShape;
}

/** One line of a run's metrics. */
export interface RunRow {
  readonly step: number;
  readonly values: Readonly<Record<string, number>>;
}

export interface TrainingRun {
  readonly name: string;
  readonly config: TrainingConfig;
  readonly rows: readonly RunRow[];
  /** Step of the last checkpoint; 0 before the first. */
  readonly checkpointStep: number;
  /** The pictures that it learns from, where they ship; null for files. */
  readonly builtin: BuiltinPictures | null;
  /** The best validation so far; `validation` of its network says of what. */
  readonly best: number | null;
  readonly notes: readonly string[];
}

export interface TrainingEnd {
  readonly run: TrainingRun;
  readonly stopped: 'steps done' | 'early stop' | 'stopped';
  readonly samplesPerSecond: number;
}

/** Scores of one way to get a shape, on shapes that were not learned from. */
export interface MethodScores {
  readonly method: string;
  readonly shapes: number;
  /** Mean over families of their means. */
  readonly macro: ShapeScores;
  /** Mean over shapes. */
  readonly micro: ShapeScores;
  readonly families: Readonly<Record<string, ShapeScores>>;
}

export interface ModelEvaluation {
  readonly model: { readonly name: string; readonly sha256: string };
  readonly data: string;
  readonly split: string;
  readonly methods: readonly MethodScores[];
  readonly seconds: number;
}

export interface LearningResults {
  'evaluate-model': ModelEvaluation;
  models: {
    readonly models: readonly ModelEntry[];
    readonly vaes: readonly VaeEntry[];
    readonly notes: readonly string[];
  };
  'inspect-image': InspectedImage;
  reconstruct: Reconstruction;
  decode: { readonly shape: ConvexShape };
  retrieve: { readonly shapes: readonly RetrievedShape[] };
  interpolate: { readonly files: readonly { readonly name: string; readonly bytes: number }[] };
  train: TrainingEnd;
  'open-run': TrainingRun;
}
