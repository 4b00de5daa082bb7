import { readFile } from 'node:fs/promises';
import type { RunRow } from '../../../shared/contract/learning';
import { totalSteps, type TrainingConfig } from '../../../shared/recipes/training';
import { ProblemError, unwrap, type Result } from '../../../shared/result';
import type { Exchange } from '../../learning/training/exchange';
import type { LearnerState } from '../../learning/training/state';
import { loadCheckpoint, saveCheckpoint, type RunState } from './checkpoint';
import type { Course } from './course';
import { readCurve, type Curve } from './curve';
import { CONTROL, type ControlWord, type TrainingMessage } from './messages';
import { openRecord, type RunRecord } from './record';
import { runFiles } from './run-folder';
import { createThroughput } from './throughput';
import { isBetter } from '../../../shared/networks';
import { firstStageSteps } from '../../../shared/recipes/training';
import { networkEngine } from '../networks';

export interface TrainingSetting {
  readonly config: TrainingConfig;
  /** Begins, or goes on from a state, which is then its own. */
  open(resumed: LearnerState | null): Promise<Result<Course>>;
  readonly runFolder: string;
  readonly resume: boolean;
  readonly exchange: Exchange;
  /** What a person asks for; read by the first worker. */
  control(): ControlWord;
  tell(message: TrainingMessage): void;
}

/**
 * Steps between two rows of the curve. Only for a row, or once in SHOW_EVERY_MS, are a step's figures read from the
 * backend: a read waits until everything before it is computed, so that at every step processor and GPU would take
 * turns instead of working at the same time. A step of seconds is shown each time, one of milliseconds is not.
 */
const ROW_EVERY = 10;
const SHOW_EVERY_MS = 1000;
const PREVIEW_EVERY_MS = 200;
const PAUSE_POLL_MS = 100;

/**
 * Trains until the steps are done, validation no longer improves, or a person stops: the loop of one worker, whatever
 * the network. All workers run it in step and hold the same weights; the first one also records, validates aloud and
 * writes files. Problems of data and files are thrown as ProblemError.
 */
export async function train(setting: TrainingSetting): Promise<void> {
  const { config, runFolder, exchange, tell } = setting;
  const first = exchange.rank === 0;
  const files = runFiles(runFolder);
  const begun = await begin(setting);
  const { course } = begun;
  let { run } = begun;
  let curve: Curve = unwrap(await readCurve(runFolder, course.step, config.kind));
  const record = first ? unwrap(await openRecord(runFolder, course.step || undefined)) : null;
  const clock = createThroughput();
  const last = totalSteps(config);
  const firstStage = firstStageSteps(config);
  let previewedAt = 0;
  let readAt = -Infinity;
  let recordedAt = course.step;
  // A run's curve begins with its first step, also where it begins with the first stage of another run.
  const begins = course.step === 0 || course.step === firstStage ? course.step + 1 : null;
  let loss = 0;
  let lastValue: number | null = null;
  let stopped: 'steps done' | 'early stop' | 'stopped' = 'steps done';

  const checkpoint = async (): Promise<void> => {
    if (!first) return;
    unwrap(await saveCheckpoint(files.checkpoint, config, await course.state(), run));
    if (course.step === firstStage) {
      unwrap(await saveCheckpoint(files.firstStage, config, await course.state(), run));
    }
  };

  try {
    while (course.step < last) {
      const asked = await follow(setting, course.step, clock, performance.now() - readAt > SHOW_EVERY_MS);
      if (asked.word === CONTROL.stop) {
        stopped = 'stopped';
        break;
      }
      const { samples } = unwrap(await course.learn());
      const { step } = course;
      const validating = step % config.validation.every === 0 || step === last;
      const saving = step === firstStage || step % config.checkpointEvery === 0 || step === last;
      const recording = step === begins || step % ROW_EVERY === 0 || validating || saving;
      const figures = recording || asked.show ? await course.figures() : null;
      clock.tick(samples * exchange.count);
      const values: Record<string, number> = {};
      if (figures !== null) {
        ({ total: loss } = figures);
        readAt = performance.now();
        if (recording) {
          recordedAt = step;
          Object.assign(values, figures, { samplesPerSecond: clock.rate() });
        }
      }
      if (validating) {
        const validation = unwrap(await course.validate());
        Object.assign(values, validation.figures);
        const { value } = validation;
        lastValue = value ?? lastValue;
        if (value !== null) {
          const better = isBetter(config.kind, value, run.best);
          run = better ? { best: value, sinceBest: 0 } : { ...run, sinceBest: run.sinceBest + 1 };
          curve = [...curve, [step, value]];
          if (better && first) unwrap(await course.saveBest(files.best, curve));
        }
        clock.skip();
      }
      if (saving) values.checkpoint = step;
      if (Object.keys(values).length > 0) await put(record, tell, { step, values });
      if (saving) {
        await checkpoint();
        clock.skip();
      }
      if (first) {
        const progress = {
          step,
          loss,
          samplesPerSecond: clock.rate(),
          secondsLeft: clock.left(last - step),
          validated: lastValue,
          best: run.best,
        };
        tell({ type: 'progress', progress });
        if (performance.now() - previewedAt > PREVIEW_EVERY_MS) {
          const preview = await course.preview();
          if (preview !== null) tell({ type: 'preview', preview });
          previewedAt = performance.now();
        }
      }
      if (config.patience !== null && run.sinceBest >= config.patience) {
        stopped = 'early stop';
        break;
      }
    }
    if (stopped !== 'steps done') {
      const { step } = course;
      const figures = recordedAt === step ? null : await course.figures();
      await put(record, tell, { step, values: { ...figures, checkpoint: step } });
      await checkpoint();
    }
    if (first) tell({ type: 'end', stopped, samplesPerSecond: clock.rate() });
  } finally {
    await record?.close();
    course.dispose();
  }
}

