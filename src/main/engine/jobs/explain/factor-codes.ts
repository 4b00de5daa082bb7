import { CANCELLED } from '../../../../shared/contract/job-client';
import type { PictureDataset } from '../../../../shared/dataset/pictures';
import { SPLITS, type Split } from '../../../../shared/dataset/types';
import { fail, ok, ProblemError, unwrap, type Result } from '../../../../shared/result';
import type { CodeSource } from '../../../learning/vae/metrics';
import type { JobContext } from '../../service/job';
import type { OpenVae } from '../../models/vaes';
import { readImages } from './selection';

/** Codes that are kept: 512 MB. */
const MOST_CODE_VALUES = 2 ** 27;

/** Codes by factors, with what tells how many pictures were encoded. */
export interface FactorCodes extends CodeSource {
  /** Names of the factors that take more than one value, in the order of a row of values. */
  readonly names: readonly string[];
  encoded(): number;
}

/**
 * Codes of a collection that has a picture of every combination of its factors; each picture is encoded once, when it
 * is first asked for, and its code kept. Factors of one value, dSprites' colour for example, are left out. `draw`
 * throws ProblemErrors: a picture that cannot be read, codes that are not finite, cancelled.
 * Problems: no factors, combinations without a picture, too many of them.
 */
export function openFactorCodes(
  vae: OpenVae,
  dataset: PictureDataset,
  { signal }: Pick<JobContext, 'signal'>,
): Result<FactorCodes> {
  const { latent } = vae.config;
  const scored = [...dataset.factors.keys()].filter((k) => dataset.factors[k].values > 1);
  const factors = scored.map((k) => dataset.factors[k].values);
  const total = factors.reduce((product, values) => product * values, 1);
  if (factors.length === 0) return noFactors(dataset);
  if (total * latent > MOST_CODE_VALUES) return tooMany(dataset, total);
  const combination = (values: ArrayLike<number>, start: number): number =>
    factors.reduce((index, count, k) => index * count + values[start + k], 0);

  const places = new Int32Array(total).fill(-1);
  const starts = placeSplits(dataset);
  let missing = total;
  for (const { split, start, count } of starts) {
    for (let index = 0; index < count; index++) {
      const own = dataset.at(split, index).factors;
      if (own === null) continue;
      const place = combination(
        scored.map((k) => own[k]),
        0,
      );
      if (places[place] < 0) missing--;
      places[place] = start + index;
    }
  }
  if (missing > 0) return incomplete(dataset, missing, total);

  const codes = new Float32Array(total * latent);
  const known = new Uint8Array(total);
  let encoded = 0;
  const encode = async (wanted: readonly number[]): Promise<void> => {
    for (const { split, start, count } of starts) {
      const own = wanted.filter((place) => places[place] >= start && places[place] < start + count);
      for (let from = 0; from < own.length; from += vae.batch) {
        if (signal.aborted) throw new ProblemError(CANCELLED);
        const some = own.slice(from, from + vae.batch);
        const indices = some.map((place) => places[place] - start);
        const { images } = unwrap(await readImages(dataset, { split, indices }, vae.config, { signal }));
        const { mu } = await vae.encode(images);
        if (!mu.every(Number.isFinite)) throw new ProblemError(notFinite(vae));
        some.forEach((place, n) => {
          codes.set(mu.subarray(n * latent, (n + 1) * latent), place * latent);
          known[place] = 1;
        });
        encoded += some.length;
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    }
  };
  const draw = async (values: Uint16Array): Promise<Float32Array> => {
    const rows = Uint32Array.from({ length: values.length / factors.length }, (_, row) =>
      combination(values, row * factors.length),
    );
    await encode([...new Set(rows)].filter((place) => known[place] === 0));
    const drawn = new Float32Array(rows.length * latent);
    rows.forEach((place, row) => {
      drawn.set(codes.subarray(place * latent, (place + 1) * latent), row * latent);
    });
    return drawn;
  };
  return ok({
    factors,
    latent,
    draw,
    names: scored.map((k) => dataset.factors[k].name),
    encoded: () => encoded,
  });
}

/** Where the pictures of each split begin when all are counted through. */
function placeSplits(
  dataset: PictureDataset,
): readonly { readonly split: Split; readonly start: number; readonly count: number }[] {
  let start = 0;
  return SPLITS.map((split) => {
    const count = dataset.count(split);
    start += count;
    return { split, start: start - count, count };
  });
}

function noFactors({ name }: PictureDataset): Result<never> {
  return fail({
    code: 'no-factors',
    message: `It is not known what the pictures of ${name} were drawn from, so codes cannot be scored.`,
    hint: 'Choose dSprites, or another collection with factors.',
  });
}

function incomplete({ name }: PictureDataset, missing: number, total: number): Result<never> {
  return fail({
    code: 'factors-incomplete',
    message: `${name} has no picture of ${missing} of the ${total} combinations of its factors.`,
    hint: 'The scores hold one factor and draw the others freely: choose a collection with every combination.',
  });
}

function tooMany({ name }: PictureDataset, total: number): Result<never> {
  return fail({
    code: 'factors-too-many',
    message: `${name} has ${total} combinations of its factors, too many to keep their codes.`,
    hint: 'Choose a collection with fewer values, or a model with fewer latents.',
  });
}

function notFinite({ name }: OpenVae) {
  return {
    code: 'not-finite',
    message: `The model ${name} gives codes that are not finite.`,
    hint: 'Use another checkpoint of its training.',
  };
}
