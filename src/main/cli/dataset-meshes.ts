import { z } from 'zod';
import { madeWords, meshesOptionsSchema, skippedWords } from '../../shared/dataset/made';
import { ok, type Result } from '../../shared/result';
import type { CommandContext, CommandOutput } from './command';
import { checkOptions, readNumbers, usage } from './values';

/** The options by the names that a person types, so that errors name them. */
const { imageSize, pointsPerSet, upAxis, ...others } = meshesOptionsSchema.shape;
const argumentsSchema = z.object({ ...others, 'image-size': imageSize, points: pointsPerSet, up: upAxis });

/** `halfspace dataset meshes`: one shape a mesh, by the job that the window runs. */
export async function runMeshes(context: CommandContext): Promise<Result<CommandOutput>> {
  const { positionals, values, seed, signal, progress } = context;
  const [, folder] = positionals;
  if (folder === undefined)
    return usage('Say which folder of meshes', 'halfspace dataset meshes <folder> -o <folder>');
  const { output } = values;
  if (typeof output !== 'string')
    return usage('Say where the data set goes with -o', 'A new folder is made.');
  const numbers = readNumbers(values, ['views', 'image-size', 'points']);
  if (!numbers.ok) return numbers;
  const options = checkOptions(argumentsSchema, { ...numbers.value, seed, up: values.up });
  if (!options.ok) return options;
  const { 'image-size': side, points, up, ...rest } = options.value;
  const made = { ...rest, imageSize: side, pointsPerSet: points, ...(up && { upAxis: up }) };
  const began = performance.now();
  const engine = context.engine();
  const written = await engine.client.run(
    {
      kind: 'make-dataset',
      meshes: engine.grant(folder, 'read'),
      destination: engine.grant(output, 'write'),
      options: made,
    },
    { signal, onProgress: ({ stage }) => progress(stage) },
  );
  if (!written.ok) return written;
  const seconds = (performance.now() - began) / 1000;
  return ok({
    json: { folder: output, meshes: folder, options: made, ...written.value, seconds },
    lines: [
      `${madeWords(written.value)}.`,
      ...skippedWords(written.value).map((line) => `  ${line}`),
      `Wrote ${output} in ${seconds.toFixed(1)} s`,
    ],
  });
}
