import type { DatasetPicture, PictureDataset } from '../../../shared/dataset/pictures';
import type { Split } from '../../../shared/dataset/types';
import { ok, type Result } from '../../../shared/result';
import { badFile } from '../read/problems';
import type { IdxArray } from './idx';
import { outOfRange } from './problems';
import { splitIndices } from './splits';

/** Images and labels of one pair of files. */
export interface LabelledIdx {
  readonly images: IdxArray;
  readonly labels: IdxArray | null;
}

/** The problem of images and labels that do not belong together; null when they do. */
export function idxProblem({ images, labels }: LabelledIdx, file: string): Result<never> | null {
  const wrong = (what: string): Result<never> =>
    badFile(
      'file-damaged',
      file,
      'the header',
      what,
      'Choose the image file of MNIST; its labels lie beside it.',
    );
  if (images.shape.length !== 3)
    return wrong(`it has ${images.shape.length} dimensions instead of images' 3`);
  if (images.shape.includes(0)) return wrong(`it is empty (${images.shape.join(' x ')})`);
  if (labels && labels.shape.join() !== String(images.shape[0])) {
    return wrong(`it has ${images.shape[0]} images but ${labels.shape.join(' x ')} labels`);
  }
  return null;
}

/** Grey images with a class each, in seeded splits by class unless a test pair is given. */
export function mnistDataset(
  name: string,
  format: string,
  pair: LabelledIdx,
  testPair: LabelledIdx | null = null,
  notes: readonly string[] = [],
): PictureDataset {
  const [count, height, width] = pair.images.shape;
  const label = (i: number): number | null => pair.labels?.values[i] ?? null;
  const own = splitIndices(count, label);
  // With a test file of its own, nothing of the training file is kept for testing.
  const train = testPair ? Int32Array.from([...own.train, ...own.test]).sort() : own.train;
  const tests = testPair ?? pair;
  const indices: Record<Split, Int32Array> = {
    train,
    validation: own.validation,
    test: testPair ? Int32Array.from({ length: testPair.images.shape[0] }, (_, i) => i) : own.test,
  };
  const pairOf = (split: Split): LabelledIdx => (split === 'test' ? tests : pair);
  const labels = [pair.labels, testPair?.labels].flatMap((one) => (one ? [one.values] : []));
  const classes = labels.reduce((most, values) => values.reduce((a, b) => Math.max(a, b + 1), most), 0);
  const dataset: PictureDataset = {
    name,
    format,
    classes: Array.from({ length: classes }, (_, i) => String(i)),
    factors: [],
    size: { width, height, channels: 1 },
    notes,
    count: (split) => indices[split].length,
    at: (split, index) => ({
      id: `${testPair && split === 'test' ? 'test-' : ''}${indices[split][index]}`,
      class: pairOf(split).labels?.values[indices[split][index]] ?? null,
      anomalous: null,
      factors: null,
    }),
    read: async (split, index): Promise<Result<DatasetPicture>> => {
      const problem = outOfRange(dataset, split, index);
      if (problem) return problem;
      const { shape, values } = pairOf(split).images;
      const size = shape[1] * shape[2];
      const at = indices[split][index] * size;
      return ok({ width: shape[2], height: shape[1], channels: 1, pixels: values.slice(at, at + size) });
    },
    mask: async () => ok(null),
  };
  return dataset;
}
