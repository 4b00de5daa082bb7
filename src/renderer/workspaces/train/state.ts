import type { FileGrant } from '../../../shared/contract/bridge';
import type { JobControl, RunRow, TrainingEnd } from '../../../shared/contract/learning';
import type { Picture } from '../../../shared/contract/inputs';
import { meshesOptionsSchema, type MadeDataset } from '../../../shared/dataset/made';
import type { DataReport } from '../../../shared/dataset/report';
import { COMPACT_DEPTH_TRAINING, totalSteps, type TrainingConfig } from '../../../shared/recipes/training';
import type { BuiltinPictures } from '../../../shared/recipes/vae';
import type { Problem } from '../../../shared/result';
import type { ConvexShape } from '../../../shared/shape/types';
import { createSlice } from '../../workbench/state/slice';

/** What a run does now, as far as the window knows. */
export type RunStatus =
  | 'loading'
  | 'running'
  | 'pausing'
  | 'paused'
  | 'stopping'
  | 'stopped'
  | 'done'
  | 'failed'
  | 'unreadable';

/** What is learned from: a file or folder that a person chose, or pictures that ship. */
export type TrainingSource = FileGrant | { readonly builtin: BuiltinPictures; readonly name: string };

export interface RunEntry {
  /** Its folder; the token is the run's name within this start. */
  readonly folder: FileGrant;
  /** The data set, when it is known. */
  readonly data: TrainingSource | null;
  /** Which of the line colours is its own. */
  readonly colour: number;
  /** Drawn among the curves. */
  readonly compared: boolean;
  readonly status: RunStatus;
  /** Null until the run was read. */
  readonly config: TrainingConfig | null;
  readonly rows: readonly RunRow[];
  readonly checkpointStep: number;
  readonly best: number | null;
  readonly notes: readonly string[];
  readonly problem: Problem | null;
  /** The last figures of the running job. */
  readonly figures: Readonly<Record<string, number>>;
  /** How it ended in this start. */
  readonly ended: TrainingEnd['stopped'] | null;
  /** Speaks to the running job; null when none runs. */
  readonly control: ((control: JobControl) => void) | null;
}

/** What the engine says of the chosen data. */
export type DataFinding =
  | { readonly state: 'asking' }
  | { readonly state: 'known'; readonly report: DataReport }
  | { readonly state: 'failed'; readonly problem: Problem };

/** What the next run is asked for. */
export interface TrainSetup {
  readonly data: TrainingSource | null;
  /** Null while no data is chosen. */
  readonly found: DataFinding | null;
  /** How a data set is to be made of meshes; may still be wrong. */
  readonly meshes: Readonly<Record<string, unknown>>;
  /** Whether one is being made. */
  readonly making: boolean;
  /** What was made, while that is the chosen data. */
  readonly made: MadeDataset | null;
  /** Why the last start left no run; null once something was changed. */
  readonly problem: Problem | null;
  /** Name of the preset or file that the draft began as. */
  readonly origin: string;
  /** A configuration that may still be wrong. */
  readonly draft: unknown;
  readonly name: string;
  /** Where the run goes; a new folder in the user's data folder when null. */
  readonly folder: FileGrant | null;
  /** A configuration file that could not be read. */
  readonly fileProblem: string | null;
}

export interface CurveSettings {
  /** 0 draws what was measured, towards 1 ever smoother. */
  readonly smoothing: number;
  readonly logScale: boolean;
  /** Metrics of the upper and the lower chart. */
  readonly metrics: readonly [string, string];
}

export interface TrainState {
  /** Whether the runs of earlier starts were asked for. */
  readonly listed: boolean;
  /** Newest first. */
  readonly runs: readonly RunEntry[];
  /** Token of the selected run's folder; null while a new run is set up. */
  readonly selected: string | null;
  /** What the running network makes of something held out: a shape, or pictures over their reconstructions. */
  readonly preview:
    | ({ readonly run: string } & ({ readonly shape: ConvexShape } | { readonly picture: Picture }))
    | null;
  readonly setup: TrainSetup;
  readonly curves: CurveSettings;
}

export const INITIAL_TRAIN: TrainState = {
  listed: false,
  runs: [],
  selected: null,
  preview: null,
  setup: {
    data: null,
    found: null,
    meshes: meshesOptionsSchema.parse({}),
    making: false,
    made: null,
    problem: null,
    origin: 'cvxnet-depth',
    draft: COMPACT_DEPTH_TRAINING,
    name: 'cvxnet-depth',
    folder: null,
    fileProblem: null,
  },
  curves: { smoothing: 0.6, logScale: false, metrics: ['total', 'validationIou'] },
};

export const trainSlice = createSlice('train', INITIAL_TRAIN);

const LIVE: ReadonlySet<RunStatus> = new Set<RunStatus>(['running', 'pausing', 'paused', 'stopping']);

/** The run that learns now; one at a time, because it takes every core. */
export function liveRun({ runs }: TrainState): RunEntry | null {
  return runs.find(({ status }) => LIVE.has(status)) ?? null;
}

export function selectedRun({ runs, selected }: TrainState): RunEntry | null {
  return runs.find(({ folder }) => folder.token === selected) ?? null;
}

export function canResume({ status, config, checkpointStep }: RunEntry): boolean {
  return (
    (status === 'stopped' || status === 'failed') && config !== null && checkpointStep < totalSteps(config)
  );
}
