import type { FlatPreview } from '../../../shared/contract/flat';
import type { Picture } from '../../../shared/contract/inputs';
import type { RequestOf } from '../../../shared/contract/job-client';
import type { JobKind, JobProgress, JobRequest, JobResults } from '../../../shared/contract/jobs';
import type { JobControl, RunRow } from '../../../shared/contract/learning';
import type { Result } from '../../../shared/result';
import type { ConvexShape } from '../../../shared/shape/types';
import type { Grants } from './grants';
import type { Sources } from './sources';

/** What every job may use. */
export interface JobEnvironment {
  readonly grants: Grants;
  readonly sources: Sources;
  /** The name of the backend that was chosen. */
  readonly backend: string;
  /** The built entry of the kernel's threads. */
  readonly fieldWorker: string;
  /** The built entry of a training's workers. */
  readonly trainWorker: string;
  /** Where the models that ship lie. */
  readonly modelsFolder: string;
}

/** What a running job may do besides compute. */
export interface JobContext {
  readonly signal: AbortSignal;
  progress(progress: JobProgress): void;
  /** Offers a shape to show; the function is called only when it will be sent. */
  preview(shape: () => ConvexShape): void;
  /** The same for a shape of the plane. */
  flatPreview(preview: () => FlatPreview): void;
  /** The same for a picture. */
  picturePreview(picture: () => Picture): void;
  /** Sends rows of metrics; every one arrives. */
  rows(rows: readonly RunRow[]): void;
  /** Says what to do when a person pauses, resumes or stops the job. */
  onControl(listener: (control: JobControl) => void): void;
}

/** A job: what it is asked for by, and what it does. Its problems are values; what it throws is a bug. */
export interface Job<K extends JobKind> {
  readonly kind: K;
  /** It uses all cores: such jobs wait for each other; saving and opening never wait for them. */
  readonly exclusive?: true;
  run(
    request: RequestOf<K>,
    environment: JobEnvironment,
    context: JobContext,
  ): Promise<Result<JobResults[K]>>;
}

/** Runs any job by its request. */
export interface JobRunner {
  run(request: JobRequest, context: JobContext): Promise<Result<JobResults[JobKind]>>;
  /** Whether jobs of a kind wait for each other. */
  isExclusive(kind: JobKind): boolean;
}
