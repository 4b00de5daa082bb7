import { readFile } from 'node:fs/promises';
import type { RunRow } from '../../../shared/contract/learning';
import { pictureStep, totalSteps, type TrainingConfig } from '../../../shared/contract/training';
import type { ShapeDataset } from '../../../shared/dataset/types';
import { ProblemError, unwrap } from '../../../shared/result';
import { createLearner, type Learner, type StepFigures } from '../../learning/cvxnet/training/learner';
import { meanIous, type HeldOutShape } from '../../learning/cvxnet/training/validate';
import type { Exchange } from '../../learning/training/exchange';
import { loadCheckpoint, saveCheckpoint, type RunState } from './checkpoint';
import { heldOutLogits, measureHeldOut, readHeldOut, spread } from './held-out';
import { createLoader } from './loader';
import { CONTROL, type ControlWord, type TrainingMessage } from './messages';
import { openRecord, type RunRecord } from './record';
import { runFiles } from './run-folder';
import { readCurve, saveBest, type Curve } from './save-best';
import { startingWeights } from './start-state';

export interface TrainingSetting {
  readonly config: TrainingConfig;
  readonly dataset: ShapeDataset;
  readonly runFolder: string;
  readonly resume: boolean;
  readonly exchange: Exchange;
  /** What a person asks for; read by the first worker. */
  control(): ControlWord;
  tell(message: TrainingMessage): void;
}

const ROW_EVERY = 10;
const PREVIEW_EVERY_MS = 200;
const PAUSE_POLL_MS = 100;

/**
 * Trains until the steps are done, validation no longer improves, or a person stops: the loop of one worker. All
 * workers run it in step and hold the same weights; the first one also records, validates aloud and writes files.
 * Problems of data and files are thrown as ProblemError.
 */
export async function train(setting: TrainingSetting): Promise<void> {
  const { config, dataset, runFolder, exchange, tell } = setting;
  const first = exchange.rank === 0;
  const files = runFiles(runFolder);
  const { learner, run: startState } = await begin(setting);
  let run = startState;
  let curve: Curve = unwrap(await readCurve(runFolder, learner.step));
  const record = first ? unwrap(await openRecord(runFolder, learner.step || undefined)) : null;
  const loader = createLoader(dataset, config, exchange);
  const shown = first
    ? unwrap(await readHeldOut(dataset, spread(dataset, 'validation', 1)[0], config))
    : null;
  const clock = createThroughput();
  const last = totalSteps(config);
  let previewedAt = 0;
  let lastIou: number | null = null;
  let stopped: 'steps done' | 'early stop' | 'stopped' = 'steps done';

  const checkpoint = async (): Promise<void> => {
    if (!first) return;
    unwrap(await saveCheckpoint(files.checkpoint, config, learner.state(), run));
    if (config.teacher !== null && pictureStep(config, learner.step) === 0) {
      unwrap(await saveCheckpoint(files.firstStage, config, learner.state(), run));
    }
  };

  try {
    while (learner.step < last) {
      const asked = await follow(setting, learner.step, clock);
      if (asked === CONTROL.stop) {
        stopped = 'stopped';
        break;
      }
      const rows = unwrap(await loader.take(learner.step));
      const figures = learner.learn(rows);
      clock.tick(rows.length * exchange.count);
      const { step } = learner;
      const values: Record<string, number> = {};
      if (step % ROW_EVERY === 0 || step === last) Object.assign(values, rowOf(figures, clock.rate()));
      if (step % config.validation.every === 0 || step === last) {
        const ious = await validate(setting, learner);
        lastIou = ious.macro;
        // What shapes decoded from their own grids reach is no reconstruction yet.
        if (pictureStep(config, step) <= 0) values.teacherIou = ious.macro;
        else {
          Object.assign(values, { validationIou: ious.macro, validationIouMicro: ious.micro });
          const better = run.bestIou === null || ious.macro > run.bestIou;
          run = better ? { bestIou: ious.macro, sinceBest: 0 } : { ...run, sinceBest: run.sinceBest + 1 };
          curve = [...curve, [step, ious.macro]];
          if (better && first) {
            unwrap(await saveBest(files.best, config, dataset.name, learner.best(), curve));
          }
        }
        clock.skip();
      }
      const stageEnds = config.teacher !== null && pictureStep(config, step) === 0;
      const saving = stageEnds || step % config.checkpointEvery === 0 || step === last;
      if (saving) values.checkpoint = step;
      if (Object.keys(values).length > 0) await put(record, tell, { step, values });
      if (saving) {
        await checkpoint();
        clock.skip();
      }
      if (first) {
        const { bestIou } = run;
        const progress = {
          step,
          loss: figures.losses.total,
          samplesPerSecond: clock.rate(),
          secondsLeft: clock.left(last - step),
          iou: lastIou,
          bestIou,
        };
        tell({ type: 'progress', progress });
        if (performance.now() - previewedAt > PREVIEW_EVERY_MS) {
          tell({ type: 'preview', logits: preview(config, learner, shown!) });
          previewedAt = performance.now();
        }
      }
      if (config.patience !== null && run.sinceBest >= config.patience) {
        stopped = 'early stop';
        break;
      }
    }
    if (stopped !== 'steps done') {
      await put(record, tell, { step: learner.step, values: { checkpoint: learner.step } });
      await checkpoint();
    }
    if (first) tell({ type: 'end', stopped, samplesPerSecond: clock.rate() });
  } finally {
    await record?.close();
    learner.dispose();
  }
}

