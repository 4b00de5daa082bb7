import { SPLITS, type Split } from '../../../shared/dataset/types';
import { HALF_SIZE, NEAR_BAND } from '../../synthetic/shapes/samples';
import { createRandom, type Random } from '../../../shared/random';
import { FORMAT, VERSION, type DatasetFile, type ShapesOptions } from './shapes-format';

/** Shares of the shapes of each family. */
const SPLIT_SHARES = { train: 0.8, validation: 0.1, test: 0.1 } as const;

/** One shape of a data set before it is made, and its three seeds. */
export interface PlannedShape {
  readonly id: string;
  readonly family: string;
  readonly seed: number;
  readonly pointSeed: number;
  readonly viewSeed: number;
}

/**
 * All shapes of a data set: families take turns, and a shape depends on the seed and its number only, so that any
 * order of making them gives the same bytes.
 */
export function planShapes({ seed, count, families }: ShapesOptions): readonly PlannedShape[] {
  const random = createRandom(seed);
  const bases = [0, 1, 2].map(() => random.integer(2 ** 32));
  // A seed takes 53 bits: the number of the shape above, what the data set's seed gave below.
  const seedOf = (base: number, index: number): number => index * 2 ** 32 + bases[base];
  return Array.from({ length: count }, (_, i) => {
    const family = families[i % families.length];
    return {
      id: `${family}-${String(i).padStart(5, '0')}`,
      family,
      seed: seedOf(0, i),
      pointSeed: seedOf(1, i),
      viewSeed: seedOf(2, i),
    };
  });
}

/** Deals the shapes of every family to the splits, by the data set's seed. Lists keep the shapes' order. */
export function splitShapes(
  shapes: readonly PlannedShape[],
  { seed, families }: ShapesOptions,
): Readonly<Record<Split, readonly PlannedShape[]>> {
  const splitOf = new Map<string, Split>();
  families.forEach((family, f) => {
    const members = shapes.filter((shape) => shape.family === family).map(({ id }) => id);
    shuffle(members, createRandom((f + 1) * 2 ** 32 + seed));
    // Three shapes are enough for one in each split.
    const held = (share: number): number =>
      Math.max(members.length < 3 ? 0 : 1, Math.round(members.length * share));
    const validation = held(SPLIT_SHARES.validation);
    const test = held(SPLIT_SHARES.test);
    members.forEach((id, i) =>
      splitOf.set(id, i < validation ? 'validation' : i < validation + test ? 'test' : 'train'),
    );
  });
  const lists = SPLITS.map((split) => [split, shapes.filter(({ id }) => splitOf.get(id) === split)]);
  return Object.fromEntries(lists) as Record<Split, PlannedShape[]>;
}

/** What dataset.json says about a data set made with these options. */
export function describeDataset(options: ShapesOptions): DatasetFile {
  return {
    format: FORMAT,
    version: VERSION,
    seed: options.seed,
    count: options.count,
    families: [...options.families],
    pointsPerSet: options.pointsPerSet,
    views: options.views,
    imageSize: options.imageSize,
    halfSize: HALF_SIZE,
    nearBand: NEAR_BAND,
    splitShares: SPLIT_SHARES,
  };
}

function shuffle<T>(items: T[], random: Random): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [items[i], items[j]] = [items[j], items[i]];
  }
}
