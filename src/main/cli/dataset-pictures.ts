import { z } from 'zod';
import { randomSprites, spriteGrid, writeDsprites } from '../files/pictures/write-dsprites';
import { writePlanted } from '../files/pictures/write-planted';
import { DSPRITES_COUNT, DSPRITES_FACTORS } from '../synthetic/pictures/dsprites';
import { ok, type Result } from '../../shared/result';
import type { CommandContext, CommandOutput } from './command';
import { checkOptions, readNumbers, usage } from './values';

const SPRITES = z.object({ count: z.int().min(1).max(DSPRITES_COUNT).optional() });
const PLANTED = z.object({ count: z.int().min(2).max(1_000_000).default(2000) });

/** `halfspace dataset dsprites`: all combinations, a grid of some, or some at random. */
export async function runDsprites(context: CommandContext): Promise<Result<CommandOutput>> {
  const { values, seed, progress, signal } = context;
  const folder = values.output;
  if (typeof folder !== 'string')
    return usage('Say where the data set goes with -o', 'A new folder is made.');
  const numbers = readNumbers(values, ['count']);
  if (!numbers.ok) return numbers;
  const options = checkOptions(SPRITES, numbers.value);
  if (!options.ok) return options;
  const { count } = options.value;
  const grid = values.grid === undefined ? null : parseGrid(String(values.grid));
  if (grid && !grid.ok) return grid;
  if (grid && count !== undefined) return usage('--grid and --count exclude each other', 'Give one of them.');
  const places = grid ? spriteGrid(grid.value) : randomSprites(count ?? DSPRITES_COUNT, seed);
  const began = performance.now();
  const onProgress = (done: number, total: number): void => progress(`sprites ${done} of ${total}`);
  const written = await writeDsprites(folder, places, { onProgress, signal });
  if (!written.ok) return written;
  const seconds = (performance.now() - began) / 1000;
  return ok({
    json: { folder, count: places.length, bytes: written.value, seed, seconds },
    lines: [
      `${places.length} sprites of ${DSPRITES_COUNT} in ${seconds.toFixed(1)} s, ${(written.value / 1e6).toFixed(1)} MB`,
      `Wrote ${folder}`,
    ],
  });
}

/** `halfspace dataset planted`: a category of MVTec AD, a tenth as many normal and anomalous test pictures each. */
export async function runPlanted(context: CommandContext): Promise<Result<CommandOutput>> {
  const { values, seed, progress, signal } = context;
  const folder = values.output;
  if (typeof folder !== 'string')
    return usage('Say where the data set goes with -o', 'A new folder is made.');
  const numbers = readNumbers(values, ['count']);
  if (!numbers.ok) return numbers;
  const options = checkOptions(PLANTED, numbers.value);
  if (!options.ok) return options;
  const train = options.value.count;
  const test = Math.max(1, Math.round(train / 10));
  const began = performance.now();
  const onProgress = (done: number, total: number): void => {
    if (done % 50 === 0 || done === total) progress(`pictures ${done} of ${total}`);
  };
  const written = await writePlanted(folder, { train, test }, seed, { onProgress, signal });
  if (!written.ok) return written;
  const seconds = (performance.now() - began) / 1000;
  return ok({
    json: { folder, train, test: { normal: test, anomalous: test }, seed, seconds },
    lines: [
      `${train} pictures to train on, ${test} normal and ${test} anomalous ones to test, in ${seconds.toFixed(1)} s`,
      `Wrote ${folder}`,
    ],
  });
}

function parseGrid(text: string): Result<readonly number[]> {
  const counts = text.split(',').map(Number);
  const fits =
    counts.length === DSPRITES_FACTORS.length &&
    counts.every((n, k) => Number.isInteger(n) && n >= 1 && n <= DSPRITES_FACTORS[k].values);
  if (fits) return ok(counts);
  const most = DSPRITES_FACTORS.map(({ name, values }) => `${name} up to ${values}`).join(', ');
  return usage(`--grid takes five counts like 3,6,10,8,8, not "${text}"`, `They are: ${most}.`);
}
