import { z } from 'zod';
import type { HalfspaceDocument, Frame, SourceReference } from '../document/types';
import type { ConvexShape } from '../shape/types';
import { datasetJobSchemas, type DatasetResults } from './datasets';
import { explainJobSchemas, type ExplainResults } from './explain';
import { flatJobSchemas, type FlatPreview, type FlatResults } from './flat';
import { jobControlSchema, learningJobSchemas, type LearningResults, type RunRow } from './learning';
import type { Picture } from './inputs';
import { documentSchema } from '../document/fields';
import { frameSchema, shapeSchema } from '../document/schema';
import { exportFormatSchema, exportOptionsSchema, refusedOption } from '../formats/options';
import { tokenSchema } from './token';

export const completionSchema = z.enum(['none', 'mirror', 'ground']);

/** Where a job takes its source from, with what a person said about it. */
export const sourceRequestSchema = z.object({
  token: tokenSchema,
  /** Token of the camera file; when absent, `<name>.camera.json` or `camera.json` beside the image is used. */
  cameraToken: tokenSchema.optional(),
  /** How unseen space of a depth image is completed. */
  completion: completionSchema.optional(),
  /** Metres per unit of the file; 1 when absent. */
  metresPerFileUnit: z.number().positive().optional(),
  upAxis: z.enum(['y', 'z']).optional(),
});
export type SourceRequest = z.infer<typeof sourceRequestSchema>;

export const fitOptionsSchema = z.object({
  parts: z.int().min(1).max(128).default(24),
  planes: z.int().min(4).max(64).default(16),
  /** Upper bound of optimisation steps; a fit stops earlier when it no longer improves. */
  steps: z.int().min(1).max(100_000).default(1000),
  pointsPerStep: z.int().min(64).max(65_536).default(2048),
  seed: z.int().min(0).default(1),
});
export type FitOptions = z.infer<typeof fitOptionsSchema>;

/** What a job is asked to do. */
export const jobRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), source: sourceRequestSchema }),
  z.object({
    kind: z.literal('fit'),
    source: sourceRequestSchema,
    options: fitOptionsSchema,
    /** Start from this shape; its locked parts and planes stay as they are. `options.parts` counts them in. */
    initial: shapeSchema.optional(),
  }),
  z.object({
    kind: z.literal('evaluate'),
    source: sourceRequestSchema,
    shape: shapeSchema,
    /** The shape's frame: the source may have another one. */
    frame: frameSchema,
  }),
  z
    .object({
      kind: z.literal('export'),
      document: documentSchema,
      format: exportFormatSchema,
      options: exportOptionsSchema,
      destination: tokenSchema,
      source: sourceRequestSchema.optional(),
    })
    .superRefine(({ format, options }, context) => {
      const refused = refusedOption(format, options);
      if (!refused) return;
      context.addIssue({ code: 'custom', path: ['options', refused.option], message: refused.message });
    }),
  z.object({
    kind: z.literal('save-project'),
    document: documentSchema,
    destination: tokenSchema,
    /** The source whose bytes travel inside the project file. */
    source: sourceRequestSchema.optional(),
  }),
  z.object({ kind: z.literal('open-project'), token: tokenSchema }),
  z.object({ kind: z.literal('devices') }),
  ...learningJobSchemas,
  ...datasetJobSchemas,
  ...flatJobSchemas,
  ...explainJobSchemas,
]);
export type JobRequest = z.infer<typeof jobRequestSchema>;
export type JobKind = JobRequest['kind'];

/** Points with known occupancy, for live metrics. Learning units. */
export interface EvaluationSamples {
  /** [N, 3] */
  readonly points: Float32Array;
  /** [N] 1 inside, 0 outside. Points that nothing observed are left out. */
  readonly inside: Uint8Array;
}

/** The source as the window shows it: ghost, facts, samples. */
export interface OpenedSource {
  readonly reference: SourceReference;
  readonly frame: Frame;
  /** Learning units. `indices` is null for a point set. At most 300,000 triangles or 200,000 points. */
  readonly ghost: { readonly positions: Float32Array; readonly indices: Uint32Array | null };
  readonly facts: SourceFacts;
  readonly samples: EvaluationSamples;
  /** Plain sentences a person should know: open edges, flipped faces, dropped points. */
  readonly notes: readonly string[];
}

