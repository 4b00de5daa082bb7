import { basename } from 'node:path';
import { completionSchema, fitOptionsSchema, type JobProgress } from '../../shared/contract/jobs';
import { documentOfSource, fitChange, performed } from '../../shared/document/build';
import { fail, ok, type Result } from '../../shared/result';
import type { Command, CommandContext, CommandOutput } from './command';
import { describeParts, figuresLine, withOverlap, writeReport } from './report';
import { runFitFlat } from './fit-flat';
import { formatOfOutput, OUTPUT_HELP, progressLine, writeOutputs } from './outputs';
import { writePicture } from './picture';
import { checkOptions, readNumbers } from './values';

export const fitCommand: Command = {
  name: 'fit',
  summary: 'Fit a union of convex parts to a mesh, a point set, a depth image, or a mask.',
  usage: `halfspace fit <mesh|points|depth image> -o <file or folder>
  --camera <camera.json>       camera of a depth image (default: <name>.camera.json or camera.json beside it)
  --completion none|mirror|ground   how the unseen side of a depth image is completed (default: none)
  --metres-per-unit <n>        size of one unit of the file in metres (default: 1)
  --up y|z                     up axis of the file
  --parts <n>  --planes <n>    most parts, and planes per part (default: 24, 16)
  --steps <n>                  most optimisation steps (default: 1000)
  --report <report.json>       everything measured
  --picture <picture.png>      a rendered picture of the parts
  --flat                       a mask in a picture to convex polygons: -o <file.svg|file.json>, --parts, --planes (lines
                               per part), --steps, and
  --threshold <0..1> --invert  what counts as inside: opacity or brightness from here on, or the other side
  --smoothness <n> --sharpness <n>  of the field that the polygons are fitted through (default: 600, 300)
${OUTPUT_HELP}`,
  positionals: [1, 1],
  options: {
    output: { type: 'string', short: 'o' },
    camera: { type: 'string' },
    completion: { type: 'string' },
    'metres-per-unit': { type: 'string' },
    up: { type: 'string' },
    parts: { type: 'string' },
    planes: { type: 'string' },
    steps: { type: 'string' },
    report: { type: 'string' },
    picture: { type: 'string' },
    flat: { type: 'boolean' },
    threshold: { type: 'string' },
    invert: { type: 'boolean' },
    smoothness: { type: 'string' },
    sharpness: { type: 'string' },
  },
  run: (context) => (context.values.flat === true ? runFitFlat(context) : runFit(context)),
};

async function runFit(context: CommandContext): Promise<Result<CommandOutput>> {
  const { values, signal } = context;
  const input = context.positionals[0];
  const output = values.output;
  if (typeof output !== 'string')
    return fail({ code: 'usage', message: 'Say where the result goes with -o.' });
  const format = formatOfOutput(output);
  if (!format.ok) return format;
  const numbers = readNumbers(values, ['parts', 'planes', 'steps', 'metres-per-unit']);
  if (!numbers.ok) return numbers;
  const { parts, planes, steps } = numbers.value;
  const options = checkOptions(fitOptionsSchema, { parts, planes, steps, seed: context.seed });
  if (!options.ok) return options;
  const completion = checkOptions(completionSchema.optional(), values.completion);
  if (!completion.ok) return fail({ code: 'usage', message: '--completion takes none, mirror or ground.' });
  if (values.up !== undefined && values.up !== 'y' && values.up !== 'z') {
    return fail({ code: 'usage', message: '--up takes y or z.' });
  }

  const engine = context.engine();
  const source = {
    token: engine.grant(input, 'read'),
    ...(typeof values.camera === 'string' && { cameraToken: engine.grant(values.camera, 'read') }),
    ...(completion.value && { completion: completion.value }),
    ...(numbers.value['metres-per-unit'] && { metresPerFileUnit: numbers.value['metres-per-unit'] }),
    ...(values.up && { upAxis: values.up as 'y' | 'z' }),
  };
  const opened = await engine.client.run({ kind: 'open', source }, { signal });
  if (!opened.ok) return opened;
  const onProgress = (progress: JobProgress): void => context.progress(progressLine(progress));
  const fitted = await engine.client.run(
    { kind: 'fit', source, options: options.value },
    { signal, onProgress },
  );
  if (!fitted.ok) return fitted;

  const made = performed(
    documentOfSource(basename(input), opened.value),
    fitChange(fitted.value, options.value),
  );
  if (!made.ok) return made;
  const document = made.value;
  const files = await writeOutputs(engine, document, source, output, format.value, signal);
  if (!files.ok) return files;
  const report = {
    input: basename(input),
    model: null,
    modelHash: null,
    seed: context.seed,
    options: options.value,
    backend: fitted.value.backend,
    steps: fitted.value.steps,
    stopped: fitted.value.stopped,
    secondsPerStage: fitted.value.secondsPerStage,
    shape: withOverlap(fitted.value.figures),
    parts: describeParts(document),
  };
  if (typeof values.report === 'string') await writeReport(values.report, report);
  if (typeof values.picture === 'string') await writePicture(values.picture, document);
  const seconds = Object.values(fitted.value.secondsPerStage).reduce((sum, stage) => sum + stage, 0);
  return ok({
    json: { ...report, files: files.value, notes: opened.value.notes },
    lines: [
      ...opened.value.notes.map((note) => `Note: ${note}`),
      `${figuresLine(fitted.value.figures)} in ${seconds.toFixed(1)} s${fitted.value.stopped === 'exact' ? ': exactly the parts it is made of' : ''}`,
      ...files.value.map((file) => `Wrote ${file}`),
    ],
  });
}
