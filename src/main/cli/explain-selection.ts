import { stat } from 'node:fs/promises';
import {
  MOST_PICTURES,
  type CollectionChoice,
  type OpenedCollection,
  type VaeCard,
} from '../../shared/contract/explain';
import type { ModelChoice } from '../../shared/contract/inputs';
import { builtinPicturesSchema } from '../../shared/recipes/vae';
import type { Split } from '../../shared/dataset/types';
import { fail, ok, type Result } from '../../shared/result';
import type { ChildEngine } from '../engine/hosts/child';
import type { CommandContext } from './command';
import type { LatentOptions } from './explain-options';

/** A name of pictures that ship, unless a file or folder of that name is there. */
export async function collectionOf(engine: ChildEngine, text: string): Promise<Result<CollectionChoice>> {
  const exists = await stat(text).catch(() => null);
  const builtin = builtinPicturesSchema.safeParse(text);
  if (exists) return ok({ tokens: [engine.grant(text, 'read')] });
  if (builtin.success) return ok({ builtin: builtin.data });
  return fail({
    code: 'file-unreadable',
    message: `There is no file and no folder ${text}.`,
    hint: `Pictures that ship: ${builtinPicturesSchema.options.join(', ')}.`,
  });
}

/** The card of the chosen VAE, from the list of models. Problems: no such VAE, a file that is none. */
export async function cardOf(
  { signal }: CommandContext,
  engine: ChildEngine,
  model: ModelChoice,
): Promise<Result<VaeCard>> {
  const files = 'token' in model ? [model.token] : [];
  const listed = await engine.client.run({ kind: 'models', files }, { signal });
  if (!listed.ok) return listed;
  const { vaes, models } = listed.value;
  const isChosen = ({ name, token }: { name: string; token?: string }): boolean =>
    'token' in model ? token === model.token : token === undefined && name === model.name;
  const found = vaes.find(isChosen);
  if (found) return ok(found.card);
  const names = vaes.filter(({ token }) => token === undefined).map(({ name }) => name);
  const other = models.find(isChosen);
  return fail({
    code: other ? 'wrong-model-kind' : 'model-missing',
    message: other
      ? `${other.name} is a CvxNet, needed is a VAE.`
      : `There is no VAE named "${'name' in model ? model.name : ''}".`,
    hint: other
      ? '"halfspace explain <picture> --parts" explains what a CvxNet reconstructs.'
      : `There is: ${names.join(', ') || 'none'}. A model file can be named, too.`,
  });
}

/** Pictures of a split, spread evenly. Problems: no pictures, a class that is not there. */
export async function indicesOf(
  { values, signal }: CommandContext,
  engine: ChildEngine,
  collection: CollectionChoice,
  { name, counts, classes, labels }: OpenedCollection,
  options: LatentOptions,
): Promise<Result<{ readonly split: Split; readonly indices: number[] }>> {
  const order = ['test', 'validation', 'train'] as const;
  const split = options.split ?? order.find((candidate) => counts[candidate] > 0) ?? 'test';
  const count = counts[split];
  if (count === 0) {
    return fail({
      code: 'no-pictures',
      message: `${name} has no pictures in its ${split} split.`,
      hint: 'Choose another split with --split.',
    });
  }
  const { pictures } = options;
  if (values.class === undefined) return ok({ split, indices: spread(count, pictures) });
  const wanted = classes.indexOf(String(values.class));
  if (wanted < 0) {
    return fail({
      code: 'class-missing',
      message: `${name} has no class "${values.class}".`,
      hint:
        classes.length > 0 ? `It has ${classes.slice(0, 20).join(', ')}.` : 'Its pictures have no classes.',
    });
  }
  const found = labels[split]
    ? ok(ofClass(labels[split].classes, wanted, pictures))
    : await searchClass(engine, signal, { collection, split, count }, wanted, pictures);
  if (!found.ok) return found;
  return found.value.length > 0
    ? ok({ split, indices: found.value })
    : fail({
        code: 'no-pictures',
        message: `${name} has no picture of the class "${values.class}" in its ${split} split.`,
        hint: 'Choose another split with --split.',
      });
}

/** Pictures of a class, spread evenly. */
function ofClass(classes: ArrayLike<number>, wanted: number, pictures: number): number[] {
  const indices = Array.from(classes, (of, index) => (of === wanted ? index : -1)).filter((at) => at >= 0);
  return spread(indices.length, pictures).map((at) => indices[at]);
}

/** The first pictures of a class, page by page, where there are too many to be told what they are at once. */
async function searchClass(
  engine: ChildEngine,
  signal: AbortSignal,
  { collection, split, count }: { collection: CollectionChoice; split: Split; count: number },
  wanted: number,
  pictures: number,
): Promise<Result<number[]>> {
  const found: number[] = [];
  for (let from = 0; from < count && found.length < pictures; from += MOST_PICTURES) {
    const indices = Array.from({ length: Math.min(MOST_PICTURES, count - from) }, (_, i) => from + i);
    const selection = { collection, split, indices };
    const page = await engine.client.run({ kind: 'read-pictures', selection }, { signal });
    if (!page.ok) return page;
    found.push(...page.value.pictures.filter((each) => each.class === wanted).map(({ index }) => index));
  }
  return ok(found.slice(0, pictures));
}

function spread(count: number, wanted: number): number[] {
  const taken = Math.min(count, wanted);
  return Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
}