async function begin(setting: TrainingSetting): Promise<{ course: Course; run: RunState }> {
  const { config, runFolder, resume } = setting;
  const path = runFiles(runFolder).checkpoint;
  const present =
    resume &&
    (await readFile(path).then(
      () => true,
      () => false,
    ));
  if (!present) {
    return {
      course: unwrap(await setting.open(null)),
      run: { best: null, sinceBest: 0 },
    };
  }
  const { config: saved, learner, run } = unwrap(await loadCheckpoint(path));
  const differs = networkDifference(saved, config);
  if (differs !== null) {
    throw new ProblemError({
      code: 'checkpoint-mismatch',
      message: `The configuration does not fit the checkpoint ${path}: ${differs}.`,
      hint: "Resume with the run's own config.json, or start a new run.",
    });
  }
  return { course: unwrap(await setting.open(learner)), run };
}

/** What keeps a configuration from going on with a checkpoint of another one; null when nothing does. */
function networkDifference(saved: TrainingConfig, config: TrainingConfig): string | null {
  if (saved.kind !== config.kind) return `one is of a ${saved.kind}, the other of a ${config.kind}`;
  if (JSON.stringify(saved.network) !== JSON.stringify(config.network)) return 'their networks differ';
  const discriminator = (one: TrainingConfig): string =>
    JSON.stringify(networkEngine(one.kind).trained(one).discriminator);
  return discriminator(saved) === discriminator(config) ? null : 'their discriminators differ';
}

interface Asked {
  readonly word: ControlWord;
  /** Whether the figures of the coming step are to be read although no row is due. */
  readonly show: boolean;
}

/**
 * The first worker reads what was asked, and decides what is shown, and the others hear it: all must read or none.
 * Waits while the run is paused.
 */
async function follow(
  { exchange, control, tell }: TrainingSetting,
  step: number,
  clock: { skip(): void },
  show: boolean,
): Promise<Asked> {
  const first = exchange.rank === 0;
  if (first && control() === CONTROL.pause) {
    tell({ type: 'paused', step });
    while (control() === CONTROL.pause) await new Promise((resolve) => setTimeout(resolve, PAUSE_POLL_MS));
    clock.skip();
  }
  const heard = first ? Float32Array.of(control(), show ? 1 : 0) : new Float32Array(2);
  const said = heard.map((value) => value * exchange.count);
  exchange.average(said);
  return { word: Math.round(said[0]) as ControlWord, show: Math.round(said[1]) === 1 };
}

async function put(record: RunRecord | null, tell: TrainingSetting['tell'], row: RunRow): Promise<void> {
  if (record === null) return;
  unwrap(await record.add(row));
  tell({ type: 'rows', rows: [row] });
}
