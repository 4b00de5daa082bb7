import { SPLITS, type ShapeId, type Split } from '../../../shared/dataset/types';
import { HALF_SIZE, NEAR_BAND } from '../../synthetic/shapes/samples';
import { createRandom, type Random } from '../../../shared/random';
import { FORMAT, VERSION, type DatasetFile, type ShapesOptions } from './shapes-format';

/** Shares of the shapes of each family. */
const SPLIT_SHARES = { train: 0.8, validation: 0.1, test: 0.1 } as const;

/** One shape of a data set before it is made, and its three seeds. */
export interface PlannedShape extends ShapeId {
  readonly seed: number;
  readonly pointSeed: number;
  readonly viewSeed: number;
}

/**
 * All shapes of a data set: families take turns, and a shape depends on the seed and its number only, so that any
 * order of making them gives the same bytes.
 */
export function planShapes({ seed, count, families }: ShapesOptions): readonly PlannedShape[] {
  const seedsOf = seedsByNumber(seed);
  return Array.from({ length: count }, (_, i) => {
    const family = families[i % families.length];
    return { id: `${family}-${String(i).padStart(5, '0')}`, family, ...seedsOf(i) };
  });
}

/** One mesh of a folder before it is read. */
export interface PlannedMesh extends PlannedShape {
  /** Its place in the folder. */
  readonly file: string;
}

/**
 * The shapes of meshes at these places, joined by "/": the folder that a mesh lies in, the outermost, is its category,
 * "meshes" where it lies in none. A shape depends on the seed, its number and its file, not on whether the others can
 * be read.
 */
export function planMeshes(files: readonly string[], seed: number): readonly PlannedMesh[] {
  const seedsOf = seedsByNumber(seed);
  return files.map((file, i) => {
    const folders = file.split('/');
    const name = folders.pop()!;
    const family = nameOf(folders[0] ?? 'meshes');
    const id = `${nameOf(name.replace(/\.[^.]*$/, ''))}-${String(i).padStart(5, '0')}`;
    return { file, id, family, ...seedsOf(i) };
  });
}

/** A name that the lists of a data set take. */
function nameOf(text: string): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return plain.slice(0, 48) || 'mesh';
}

/** The seeds of a shape take 53 bits: its number above, what the data set's seed gave below. */
function seedsByNumber(seed: number) {
  const random = createRandom(seed);
  const bases = [0, 1, 2].map(() => random.integer(2 ** 32));
  const seedOf = (base: number, index: number): number => index * 2 ** 32 + bases[base];
  return (index: number) => ({
    seed: seedOf(0, index),
    pointSeed: seedOf(1, index),
    viewSeed: seedOf(2, index),
  });
}

/** Deals the shapes of every family to the splits, by the data set's seed. Lists keep the shapes' order. */
export function splitShapes<T extends ShapeId>(
  shapes: readonly T[],
  { seed, families }: Pick<ShapesOptions, 'seed' | 'families'>,
): Record<Split, T[]> {
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
  return Object.fromEntries(lists) as Record<Split, T[]>;
}

/**
 * The same for meshes, which may be few: where no family is large enough for it, one shape is held out to validate on,
 * and of three or more one to test.
 */
export function splitMeshes<T extends ShapeId>(
  shapes: readonly T[],
  options: Pick<ShapesOptions, 'seed' | 'families'>,
): Readonly<Record<Split, readonly T[]>> {
  const splits = splitShapes(shapes, options);
  for (const held of ['validation', 'test'] as const) {
    if (splits[held].length === 0 && splits.train.length > 1) splits[held].push(splits.train.pop()!);
  }
  return splits;
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
