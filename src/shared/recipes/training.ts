import { z } from 'zod';
import { fail, ok, type Result } from '../result';
import { networkConfigSchema, REFERENCE_DEPTH, REFERENCE_RGB } from './network';
import { vaeTrainingSchema } from './vae';

const rate = z.number().positive().max(1);
const steps = z.int().min(1).max(100_000_000);

const cvxNetSchema = z
  .strictObject({
    kind: z.literal('cvxnet'),
    network: networkConfigSchema,
    /** Shapes per step, over all workers. */
    batch: z.int().min(1).max(1024),
    steps,
    /** Uniform and near-surface points drawn per shape and step. */
    boxPoints: z.int().min(20).max(100_000),
    nearPoints: z.int().min(0).max(100_000),
    /** Factor of the near-surface points inside the sample loss; 0.1 in the reference. */
    surfaceWeight: z.number().min(0).max(10),
    seed: z.int().min(0),
    optimiser: z.strictObject({
      rate,
      /** Steps over which the rate rises from 0. */
      warmup: z.int().min(0),
      /** 'cosine' falls to finalRate at the last step. */
      schedule: z.enum(['constant', 'cosine']),
      finalRate: rate,
      beta1: z.number().min(0).max(0.9999),
      beta2: z.number().min(0).max(0.99999),
      epsilon: z.number().positive(),
      clipNorm: z.number().positive(),
    }),
    /**
     * Where the last bias starts: 'reference' at 0, every normal along +z and all parts in one place; 'clusters' at
     * the k-means centres of the training shapes' interior, Fibonacci directions, offsets from the clusters' extents.
     */
    start: z.enum(['reference', 'clusters']),
    /**
     * A first stage that learns the decoder from coarse occupancy grids, which costs a tenth of a step with pictures;
     * afterwards the picture's code is drawn to the grid's (after Girdhar et al. 2016). Null begins with pictures.
     */
    teacher: z
      .strictObject({
        steps,
        batch: z.int().min(1).max(1024),
        rate,
        /** Cells per axis of the grid. */
        grid: z.int().min(4).max(32),
        /** Neurons of the hidden layer between grid and code. */
        width: z.int().min(1).max(4096),
        /** Factor of the squared distance of both codes; falls to 0 with half a cosine over the steps. */
        weight: z.number().min(0).max(100),
      })
      .nullable(),
    /** Sharpness of the indicator in the losses: from `from` to the network's own over `steps`, geometrically. */
    sharpness: z.strictObject({ from: z.number().positive().max(1000), steps: z.int().min(0) }).nullable(),
    /** Decay per step of the moving average of the weights that is validated and kept; null keeps the weights. */
    average: z.number().min(0).max(0.99999).nullable(),
    validation: z.strictObject({
      every: steps,
      /** How many of the validation shapes, spread evenly over its list. */
      shapes: z.int().min(1).max(100_000),
    }),
    checkpointEvery: steps,
    /** Stops after so many validations without a better one. */
    patience: z.int().min(1).nullable(),
  })
  .refine(({ boxPoints, nearPoints }) => boxPoints + nearPoints >= 20, {
    path: ['boxPoints'],
    error: 'with nearPoints must be at least 20, which the guidance loss takes of each part',
  });

/** Configurations were CvxNet's alone before they said their kind. */
function withKind(value: unknown): unknown {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && !('kind' in value) && 'network' in value ? { kind: 'cvxnet', ...value } : value;
}

/** Everything that decides a CvxNet's training: the same configuration, data and seed give the same weights. */
export const cvxNetTrainingSchema = z.preprocess(withKind, cvxNetSchema);
export type CvxNetTraining = Readonly<z.infer<typeof cvxNetSchema>>;

/** A training of any kind of network, told apart by `kind`. */
export const trainingConfigSchema = z.preprocess(
  withKind,
  z.discriminatedUnion('kind', [cvxNetSchema, vaeTrainingSchema]),
);
export type TrainingConfig = Readonly<z.infer<typeof trainingConfigSchema>>;
/** A kind of network that is trained; `shared/networks` says what is known of each. */
export type NetworkKind = TrainingConfig['kind'];

/** Reads a configuration; errors name the file and the field. */
export function parseTrainingConfig(text: string, file: string): Result<TrainingConfig> {
  const invalid = (message: string) =>
    fail({
      code: 'config-invalid',
      message: `${file}${message}.`,
      hint: '"halfspace train cvxnet --config depth --print-config" prints a whole configuration, "halfspace train vae --config digits --print-config" one of a VAE.',
    });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return invalid(` is no valid JSON: ${(error as Error).message}`);
  }
  const parsed = trainingConfigSchema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return invalid(`, ${issue.path.join('.') || 'top level'}: ${issue.message}`);
}