export interface SourceFacts {
  readonly vertices: number;
  readonly triangles: number;
  readonly openEdges: number;
  /** Cubic metres; null when the source encloses none. */
  readonly volume: number | null;
  /** Metres. */
  readonly size: readonly [number, number, number];
}

/** Measures of a shape against its source. Definitions: README, "Metrics". */
export interface ShapeFigures {
  /** IoU of the explicit polytopes' union on the evaluation samples. */
  readonly iou: number;
  /** IoU of the smooth field (indicator >= 0.5) on the same samples. */
  readonly smoothIou: number;
  /** OccNet's: half the sum of the mean unsquared distances both ways, learning units; null without a surface. */
  readonly chamferL1: number | null;
  /** Percent, threshold 1 % of the source's longest edge; null without a surface. */
  readonly fScore: number | null;
  readonly partCount: number;
  readonly totalPlanes: number;
  readonly totalVertices: number;
  /** Cubic metres. */
  readonly unionVolume: number;
  readonly sumOfVolumes: number;
  /** Source volume that no part covers, cubic metres; null when unknown. */
  readonly uncoveredVolume: number | null;
}

export interface JobResults extends LearningResults, DatasetResults, FlatResults, ExplainResults {
  open: OpenedSource;
  fit: FitResult;
  evaluate: ShapeFigures;
  export: { readonly files: readonly WrittenFile[]; readonly notes: readonly string[] };
  'save-project': { readonly files: readonly WrittenFile[]; readonly notes: readonly string[] };
  'open-project': {
    readonly document: HalfspaceDocument;
    readonly source: OpenedSource | null;
    readonly notes: readonly string[];
  };
  devices: DevicesReport;
}

export interface FitResult {
  readonly shape: ConvexShape;
  readonly figures: ShapeFigures;
  readonly steps: number;
  /** Why it stopped; 'exact' where the source is made of flat-sided convex parts, which it then has. */
  readonly stopped: 'converged' | 'step limit' | 'exact';
  readonly backend: string;
  readonly secondsPerStage: Readonly<Record<string, number>>;
}

export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
}

export interface DevicesReport {
  readonly active: string;
  /** In the order in which "auto" prefers them. */
  readonly backends: readonly {
    readonly name: string;
    readonly available: boolean;
    readonly reason: string;
    /** What it computes on; null where it is not available. */
    readonly device: string | null;
    /** Whether it only emulates the hardware that it is for, so that "auto" passes it over. */
    readonly fallback: boolean;
  }[];
  readonly cores: number;
}

export interface JobProgress {
  /** 0 to 1, or null when unknown. */
  readonly fraction: number | null;
  readonly stage: string;
  readonly figures: Readonly<Record<string, number>>;
}

/** What the window sends to the engine. */
export const engineRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), id: z.int().positive(), job: jobRequestSchema }),
  z.object({ type: z.literal('cancel'), id: z.int().positive() }),
  // The reader took the last preview; the engine sends the next one only then, so a slow reader gets the newest.
  z.object({ type: z.literal('preview-shown'), id: z.int().positive() }),
  z.object({ type: z.literal('control'), id: z.int().positive(), control: jobControlSchema }),
]);
export type EngineRequest = z.infer<typeof engineRequestSchema>;

/** What a running job shows; the reader says 'preview-shown' after each. */
export type PreviewEvent =
  | { readonly type: 'preview'; readonly id: number; readonly shape: ConvexShape }
  | { readonly type: 'flat-preview'; readonly id: number; readonly preview: FlatPreview }
  | { readonly type: 'picture-preview'; readonly id: number; readonly picture: Picture };

/** What the engine sends back. Every job ends with exactly one result, error or cancelled event. */
export type EngineEvent =
  | { readonly type: 'progress'; readonly id: number; readonly progress: JobProgress }
  | PreviewEvent
  // Rows of a run's metrics: every one arrives, in order.
  | { readonly type: 'rows'; readonly id: number; readonly rows: readonly RunRow[] }
  | {
      readonly type: 'result';
      readonly id: number;
      readonly result: JobResults[JobKind];
      readonly seconds: number;
    }
  | {
      readonly type: 'error';
      readonly id: number;
      readonly error: { code: string; message: string; hint?: string; detail?: string };
    }
  | { readonly type: 'cancelled'; readonly id: number };
