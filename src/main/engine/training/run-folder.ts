import { mkdir, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseTrainingConfig, type TrainingConfig } from '../../../shared/recipes/training';
import type { TrainingRun } from '../../../shared/contract/learning';
import { builtinPicturesSchema, type BuiltinPictures } from '../../../shared/recipes/vae';
import { fail, ok, type Result } from '../../../shared/result';
import { writeFileAtomic } from '../../files/atomic';
import { readBytes } from '../../files/source/bytes';
import { readMetrics } from '../../files/tensorboard/metrics';
import type { TrainingData } from './messages';
import { NETWORKS, isBetter } from '../../../shared/networks';

/** The files of a run. */
export function runFiles(folder: string) {
  return {
    config: join(folder, 'config.json'),
    /** Names the pictures that ship, where the run learns from these; a person's files are not written down. */
    builtin: join(folder, 'builtin.json'),
    checkpoint: join(folder, 'checkpoint.safetensors'),
    best: join(folder, 'best.safetensors'),
    /** The checkpoint at the end of the first stage, which other runs may begin with. */
    firstStage: join(folder, 'first-stage.safetensors'),
    metrics: join(folder, 'metrics.jsonl'),
    events: join(folder, 'events.out.tfevents.halfspace'),
  };
}

/** A run that has a folder and a configuration, but has not learned yet. */
export interface BegunRun {
  /** Takes back what there is of the run, and its folder where it was made for it: nothing was learned. */
  undo(): Promise<void>;
}

/**
 * Makes the folder of a new run and keeps its configuration, and which pictures it learns from if they ship. A folder
 * with a run in it is a problem.
 */
export async function beginRun(
  folder: string,
  config: TrainingConfig,
  data: TrainingData,
): Promise<Result<BegunRun>> {
  const present = await readdir(folder).catch((): string[] => []);
  if (present.includes('config.json')) {
    return fail({
      code: 'run-exists',
      message: `${folder} already holds a run.`,
      hint: 'Continue it with --resume (or "Resume" in the window), or choose another folder.',
    });
  }
  const made = await mkdir(folder, { recursive: true });
  const written = await writeFileAtomic(
    runFiles(folder).config,
    Buffer.from(JSON.stringify(config, null, 2)),
  );
  const undo = async (): Promise<void> => {
    const own = Object.values(runFiles(folder)).filter((file) => !present.includes(basename(file)));
    for (const file of own) await rm(file, { force: true });
    // Whatever else lies there keeps it.
    if (made !== undefined) await rmdir(folder).catch(() => undefined);
  };
  if (!written.ok || !('builtin' in data)) return written.ok ? ok({ undo }) : written;
  const named = await writeFileAtomic(runFiles(folder).builtin, Buffer.from(JSON.stringify(data.builtin)));
  return named.ok ? ok({ undo }) : named;
}

async function readBuiltin(folder: string): Promise<BuiltinPictures | null> {
  const text = await readFile(runFiles(folder).builtin, 'utf8').catch(() => 'null');
  try {
    return builtinPicturesSchema.nullable().parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The configuration that a run was begun with. */
export async function readRunConfig(folder: string): Promise<Result<TrainingConfig>> {
  const path = runFiles(folder).config;
  const bytes = await readBytes(path);
  if (!bytes.ok) {
    return fail({
      code: 'not-a-run',
      message: `${folder} holds no training run: config.json cannot be read.`,
      hint: 'Choose the folder that a training wrote.',
    });
  }
  return parseTrainingConfig(Buffer.from(bytes.value).toString('utf8'), path);
}

/** A run as it lies on the disk. */
export async function readRun(folder: string): Promise<Result<TrainingRun>> {
  const config = await readRunConfig(folder);
  if (!config.ok) return config;
  const files = await readdir(folder);
  const metrics = files.includes('metrics.jsonl')
    ? await readMetrics(runFiles(folder).metrics)
    : ok({ rows: [], note: null });
  if (!metrics.ok) return metrics;
  const { rows, note } = metrics.value;
  const { kind } = config.value;
  let best: number | null = null;
  for (const { values } of rows) {
    const value = values[NETWORKS[kind].validation.metric];
    if (value !== undefined && isBetter(kind, value, best)) best = value;
  }
  const validated = rows.findLast(({ values }) => values.checkpoint !== undefined);
  return ok({
    name: basename(folder),
    config: config.value,
    builtin: await readBuiltin(folder),
    rows,
    checkpointStep: validated?.values.checkpoint ?? 0,
    best,
    notes: note === null ? [] : [note],
  });
}
