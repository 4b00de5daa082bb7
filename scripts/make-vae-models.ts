import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createGrants } from '../src/main/engine/service/grants';
import { runFiles } from '../src/main/engine/training/run-folder';
import { openPictureSource } from '../src/main/engine/training/vae/source';
import { normalOf } from '../src/main/engine/training/vae/save-best';
import { validateVae } from '../src/main/engine/training/vae/held-out';
import { listVaes, openVae } from '../src/main/engine/models/vaes';
import { readVae, writeVae } from '../src/main/files/model';
import { builtinPictures, openPictures } from '../src/main/files/pictures';
import { ALONE } from '../src/main/learning/training/exchange';
import { builtinPicturesSchema } from '../src/shared/recipes/vae';
import { unwrap } from '../src/shared/result';
import { curveOfLoss, vaeCardPage } from './models/vae-card-text';
import { readVaeOptions } from './models/vae-options';

/**
 * Makes a VAE that ships from a training run: half precision, and the card with what is normal over the training
 * pictures and what held-out pictures cost, both measured with the weights that ship.
 */
const options = readVaeOptions(process.argv.slice(2));
const modelsFolder = resolve(import.meta.dirname, '../resources/models');
const folder = join(modelsFolder, options.name);
const file = join(folder, 'model.safetensors');
const room = { grants: createGrants(), backend: 'wasm', modelsFolder } as const;

const trained = unwrap(await readVae(runFiles(options.run).best));
const builtin = builtinPicturesSchema.safeParse(options.data);
const dataset = unwrap(
  builtin.success ? await builtinPictures(builtin.data) : await openPictures([options.data]),
);
const { training } = trained.card;
const card = { ...trained.card, title: options.title, data: options.recipe };
await mkdir(folder, { recursive: true });
await rm(file, { force: true });
unwrap(await writeVae(file, { weights: trained.weights, card, precision: 'F16' }));

const vae = unwrap(await openVae({ name: options.name }, room));
const pictures = unwrap(openPictureSource(dataset, 'train', training, 1));
const normal = await vae.withWeights(async (weights) =>
  unwrap(await normalOf(training, pictures, weights, options.pictures)),
);
const tests = unwrap(openPictureSource(dataset, 'test', training, 1));
const asTest = { ...training, validation: { ...training.validation, pictures: options.pictures } };
const { figures } = await vae.withWeights(async (weights) =>
  unwrap(await validateVae(asTest, tests, weights, ALONE)),
);
const test = {
  pictures: Math.min(options.pictures, tests.count),
  reconstruction: figures.validationReconstruction,
  divergence: figures.validationDivergence,
};
unwrap(await writeVae(file, { weights: trained.weights, card: { ...card, normal, test }, precision: 'F16' }));
const entry = (await listVaes(room)).vaes.find(({ name }) => name === options.name)!;
await writeFile(join(folder, 'card.md'), vaeCardPage(entry));
await writeFile(join(folder, 'curve.svg'), curveOfLoss(entry.card.curve));
process.stdout.write(
  `${options.name}: reconstruction ${test.reconstruction.toFixed(2)}, divergence ${test.divergence.toFixed(2)} nats, ${(entry.bytes / 1e6).toFixed(2)} MB\n`,
);
process.exit(0);