async function begin(setting: TrainingSetting): Promise<{ learner: Learner; run: RunState }> {
  const { config, dataset, runFolder, resume, exchange } = setting;
  const path = runFiles(runFolder).checkpoint;
  const present =
    resume &&
    (await readFile(path).then(
      () => true,
      () => false,
    ));
  if (present) {
    const { config: saved, learner, run } = unwrap(await loadCheckpoint(path));
    requireSameNetwork(saved, config, path);
    return { learner: createLearner(config, learner, exchange), run };
  }
  const weights = unwrap(await startingWeights(dataset, config));
  return {
    learner: createLearner(config, { step: 0, weights, average: null }, exchange),
    run: { bestIou: null, sinceBest: 0 },
  };
}

function requireSameNetwork(saved: TrainingConfig, config: TrainingConfig, path: string): void {
  if (JSON.stringify(saved.network) === JSON.stringify(config.network)) return;
  throw new ProblemError({
    code: 'checkpoint-mismatch',
    message: `The configuration does not fit the checkpoint ${path}: their networks differ.`,
    hint: "Resume with the run's own config.json, or start a new run.",
  });
}

/** The first worker reads what was asked and the others hear it. Waits while the run is paused. */
async function follow(
  { exchange, control, tell }: TrainingSetting,
  step: number,
  clock: { skip(): void },
): Promise<ControlWord> {
  const first = exchange.rank === 0;
  if (first && control() === CONTROL.pause) {
    tell({ type: 'paused', step });
    while (control() === CONTROL.pause) await new Promise((resolve) => setTimeout(resolve, PAUSE_POLL_MS));
    clock.skip();
  }
  const word = Float32Array.of(first ? control() * exchange.count : 0);
  exchange.average(word);
  return Math.round(word[0]) as ControlWord;
}

async function validate({ config, dataset, exchange }: TrainingSetting, learner: Learner) {
  const shapes = spread(dataset, 'validation', config.validation.shapes);
  const mine = shapes.filter((_, i) => i % exchange.count === exchange.rank);
  const ious = unwrap(await measureHeldOut(dataset, mine, config, learner.best(), learner.step));
  const all = new Float32Array(shapes.length);
  ious.forEach((iou, i) => (all[i * exchange.count + exchange.rank] = iou * exchange.count));
  exchange.average(all);
  return meanIous(
    shapes.map(({ family }) => family),
    [...all],
  );
}

function preview(config: TrainingConfig, learner: Learner, shown: HeldOutShape): Float64Array {
  const logits = heldOutLogits(config, learner.best(), [shown], learner.step);
  const values = Float64Array.from(logits.dataSync());
  logits.dispose();
  return values;
}

function rowOf(
  { losses, norm, rate, sharpness }: StepFigures,
  samplesPerSecond: number,
): Record<string, number> {
  return { ...losses, gradientNorm: norm, rate, sharpness, samplesPerSecond };
}

async function put(record: RunRecord | null, tell: TrainingSetting['tell'], row: RunRow): Promise<void> {
  if (record === null) return;
  unwrap(await record.add(row));
  tell({ type: 'rows', rows: [row] });
}

/** Samples per second over the last steps, validation and pauses left out. */
function createThroughput() {
  const kept = 20;
  let last = performance.now();
  let recent: { readonly samples: number; readonly seconds: number }[] = [];
  const total = (key: 'samples' | 'seconds'): number => recent.reduce((sum, one) => sum + one[key], 0);
  return {
    tick: (samples: number) => {
      const now = performance.now();
      recent = [...recent, { samples, seconds: (now - last) / 1000 }].slice(-kept);
      last = now;
    },
    /** What happened since the last step is no step. */
    skip: () => {
      last = performance.now();
    },
    rate: () => total('samples') / Math.max(1e-9, total('seconds')),
    /** Seconds that so many steps take. */
    left: (steps: number) => (steps * total('seconds')) / Math.max(1, recent.length),
  };
}
