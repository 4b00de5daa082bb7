import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ImageRequest } from '../../shared/contract/inputs';
import { createDocument, performed, reconstructionChange } from '../../shared/document/build';
import { fail, ok, type Result } from '../../shared/result';
import type { Command, CommandContext, CommandOutput } from './command';
import { modelChoice } from './models';
import { formatOfOutput, OUTPUT_HELP, progressLine, writeOutputs } from './outputs';
import { writePicture } from './picture';
import { describeParts, writeJson } from './report';

export const reconstructCommand: Command = {
  name: 'reconstruct',
  summary: 'Reconstruct convex parts from a colour picture or a depth image.',
  usage: `halfspace reconstruct <picture> -o <file or folder>
  --model <name|file>          a model that ships, or a model file (default: the one for this kind of picture)
  --camera <camera.json>       camera of the picture (default: <name>.camera.json or camera.json beside it)
  --refine                     continue from the network's guess on what the picture shows
  --box x,y,w,h                where the object is, pixels of the upright picture
  --report <report.json>       model, hash, seed, seconds per stage, parts
  --picture <picture.png>      a rendered picture of the parts
${OUTPUT_HELP}`,
  positionals: [1, 1],
  options: {
    output: { type: 'string', short: 'o' },
    model: { type: 'string' },
    camera: { type: 'string' },
    refine: { type: 'boolean' },
    box: { type: 'string' },
    report: { type: 'string' },
    picture: { type: 'string' },
  },
  run: runReconstruct,
};

async function runReconstruct(context: CommandContext): Promise<Result<CommandOutput>> {
  const { values, signal, seed } = context;
  const [input] = context.positionals;
  if (typeof values.output !== 'string')
    return fail({ code: 'usage', message: 'Say where the result goes with -o.' });
  const format = formatOfOutput(values.output);
  if (!format.ok) return format;
  const box = readBox(values.box);
  if (!box.ok) return box;
  const engine = context.engine();
  const image: ImageRequest = {
    token: engine.grant(input, 'read'),
    ...(typeof values.camera === 'string' && { cameraToken: engine.grant(values.camera, 'read') }),
    ...(box.value && { box: box.value }),
  };
  const seen = await engine.client.run({ kind: 'inspect-image', image }, { signal });
  if (!seen.ok) return seen;
  const model = modelChoice(engine, typeof values.model === 'string' ? values.model : seen.value.input);
  const made = await engine.client.run(
    { kind: 'reconstruct', image, model, refine: values.refine === true, seed },
    { signal, onProgress: (progress) => context.progress(progressLine(progress)) },
  );
  if (!made.ok) return made;
  const picture = {
    file: basename(input),
    sha256: seen.value.sha256,
    byteLength: (await stat(input)).size,
    ...(box.value && { box: box.value }),
  };
  const built = performed(
    createDocument(picture.file, made.value.frame),
    reconstructionChange(made.value, picture, seed),
  );
  if (!built.ok) return built;
  const document = built.value;
  const files = await writeOutputs(engine, document, image, values.output, format.value, signal);
  if (!files.ok) return files;
  const { secondsPerStage, notes, observed, backend, metric, cameraToShape, refined } = made.value;
  const report = {
    input: basename(input),
    model: made.value.model.name,
    modelHash: made.value.model.sha256,
    seed,
    backend,
    secondsPerStage,
    refined,
    observed,
    metric,
    cameraToShape,
    parts: describeParts(document),
  };
  if (typeof values.report === 'string') await writeJson(values.report, report);
  if (typeof values.picture === 'string') await writePicture(values.picture, document);
  const seconds = Object.values(secondsPerStage).reduce((sum, stage) => sum + stage, 0);
  const better = observed
    ? `, ${observed.before.toFixed(2)} to ${observed.after.toFixed(2)} % ${observed.of}`
    : '';
  return ok({
    json: { ...report, files: files.value, notes },
    lines: [
      ...notes.map((note) => `Note: ${note}`),
      `${document.parts.length} parts by the model ${report.model}${better} in ${seconds.toFixed(1)} s`,
      ...files.value.map((file) => `Wrote ${file}`),
    ],
  });
}

function readBox(text: unknown): Result<ImageRequest['box'] | null> {
  if (typeof text !== 'string') return ok(null);
  const numbers = text.split(',').map(Number);
  const [x, y, width, height] = numbers;
  return numbers.length === 4 && numbers.every(Number.isFinite) && width > 0 && height > 0
    ? ok({ x, y, width, height })
    : fail({ code: 'usage', message: `--box takes x,y,width,height in pixels, not "${text}".` });
}
