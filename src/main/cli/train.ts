import { readFile } from 'node:fs/promises';
import {
  parseTrainingConfig,
  stageAt,
  type TrainingConfig,
  type NetworkKind,
} from '../../shared/recipes/training';
import { TRAINING_PRESETS } from '../../shared/recipes/training-presets';
import { builtinPicturesSchema } from '../../shared/recipes/vae';
import { parseNames } from '../../shared/names';
import { fail, ok, type Result } from '../../shared/result';
import type { Command, OptionValues } from './command';
import { usage } from './values';
import { NETWORKS, NETWORK_KINDS, isNetworkKind } from '../../shared/networks';

const presetsOf = (kind: NetworkKind) => TRAINING_PRESETS.filter(({ config }) => config.kind === kind);

const namesOf = (kind: NetworkKind): string =>
  presetsOf(kind)
    .map(({ name }) => name)
    .join('|');

const USAGE = `${NETWORK_KINDS.map((kind) => {
  const { usage: own } = NETWORKS[kind];
  return `halfspace train ${kind} --config <config.json or ${namesOf(kind)}> --data ${own.data} -o <run folder> ${own.options} [options]`;
}).join('\n')}
halfspace train <${NETWORK_KINDS.join('|')}> --config <name> --print-config
options: [--resume] [--steps n] [--workers n]
--data may be repeated: shapes of several data sets are learned from together.
--first-stage begins with the decoder that another run learned from occupancy grids, whatever its pictures were.
--classes learns from pictures of these classes only: one class makes a one-class model.
Ctrl+C stops after the step and keeps a checkpoint; --resume goes on from it.`;

export const trainCommand: Command = {
  name: 'train',
  summary: 'Train a network on shapes or pictures.',
  usage: USAGE,
  positionals: [1, 1],
  options: {
    config: { type: 'string' },
    data: { type: 'string', multiple: true },
    output: { type: 'string', short: 'o' },
    resume: { type: 'boolean' },
    'first-stage': { type: 'string' },
    classes: { type: 'string' },
    steps: { type: 'string' },
    workers: { type: 'string' },
    'print-config': { type: 'boolean' },
  },
  run: async ({ engine: start, positionals, values, signal, seed, progress }) => {
    const [kind] = positionals;
    if (!isNetworkKind(kind)) return usage(`There is no network "${kind}"`, USAGE);
    const chosen = await readConfig(kind, values, seed);
    if (!chosen.ok) return chosen;
    const config = chosen.value;
    if (values['print-config']) return ok({ json: config, lines: [JSON.stringify(config, null, 2)] });
    const { data } = values;
    if (!Array.isArray(data)) return usage('--data names what is learned from', USAGE);
    if (typeof values.output !== 'string') return usage('-o names the folder of the run', USAGE);
    const workers = values.workers === undefined ? undefined : Number(values.workers);
    if (workers !== undefined && (!Number.isInteger(workers) || workers < 1 || workers > 64)) {
      return usage(`--workers takes a whole number from 1 to 64, not "${values.workers}"`, USAGE);
    }
    const engine = start();
    const builtin = builtinPicturesSchema.safeParse(data.length === 1 ? data[0] : null);
    const job = engine.client.start(
      {
        kind: 'train',
        config,
        data:
          NETWORKS[kind].learnsFrom === 'pictures' && builtin.success
            ? { builtin: builtin.data }
            : data.map((path) => engine.grant(path, 'read')),
        destination: engine.grant(values.output, 'write'),
        resume: values.resume === true,
        ...(typeof values['first-stage'] === 'string' && {
          firstStage: engine.grant(values['first-stage'], 'read'),
        }),
        ...(workers !== undefined && { workers }),
      },
      {
        onProgress: ({ stage, figures }) => progress(line(config, stage, figures)),
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
        `${stopped} at ${stepWords(run.config, run.checkpointStep, false)}: best validation ${NETWORKS[kind].validation.words} ${run.best?.toFixed(3) ?? 'not measured'}, ${samplesPerSecond.toFixed(1)} samples/s.`,
        `The best model is ${values.output}/best.safetensors.`,
      ],
    });
  },
};

async function readConfig(
  kind: NetworkKind,
  values: OptionValues,
  seed: number,
): Promise<Result<TrainingConfig>> {
  const { config: name, steps, classes } = values;
  if (typeof name !== 'string') return usage('--config names a configuration', USAGE);
  let config = presetsOf(kind).find((preset) => preset.name === name)?.config;
  if (config === undefined) {
    const read = await readConfigFile(name);
    if (!read.ok) return read;
    config = read.value;
    if (config.kind !== kind) {
      return usage(`${name} configures a ${config.kind}, not a ${kind}`, USAGE);
    }
  } else if (values.seed !== undefined) config = { ...config, seed };
  if (typeof classes === 'string') {
    if (!('classes' in config)) return usage('--classes is for a VAE', USAGE);
    const names = parseNames(classes);
    if (names === null) return usage('--classes names no class', USAGE);
    config = { ...config, classes: names };
  }
  if (steps === undefined) return ok(config);
  const count = Number(steps);
  if (!Number.isInteger(count) || count < 1)
    return usage(`--steps takes a whole number, not "${steps}"`, USAGE);
  return ok({ ...config, steps: count });
}

async function readConfigFile(path: string): Promise<Result<TrainingConfig>> {
  const text = await readFile(path, 'utf8').catch((error: Error) => error);
  if (typeof text === 'string') return parseTrainingConfig(text, path);
  return fail({
    code: 'config-invalid',
    message: `${path} cannot be read: ${text.message}.`,
    hint: '--config takes the name of a configuration or a file.',
  });
}

/** A step of all stages by its number within its own, "step 120 of the first stage", while it runs of how many. */
function stepWords(config: TrainingConfig, at: number, running: boolean): string {
  const { name, step, steps } = stageAt(config, at);
  if (name === 'main' && step === 0 && at > 0) return 'the end of the first stage';
  return `step ${step}${running ? `/${steps}` : ''}${name === 'first' ? ' of the first stage' : ''}`;
}

function line(config: TrainingConfig, stage: string, figures: Readonly<Record<string, number>>): string {
  const { loss, samplesPerSecond, secondsLeft } = figures;
  const { figure, words } = NETWORKS[config.kind].validation;
  const validated = figures[figure];
  if (loss === undefined) return stage;
  return [
    stepWords(config, figures.stepsDone, true),
    `loss ${loss.toFixed(4)}`,
    `${samplesPerSecond.toFixed(1)} samples/s`,
    `${Math.ceil(secondsLeft / 60)} min left`,
    ...(validated === undefined ? [] : [`validation ${words} ${validated.toFixed(3)}`]),
  ].join(', ');
}
