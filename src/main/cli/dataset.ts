import { z } from 'zod';
import { shapesOptionsSchema } from '../files/dataset/shapes-format';
import { writeShapesDataset } from '../files/dataset/write-shapes';
import { parseNames } from '../../shared/names';
import { fail, ok, type Result } from '../../shared/result';
import type { Command, CommandContext, CommandOutput } from './command';
import { runMeshes } from './dataset-meshes';
import { runDsprites, runPlanted } from './dataset-pictures';
import { checkOptions, readNumbers, usage } from './values';

interface Kind {
  readonly run: (context: CommandContext) => Promise<Result<CommandOutput>>;
  /** Its options beside the folder. */
  readonly options: readonly string[];
  /** Names that it takes after its own; none where absent. */
  readonly takes?: number;
}

/** What can be made, by the first name on the command line. */
const KINDS: Readonly<Record<string, Kind>> = {
  shapes: { run: runShapes, options: ['count', 'views', 'image-size', 'points', 'families'] },
  meshes: { run: runMeshes, options: ['views', 'image-size', 'points', 'up'], takes: 1 },
  dsprites: { run: runDsprites, options: ['count', 'grid'] },
  planted: { run: runPlanted, options: ['count'] },
};
const OPTIONS = [...new Set(Object.values(KINDS).flatMap(({ options }) => options))];

/** The options by the names that a person types, so that errors name them. */
const { imageSize, pointsPerSet, ...others } = shapesOptionsSchema.shape;
const argumentsSchema = z.object({ ...others, 'image-size': imageSize, points: pointsPerSet });

export const datasetCommand: Command = {
  name: 'dataset',
  summary: 'Make a data set to train on.',
  usage: `halfspace dataset shapes -o <folder>
  --count <n>        shapes, families in turn (default: 3000)
  --views <n>        pictures per shape (default: 6)
  --image-size <n>   pixels of a picture's side (default: 80)
  --points <n>       points in the cube and points near the surface, each (default: 16384)
  --families <a,b>   some families only
  A run that was stopped is continued by the same command.
halfspace dataset meshes <folder> -o <folder>
  --views, --image-size, --points as above
  --up y|z           up axis of the files (default: each format's own)
  One shape a mesh; folders within the folder are categories. What cannot be read is named and left out.
halfspace dataset dsprites -o <folder>
  --count <n>        sprites drawn at random, different ones (default: all 737280)
  --grid <a,b,c,d,e> every combination of some shapes, scales, orientations, x and y instead
halfspace dataset planted -o <folder>
  --count <n>        normal pictures to train on (default: 2000); a tenth as many normal and anomalous ones to test
Same options and seed, same bytes.`,
  positionals: [1, 2],
  options: {
    output: { type: 'string', short: 'o' },
    count: { type: 'string' },
    views: { type: 'string' },
    'image-size': { type: 'string' },
    points: { type: 'string' },
    families: { type: 'string' },
    up: { type: 'string' },
    grid: { type: 'string' },
  },
  run: async (context) => {
    const name = context.positionals[0];
    const kind = KINDS[name];
    if (kind) {
      const odd = context.positionals[1 + (kind.takes ?? 0)];
      if (odd !== undefined) return usage(`"dataset ${name}" takes no name "${odd}"`, datasetCommand.usage);
      const option = OPTIONS.find((one) => context.values[one] !== undefined && !kind.options.includes(one));
      if (option)
        return usage(`--${option} is no option of "dataset ${name}"`, 'See "halfspace dataset --help".');
      return kind.run(context);
    }
    return fail({
      code: 'usage',
      message: `There is no data set "${name}".`,
      hint: `There is: ${Object.keys(KINDS).join(', ')}.`,
    });
  },
};

async function runShapes({ values, seed, signal, progress }: CommandContext): Promise<Result<CommandOutput>> {
  const folder = values.output;
  if (typeof folder !== 'string')
    return fail({ code: 'usage', message: 'Say where the data set goes with -o.' });
  const numbers = readNumbers(values, ['count', 'views', 'image-size', 'points']);
  if (!numbers.ok) return numbers;
  const options = checkOptions(argumentsSchema, {
    ...numbers.value,
    seed,
    families: typeof values.families === 'string' ? (parseNames(values.families) ?? []) : undefined,
  });
  if (!options.ok) return options;
  const { points, 'image-size': imageSize, ...rest } = options.value;
  const made = { ...rest, pointsPerSet: points, imageSize };
  const began = performance.now();
  const onProgress = (done: number, total: number): void => {
    if (done % 10 === 0 || done === total) progress(`shapes ${done} of ${total}`);
  };
  const written = await writeShapesDataset(folder, made, { onProgress, signal });
  if (!written.ok) return written;
  const { total, found } = written.value;
  const seconds = (performance.now() - began) / 1000;
  return ok({
    json: { folder, ...made, found, seconds },
    lines: [
      `${total} shapes of ${made.families.length} families in ${seconds.toFixed(1)} s${found > 0 ? `, ${found} of them were there` : ''}`,
      `Wrote ${folder}`,
    ],
  });
}
