import { basename } from 'node:path';
import { flatOptionsSchema } from '../../shared/contract/flat';
import { drawingOver } from '../../shared/flat/text';
import { ok, type Result } from '../../shared/result';
import { flatFormatOf, writeFlat } from '../files/write/svg';
import type { CommandContext, CommandOutput } from './command';
import { checkOptions, readNumbers, usage } from './values';

const HINT = 'halfspace fit mask.png --flat -o polygons.svg';

/** `halfspace fit <picture> --flat`: the mask of a picture to convex polygons. */
export async function runFitFlat(context: CommandContext): Promise<Result<CommandOutput>> {
  const { values, signal } = context;
  const [input] = context.positionals;
  if (typeof values.output !== 'string') return usage('Say where the polygons go with -o', HINT);
  const format = flatFormatOf(values.output);
  if (!format.ok) return format;
  const numbers = readNumbers(values, ['parts', 'planes', 'steps', 'smoothness', 'sharpness', 'threshold']);
  if (!numbers.ok) return numbers;
  const { threshold = 0.5, ...settings } = numbers.value;
  if (threshold < 0 || threshold > 1) return usage('--threshold takes a number from 0 to 1', HINT);
  const options = checkOptions(flatOptionsSchema, { ...settings, seed: context.seed });
  if (!options.ok) return options;

  const engine = context.engine();
  const opened = await engine.client.run(
    { kind: 'open-mask', token: engine.grant(input, 'read'), threshold, invert: values.invert === true },
    { signal },
  );
  if (!opened.ok) return opened;
  const { mask, from } = opened.value;
  const startedAt = performance.now();
  const fitted = await engine.client.run(
    { kind: 'fit-flat', mask, options: options.value },
    {
      signal,
      onProgress: ({ fraction, figures }) =>
        context.progress(
          `Fitting ${Math.round((fraction ?? 0) * 100)} %, IoU ${(figures.iou ?? 0).toFixed(3)}`,
        ),
    },
  );
  if (!fitted.ok) return fitted;
  const seconds = (performance.now() - startedAt) / 1000;
  const { shape, frame, figures, steps, stopped } = fitted.value;
  const written = await writeFlat(values.output, drawingOver(mask, frame, shape));
  if (!written.ok) return written;
  const sides = { alpha: 'what is opaque', light: 'what is light', dark: 'what is dark' } as const;
  return ok({
    json: {
      input: basename(input),
      insideIs: from,
      seed: context.seed,
      options: options.value,
      steps,
      stopped,
      seconds,
      figures,
      files: [values.output],
      notes: opened.value.notes,
    },
    lines: [
      ...opened.value.notes.map((note) => `Note: ${note}`),
      `The shape is ${sides[from]}${values.invert === true ? ', inverted' : ''}.`,
      `${figures.partCount} parts, ${figures.edges} edges, IoU ${figures.iou.toFixed(3)} (smooth ` +
        `${figures.smoothIou.toFixed(3)}) in ${seconds.toFixed(1)} s`,
      `Wrote ${values.output}`,
    ],
  });
}
