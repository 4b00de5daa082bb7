import { basename, join } from 'node:path';
import type { PictureDataset } from '../../../shared/dataset/pictures';
import { isReadAs } from '../../../shared/formats/lookup';
import { fail, ok, type Result } from '../../../shared/result';
import { fileDataset, isHeldOut, type FilePicture } from './file-collection';
import { listFolder, stemOf, type Listing } from './listing';
import { sharedSize } from './probe';

const GOOD = 'good';
const MASKS = 'ground_truth';

/** Whether a folder is a category of MVTec AD: train, test and masks, or train/good. */
export async function isMvtec(folder: string, { folders }: Listing): Promise<boolean> {
  if (!folders.includes('train') || !folders.includes('test')) return false;
  if (folders.includes(MASKS)) return true;
  const train = await listFolder(join(folder, 'train'));
  return train.ok && train.value.folders.includes(GOOD);
}

/**
 * Opens one category of MVTec AD (Bergmann et al. 2019): train/good, test/good, test/<defect> and
 * ground_truth/<defect>/<name>_mask.png. Every tenth training picture is for validation. Problems: a missing or empty
 * folder, a defective picture without its mask; a mask of another size is a problem when it is read.
 */
export async function openMvtec(folder: string): Promise<Result<PictureDataset>> {
  const train = await picturesIn(join(folder, 'train', GOOD));
  if (!train.ok) return train;
  const test = await listFolder(join(folder, 'test'));
  if (!test.ok) return test;
  const defects = test.value.folders.filter((name) => name !== GOOD);
  const classes = [GOOD, ...defects];
  const tests: FilePicture[] = [];
  for (const name of test.value.folders) {
    const pictures = await testPictures(folder, name, classes.indexOf(name));
    if (!pictures.ok) return pictures;
    tests.push(...pictures.value);
  }
  const normal = train.value.map((name) => ({
    ...plain(`train-${GOOD}-${stemOf(name)}`, join(folder, 'train', GOOD, name), 0),
    anomalous: false,
    mask: 'normal' as const,
  }));
  const size = await sharedSize([...normal, ...tests]);
  if (!size.ok) return size;
  return ok(
    fileDataset({
      name: basename(folder),
      format: 'MVTec AD',
      classes,
      size: size.value,
      notes: [
        'One training picture of ten is kept for validation.',
        ...(defects.length === 0 ? ['The test pictures show no defect: nothing can be scored.'] : []),
        ...(test.value.folders.includes(GOOD) ? [] : ['There are no normal pictures to test on.']),
      ],
      pictures: {
        train: normal.filter((_, i) => !isHeldOut(i, normal.length)),
        validation: normal.filter((_, i) => isHeldOut(i, normal.length)),
        test: tests,
      },
    }),
  );
}

function plain(id: string, path: string, own: number) {
  return { id, path, page: null, class: own };
}

async function testPictures(folder: string, name: string, own: number): Promise<Result<FilePicture[]>> {
  const pictures = await picturesIn(join(folder, 'test', name));
  if (!pictures.ok) return pictures;
  const of = (file: string) => plain(`test-${name}-${stemOf(file)}`, join(folder, 'test', name, file), own);
  if (name === GOOD) {
    return ok(pictures.value.map((file) => ({ ...of(file), anomalous: false, mask: 'normal' as const })));
  }
  const masks = await listFolder(join(folder, MASKS, name));
  if (!masks.ok) return masks;
  const byStem = new Map(masks.value.files.map((file) => [stemOf(file).replace(/_mask$/, ''), file]));
  const found: FilePicture[] = [];
  for (const file of pictures.value) {
    const mask = byStem.get(stemOf(file));
    if (mask === undefined) {
      return fail({
        code: 'masks-missing',
        message: `${join(folder, MASKS, name)} has no mask ${stemOf(file)}_mask.png for ${join(folder, 'test', name, file)}.`,
        hint: 'Copy the masks again, or take the picture out.',
      });
    }
    found.push({ ...of(file), anomalous: true, mask: { path: join(folder, MASKS, name, mask) } });
  }
  return ok(found);
}

async function picturesIn(folder: string): Promise<Result<readonly string[]>> {
  const listed = await listFolder(folder);
  if (!listed.ok) return listed;
  const names = listed.value.files.filter((name) => isReadAs(name, 'collected-picture'));
  if (names.length > 0) return ok(names);
  return fail({
    code: 'dataset-empty',
    message: `${folder} holds no picture.`,
    hint: 'A category of MVTec AD has pictures in train/good and in every folder of test.',
  });
}
