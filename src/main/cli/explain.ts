import { ok, type Result } from '../../shared/result';
import { defaultLayer } from '../../shared/pictures/default-layer';
import type { Command, CommandContext, CommandOutput } from './command';
import { EXPLAIN_USAGE, readExplainOptions } from './explain-options';
import { explainParts } from './explain-parts';
import { cardOf, collectionOf, indicesOf } from './explain-selection';
import { modelChoice } from './models';
import { progressLine } from './outputs';
import { usage } from './values';

export const explainCommand: Command = {
  name: 'explain',
  summary: 'Write maps of what each latent of a VAE, or each part of a CvxNet, looks at.',
  usage: EXPLAIN_USAGE,
  positionals: [1, 1],
  options: {
    output: { type: 'string', short: 'o' },
    model: { type: 'string' },
    latent: { type: 'string' },
    layer: { type: 'string' },
    variant: { type: 'string' },
    sign: { type: 'string' },
    'colour-map': { type: 'string' },
    split: { type: 'string' },
    class: { type: 'string' },
    pictures: { type: 'string' },
    parts: { type: 'boolean' },
  },
  run: runExplain,
};

async function runExplain(context: CommandContext): Promise<Result<CommandOutput>> {
  const { values, positionals } = context;
  const options = readExplainOptions(values);
  if (!options.ok) return options;
  if (values.parts === true) return explainParts(context, options.value);
  if (typeof values.model !== 'string') return usage('--model names the VAE', EXPLAIN_USAGE);
  const engine = context.engine();
  const collection = await collectionOf(engine, positionals[0]);
  if (!collection.ok) return collection;
  const model = modelChoice(engine, values.model);
  const card = await cardOf(context, engine, model);
  if (!card.ok) return card;
  const opened = await engine.client.run(
    { kind: 'open-pictures', collection: collection.value },
    { signal: context.signal },
  );
  if (!opened.ok) return opened;
  const indices = await indicesOf(context, engine, collection.value, opened.value, options.value);
  if (!indices.ok) return indices;
  const { latent, variant, output, sign, colourMap } = options.value;
  const layer = options.value.layer ?? defaultLayer(card.value.layers).name;
  const isAnomaly = latent === 'anomaly';
  const painted = sign ?? (isAnomaly || variant === 'authors-code' ? 'abs' : 'relu');
  const written = await engine.client.run(
    {
      kind: 'export-maps',
      model,
      selection: { collection: collection.value, ...indices.value },
      request: isAnomaly
        ? {
            kind: 'anomaly',
            options: {
              layer,
              score: 'sumMu',
              sign: painted === 'relu' ? 'relu' : 'abs',
              normalStatistics: 'trainMean',
              activation: 'pre',
              seed: context.seed,
            },
          }
        : {
            kind: 'attention',
            options: {
              layer,
              variant,
              // The authors' public code looks before the ReLU.
              activation: variant === 'authors-code' ? 'pre' : 'post',
              latent: 'mu',
              seed: context.seed,
            },
          },
      latents: typeof latent === 'number' ? [latent] : null,
      sign: painted,
      colourMap: colourMap ?? (painted === 'signed' ? 'diverging' : 'viridis'),
      opacity: 0.6,
      destination: engine.grant(output, 'write'),
    },
    { signal: context.signal, onProgress: (progress) => context.progress(progressLine(progress)) },
  );
  if (!written.ok) return written;
  const { files } = written.value;
  const { split, indices: chosen } = indices.value;
  return ok({
    json: { collection: opened.value.name, split, layer, pictures: chosen.length, files },
    lines: [
      ...opened.value.notes.map((note) => `Note: ${note}`),
      `${chosen.length} of ${opened.value.counts[split]} pictures of ${opened.value.name}, ${split} split, looked at in ${layer}`,
      `Wrote ${files.length} files into ${output}: overlays (PNG), maps (NPY), maps.json`,
    ],
  });
}
