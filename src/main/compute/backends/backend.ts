import type { ConvexFieldKernel } from '../kernels/types';
import type { StartFieldWorker } from '../kernels/pool';

/** What a look at this machine says of a backend. */
export interface Probe {
  /** Whether it computes here, and rightly. */
  readonly available: boolean;
  /** Why, or why not: the rest of "it is missing: ...". */
  readonly reason: string;
  /** What computes, in words a person knows it by; null where it is not available. */
  readonly device: string | null;
  /** It runs, but only as an emulation of the hardware it is for: taken when it is forced, passed over by "auto". */
  readonly fallback: boolean;
}

/**
 * What runs the convex field and the networks: one record, one file of this folder. Everything else (the choice,
 * `--backend`, the devices that are listed, how a training is shared) follows from the list of the records.
 *
 * A file imports nothing heavy at its head: records are read where nothing computes, too, as for the command line's
 * help. `start` and `fieldKernel` import what they need when they are called.
 */
export interface Backend {
  /** Its name at `--backend` and in reports, and the one that TensorFlow.js has registered it under. */
  readonly name: string;
  /** Looks whether it works here. What is dear to find out it keeps; what it throws counts as a reason against it. */
  probe(): Promise<Probe>;
  /**
   * Makes TensorFlow.js of this thread ready on it, with our convex field and the gradients and kernels that it lacks;
   * throws where it cannot. Called again it does nothing new.
   */
  start(): Promise<void>;
  /**
   * The convex field for fits, which go by arrays of this process instead of tensors; kept for its life. Who computes
   * elsewhere hands out another backend's.
   *
   * @param startThread starts a thread of a kernel that shares its work
   */
  fieldKernel(startThread: StartFieldWorker): Promise<ConvexFieldKernel>;
  /**
   * How many workers may share a training. More than one must agree on the statistics of a batch in the middle of a
   * forward pass, through a kernel that reads synchronously (kernels/workers-mean.ts): 1 where there is none, as on
   * a GPU, which one worker fills.
   */
  readonly trainingWorkers: number;
}
