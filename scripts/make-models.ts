import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createGrants } from '../src/main/engine/service/grants';
import { codeOf, evaluateNetwork, spreadOverFamilies } from '../src/main/engine/measure/evaluate';
import { writeSubset } from '../src/main/engine/measure/subset';
import { listModels, openNetwork } from '../src/main/engine/models/networks';
import { openDataset } from '../src/main/files/dataset';
import { writeModel } from '../src/main/files/model';
import { createWasmFieldKernel } from '../src/main/compute/kernels/wasm';
import { unwrap } from '../src/shared/result';
import { cardPage, curveDrawing } from './models/card-text';
import { readOptions } from './models/options';
import { readTrained } from './models/trained';

/**
 * Makes a model that ships from a training run: half precision, a library of training shapes, the card with its scores
 * on the test split, and a subset by which the card can be checked.
 */
const LIBRARY = 400;
const FITS = 30;
const REFINED = 45;

const options = readOptions(process.argv.slice(2));
const modelsFolder = resolve(import.meta.dirname, '../resources/models');
const folder = join(modelsFolder, options.name);
const file = join(folder, 'model.safetensors');
const room = { grants: createGrants(), backend: 'wasm', modelsFolder } as const;

const trained = unwrap(await readTrained(options.run));
const dataset = unwrap(await openDataset(options.data));
const card = {
  ...trained.card,
  title: options.title,
  data: options.recipe ?? (trained.card.data || dataset.name),
};
await mkdir(folder, { recursive: true });
await rm(file, { force: true });
const content = { config: trained.config, weights: trained.weights, precision: 'F16' } as const;
unwrap(await writeModel(file, { ...content, card }));

const network = unwrap(await openNetwork({ name: options.name }, room));
const latents: number[] = [];
const members = spreadOverFamilies(dataset.shapes('train'), LIBRARY);
for (const { id } of members) {
  latents.push(...unwrap(await codeOf(unwrap(await dataset.read(id)), network)));
}
const library = {
  latents: Float32Array.from(latents),
  ids: members.map(({ id }) => id),
  families: members.map(({ family }) => family),
};
const tools = { kernel: await createWasmFieldKernel(), seed: 1, signal: new AbortController().signal };
const methods = unwrap(
  await evaluateNetwork({
    network,
    dataset,
    split: 'test',
    shapes: options.shapes,
    baselines: true,
    fits: FITS,
    refined: REFINED,
    tools,
    onProgress: (fraction, stage) => process.stderr.write(`${stage} ${Math.round(fraction * 100)} %\n`),
  }),
);
const [own] = methods;
const test = { shapes: own.shapes, macro: own.macro, micro: own.micro, families: own.families };
unwrap(await writeModel(file, { ...content, card: { ...card, test }, library }));
const final = unwrap(await openNetwork({ name: options.name }, room));
unwrap(await writeSubset(join(folder, 'subset.safetensors'), dataset, final));
const entry = (await listModels(room)).models.find(({ name }) => name === options.name)!;
await writeFile(join(folder, 'card.md'), cardPage(entry, methods));
await writeFile(join(folder, 'curve.svg'), curveDrawing(card.curve));
process.stdout.write(
  `${options.name}: macro IoU ${own.macro.iou.toFixed(3)}, ${(entry.bytes / 1e6).toFixed(1)} MB\n`,
);
process.exit(0);
