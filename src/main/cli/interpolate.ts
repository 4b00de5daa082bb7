import { fail, ok, type Result } from '../../shared/result';
import type { Command, CommandContext, CommandOutput } from './command';
import { modelChoice } from './models';
import { progressLine } from './outputs';
import { readNumbers } from './values';

export const interpolateCommand: Command = {
  name: 'interpolate',
  summary: 'Write the shapes between two pictures, as a network blends them.',
  usage: `halfspace interpolate <picture> <picture> --model <name|file> -o <folder>
  --steps <n>        shapes, both ends among them (default: 9)
The folder gets one GLB file per shape and strip.png.`,
  positionals: [2, 2],
  options: {
    output: { type: 'string', short: 'o' },
    model: { type: 'string' },
    steps: { type: 'string' },
  },
  run: runInterpolate,
};

async function runInterpolate(context: CommandContext): Promise<Result<CommandOutput>> {
  const { values, signal, seed, positionals } = context;
  if (typeof values.output !== 'string')
    return fail({ code: 'usage', message: 'Say where the shapes go with -o.' });
  if (typeof values.model !== 'string')
    return fail({ code: 'usage', message: 'Name the model with --model.' });
  const numbers = readNumbers(values, ['steps']);
  if (!numbers.ok) return numbers;
  const { steps = 9 } = numbers.value;
  if (!Number.isInteger(steps) || steps < 2 || steps > 600) {
    return fail({ code: 'usage', message: '--steps takes a whole number from 2 to 600.' });
  }
  const engine = context.engine();
  const model = modelChoice(engine, values.model);
  const latents: number[][] = [];
  for (const input of positionals) {
    const image = { token: engine.grant(input, 'read') };
    const made = await engine.client.run(
      { kind: 'reconstruct', image, model, refine: false, seed },
      { signal, onProgress: (progress) => context.progress(progressLine(progress)) },
    );
    if (!made.ok) return made;
    latents.push([...made.value.latent]);
  }
  const destination = engine.grant(values.output, 'write');
  const written = await engine.client.run(
    { kind: 'interpolate', model, latents, frames: steps, destination },
    { signal, onProgress: (progress) => context.progress(progressLine(progress)) },
  );
  if (!written.ok) return written;
  return ok({ json: written.value, lines: written.value.files.map(({ name }) => `Wrote ${name}`) });
}