/** What divides a run into stages: a VAE has one, a CvxNet with a teacher two. */
interface Stages {
  readonly steps: number;
  readonly teacher?: Pick<NonNullable<CvxNetTraining['teacher']>, 'steps' | 'batch'> | null;
}

/** Steps after which the first of two stages ends; null where a run has one. */
export function firstStageSteps({ teacher }: Stages): number | null {
  return teacher?.steps ?? null;
}

/** Samples per step, of every stage. */
export function stageBatches({
  batch,
  teacher,
}: Pick<Stages, 'teacher'> & { readonly batch: number }): number[] {
  return teacher ? [batch, teacher.batch] : [batch];
}

/** Steps of all stages. */
export function totalSteps({ steps, teacher }: Stages): number {
  return steps + (teacher?.steps ?? 0);
}

/** Steps done of the stage that learns from pictures; negative in the first stage. */
export function pictureStep(
  { teacher }: { readonly teacher?: { readonly steps: number } | null },
  step: number,
): number {
  return step - (teacher?.steps ?? 0);
}

/** Where a run stands: in its first stage or in the one whose steps the recipe names, which is every run's last. */
export interface StagePlace {
  readonly name: 'first' | 'main';
  /** Steps done of this stage, and how many it has. */
  readonly step: number;
  readonly steps: number;
}

/** The stage that a run is in after `step` steps of all stages. */
export function stageAt({ steps, teacher }: Stages, step: number): StagePlace {
  const first = teacher?.steps ?? 0;
  return step < first ? { name: 'first', step, steps: first } : { name: 'main', step: step - first, steps };
}

/** The step, of all stages, after which a run first measures the figure that decides. */
export function firstValidation({
  validation,
  ...stages
}: Stages & Pick<TrainingConfig, 'validation'>): number {
  const { every } = validation;
  const next = (Math.floor((stages.teacher?.steps ?? 0) / every) + 1) * every;
  return Math.min(next, totalSteps(stages));
}

/** Samples, shapes or pictures, that a run has seen after `step` steps. */
export function samplesSeen(
  { batch, teacher }: Pick<Stages, 'teacher'> & { readonly batch: number },
  step: number,
): number {
  const first = Math.min(step, teacher?.steps ?? 0);
  return first * (teacher?.batch ?? 0) + (step - first) * batch;
}

const REFERENCE_OPTIMISER = {
  rate: 1e-4,
  warmup: 0,
  schedule: 'constant',
  finalRate: 1e-4,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  clipNorm: 5,
} as const;

/** CvxNet's own recipe (Deng et al. 2020) for one colour image. */
export const REFERENCE_RGB_TRAINING: CvxNetTraining = {
  kind: 'cvxnet',
  network: REFERENCE_RGB,
  batch: 32,
  steps: 800_000,
  boxPoints: 1024,
  nearPoints: 1024,
  surfaceWeight: 0.1,
  seed: 1,
  optimiser: REFERENCE_OPTIMISER,
  start: 'reference',
  teacher: null,
  sharpness: null,
  average: null,
  validation: { every: 20_000, shapes: 1000 },
  checkpointEvery: 20_000,
  patience: null,
};

/** CvxNet's own recipe for twenty depth views. */
export const REFERENCE_DEPTH_TRAINING: CvxNetTraining = {
  ...REFERENCE_RGB_TRAINING,
  network: REFERENCE_DEPTH,
};

/** The recipe of the depth model that ships: what two cores can train in hours. */
export const COMPACT_DEPTH_TRAINING: CvxNetTraining = {
  kind: 'cvxnet',
  network: {
    dims: 3,
    parts: 24,
    planes: 16,
    latent: 256,
    inputSize: 64,
    inputChannels: 1,
    encoderWidth: 0.375,
    decoderWidths: [512, 512, 1024],
    sharpness: 150,
    smoothness: { from: 100, to: 1000 },
  },
  batch: 32,
  steps: 20_500,
  boxPoints: 384,
  nearPoints: 384,
  surfaceWeight: 1,
  seed: 1,
  optimiser: {
    rate: 1e-3,
    warmup: 100,
    schedule: 'cosine',
    finalRate: 1e-5,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    clipNorm: 5,
  },
  start: 'clusters',
  teacher: { steps: 2000, batch: 64, rate: 1e-3, grid: 16, width: 512, weight: 1 },
  sharpness: { from: 40, steps: 3000 },
  average: 0.999,
  validation: { every: 250, shapes: 120 },
  checkpointEvery: 250,
  patience: null,
};

/** The same for colour: red, green, blue and coverage. */
export const COMPACT_RGB_TRAINING: CvxNetTraining = {
  ...COMPACT_DEPTH_TRAINING,
  network: { ...COMPACT_DEPTH_TRAINING.network, inputChannels: 4 },
};
