import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { PictureDataset } from '../../../shared/dataset/pictures';
import { fail, ok, type Result } from '../../../shared/result';
import { readBounded } from '../dataset/small-file';
import { READ_LIMITS } from '../read/limits';
import { badFile } from '../read/problems';
import { readIdx, type IdxArray } from './idx';
import { listFolder } from './listing';
import { idxProblem, mnistDataset, type LabelledIdx } from './mnist';

/** How MNIST and its relatives name their files: train-images-idx3-ubyte, t10k-labels.idx1-ubyte.gz ... */
export const IDX_NAME = /(images|labels)[-.]idx[13][-.]ubyte(\.gz)?$/i;

const unpack = promisify(gunzip);

/**
 * Opens MNIST's files, packed or not: by its folder, where t10k or test is the test split, or by one of its files,
 * whose partner lies beside it. Problems: no images, images without labels in a folder, counts that differ.
 */
export async function openMnist(path: string, isFolder: boolean): Promise<Result<PictureDataset>> {
  const folder = isFolder ? path : dirname(path);
  const listed = await listFolder(folder);
  if (!listed.ok) return listed;
  const images = listed.value.files.filter((name) => IDX_NAME.test(name) && /images/i.test(name));
  const chosen = isFolder ? images : images.filter((name) => isSamePair(name, basename(path)));
  const test = chosen.find((name) => /^(t10k|test)/i.test(name));
  const train = chosen.find((name) => name !== test && /train/i.test(name)) ?? chosen[0];
  if (train === undefined) {
    return fail({
      code: 'dataset-empty',
      message: `${folder} has labels but no images of MNIST's format.`,
      hint: 'Copy the file named like train-images-idx3-ubyte.gz beside the labels.',
    });
  }
  const pair = await readPair(folder, train, listed.value.files);
  if (!pair.ok) return pair;
  const testPair = test && test !== train ? await readPair(folder, test, listed.value.files) : ok(null);
  if (!testPair.ok) return testPair;
  const name = isFolder ? basename(path) : train;
  return ok(mnistDataset(name, 'MNIST', pair.value, testPair.value, notesOn(pair.value)));
}

function isSamePair(images: string, one: string): boolean {
  const pairOf = (name: string): string =>
    name
      .toLowerCase()
      .replace(/images|labels/, '')
      .replace(/idx[13]/, '')
      .replace(/\.gz$/, '');
  return pairOf(images) === pairOf(one);
}

async function readPair(
  folder: string,
  images: string,
  files: readonly string[],
): Promise<Result<LabelledIdx>> {
  const labels = files.find(
    (name) => /labels/i.test(name) && IDX_NAME.test(name) && isSamePair(images, name),
  );
  const pictures = await readIdxFile(join(folder, images));
  if (!pictures.ok) return pictures;
  const names = labels === undefined ? ok(null) : await readIdxFile(join(folder, labels));
  if (!names.ok) return names;
  const pair = { images: pictures.value, labels: names.value };
  const problem = idxProblem(pair, join(folder, images));
  return problem ?? ok(pair);
}

/** Reads an IDX file, packed by gzip or not; what it unpacks to is bounded. */
async function readIdxFile(path: string): Promise<Result<IdxArray>> {
  const bytes = await readBounded(path);
  if (!bytes.ok) return bytes;
  if (bytes.value[0] !== 0x1f || bytes.value[1] !== 0x8b) return readIdx(bytes.value, path);
  try {
    return readIdx(await unpack(bytes.value, { maxOutputLength: READ_LIMITS.fileBytes }), path);
  } catch (error) {
    const what = `it cannot be unpacked (${error instanceof Error ? error.message : String(error)})`;
    return badFile('file-damaged', path, 'the gzip stream', what, 'Copy or download it again.');
  }
}

function notesOn({ labels }: LabelledIdx): string[] {
  if (!labels) return ['There are no labels beside the images.'];
  const present = new Set(labels.values);
  const most = Math.max(...present);
  const missing = Array.from({ length: most + 1 }, (_, i) => i).filter((label) => !present.has(label));
  return missing.length > 0 ? [`No picture is of the class ${missing.join(', ')}.`] : [];
}
