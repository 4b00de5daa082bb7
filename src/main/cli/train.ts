import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import {
  COMPACT_DEPTH_TRAINING,
  COMPACT_RGB_TRAINING,
  REFERENCE_DEPTH_TRAINING,
  REFERENCE_RGB_TRAINING,
  trainingConfigSchema,
  type TrainingConfig,
} from '../../shared/contract/training';
import { fail, ok, type Result } from '../../shared/result';
import type { Command, OptionValues } from './command';
import { usage } from './values';

const PRESETS: Readonly<Record<string, TrainingConfig>> = {
  depth: COMPACT_DEPTH_TRAINING,
  rgb: COMPACT_RGB_TRAINING,
  'reference-depth': REFERENCE_DEPTH_TRAINING,
  'reference-rgb': REFERENCE_RGB_TRAINING,
};

const USAGE = `halfspace train cvxnet --config <config.json or ${Object.keys(PRESETS).join('|')}> --data <folder> -o <run folder> [--resume] [--first-stage <run folder>] [--steps n] [--workers n]
halfspace train cvxnet --config <name> --print-config
--first-stage begins with the decoder that another run learned from occupancy grids, whatever its pictures were.
Ctrl+C stops after the step and keeps a checkpoint; --resume goes on from it.`;

export const trainCommand: Command = {
  name: 'train',
  summary: 'Train a network on a folder of shapes.',
  usage: USAGE,
  positionals: [1, 1],
  options: {
    config: { type: 'string' },
    data: { type: 'string' },
    output: { type: 'string', short: 'o' },
    resume: { type: 'boolean' },
    'first-stage': { type: 'string' },
    steps: { type: 'string' },
    workers: { type: 'string' },
    'print-config': { type: 'boolean' },
  },
  run: async ({ engine: start, positionals, values, signal, seed, progress }) => {
    if (positionals[0] !== 'cvxnet') return usage(`There is no network "${positionals[0]}"`, USAGE);
    const chosen = await readConfig(values, seed);
    if (!chosen.ok) return chosen;
    const config = chosen.value;
    if (values['print-config']) return ok({ json: config, lines: [JSON.stringify(config, null, 2)] });
    if (typeof values.data !== 'string') return usage('--data names the folder of the shapes', USAGE);
    if (typeof values.output !== 'string') return usage('-o names the folder of the run', USAGE);
    const workers = values.workers === undefined ? defaultWorkers(config.batch) : Number(values.workers);
    if (!Number.isInteger(workers) || workers < 1 || workers > 64) {
      return usage(`--workers takes a whole number from 1 to 64, not "${values.workers}"`, USAGE);
    }
    const engine = start();
    const job = engine.client.start(
      {
        kind: 'train',
        config,
        data: engine.grant(values.data, 'read'),
        destination: engine.grant(values.output, 'write'),
        resume: values.resume === true,
        ...(typeof values['first-stage'] === 'string' && {
          firstStage: engine.grant(values['first-stage'], 'read'),
        }),
        workers,
      },
      {
        onProgress: ({ stage, figures }) => progress(line(stage, figures)),
      },
    );
    // The first Ctrl+C asks for a checkpoint; a second one ends at once.
    signal.addEventListener('abort', () => job.control('stop'));
    const end = await job.result;
    if (!end.ok) return end;
    const { run, stopped, samplesPerSecond } = end.value.value;
    return ok({
      json: { ...run, rows: undefined, stopped, samplesPerSecond },
      lines: [
        `${stopped} at step ${run.checkpointStep}: best validation IoU ${run.bestIou?.toFixed(3) ?? 'not measured'}, ${samplesPerSecond.toFixed(1)} samples/s.`,
        `The best model is ${values.output}/best.safetensors.`,
      ],
    });
  },
};

function defaultWorkers(batch: number): number {
  let workers = Math.min(availableParallelism(), 8);
  while (batch % workers !== 0) workers--;
  return workers;
}

async function readConfig(values: OptionValues, seed: number): Promise<Result<TrainingConfig>> {
  const { config: name, steps } = values;
  if (typeof name !== 'string') return usage('--config names a configuration', USAGE);
  let config = PRESETS[name] as TrainingConfig | undefined;
  if (config === undefined) {
    const read = await readConfigFile(name);
    if (!read.ok) return read;
    config = read.value;
  } else if (values.seed !== undefined) config = { ...config, seed };
  if (steps === undefined) return ok(config);
  const count = Number(steps);
  if (!Number.isInteger(count) || count < 1)
    return usage(`--steps takes a whole number, not "${steps}"`, USAGE);
  return ok({ ...config, steps: count });
}

async function readConfigFile(path: string): Promise<Result<TrainingConfig>> {
  const invalid = (message: string) =>
    fail({
      code: 'config-invalid',
      message: `${path}${message}.`,
      hint: 'halfspace train cvxnet --config depth --print-config prints a whole configuration.',
    });
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    return invalid(`: ${(error as Error).message}`);
  }
  const parsed = trainingConfigSchema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return invalid(`, ${issue.path.join('.') || 'top level'}: ${issue.message}`);
}

function line(stage: string, figures: Readonly<Record<string, number>>): string {
  const { step, steps, loss, samplesPerSecond, secondsLeft, iou } = figures;
  if (loss === undefined) return stage;
  return [
    `step ${step}/${steps}`,
    `loss ${loss.toFixed(4)}`,
    `${samplesPerSecond.toFixed(1)} samples/s`,
    `${Math.ceil(secondsLeft / 60)} min left`,
    ...(iou === undefined ? [] : [`validation IoU ${iou.toFixed(3)}`]),
  ].join(', ');
}
