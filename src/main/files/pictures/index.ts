import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { BuiltinPictures } from '../../../shared/recipes/vae';
import type { PictureDataset } from '../../../shared/dataset/pictures';
import { extensionOf, extensionOfName, isReadAs, namesReadAs } from '../../../shared/formats/lookup';
import { fail, ok, type Result } from '../../../shared/result';
import { readBounded } from '../dataset/small-file';
import { badFile } from '../read/problems';
import { drawnDsprites, drawnPlanted } from './drawn';
import { openDspritesNpz } from './dsprites-npz';
import { readIdx, type IdxArray } from './idx';
import { openImageFiles, openImageFolder } from './image-folder';
import { listFolder } from './listing';
import { IDX_NAME, openMnist } from './mnist-files';
import { isMvtec, openMvtec } from './mvtec';
import { isPed1, openPed1 } from './ped1';
import { mnistDataset } from './mnist';
import { resourcePath } from './resource';

/**
 * Opens a collection of pictures after finding out what it is. A folder: MNIST's IDX files, a category of MVTec AD,
 * UCSD's pedestrians, dSprites' .npz, or any folder of images. Files: one of MNIST's, an .npz, or pictures. Problems:
 * those of the format, a mixture of folders and files, a kind of file that is not read.
 */
export async function openPictures(paths: readonly string[]): Promise<Result<PictureDataset>> {
  const areFolders: boolean[] = [];
  for (const path of paths) {
    try {
      areFolders.push((await stat(path)).isDirectory());
    } catch (error) {
      const what = `it could not be read (${error instanceof Error ? error.message : String(error)})`;
      return badFile(
        'file-unreadable',
        path,
        'the file',
        what,
        'Check that it is there and that you may read it.',
      );
    }
  }
  const [path] = paths;
  if (path !== undefined && paths.length === 1) return areFolders[0] ? openFolder(path) : openFile(path);
  if (areFolders.includes(true)) {
    return fail({
      code: 'file-unsupported',
      message: `${paths[areFolders.indexOf(true)]} is one of ${paths.length} choices and a folder.`,
      hint: 'Choose one folder, or several pictures.',
    });
  }
  const odd = paths.find((one) => !isReadAs(one, 'collected-picture'));
  if (odd === undefined && paths.length > 0) return openImageFiles(paths);
  // Images and labels of MNIST may be chosen together.
  const images = paths.find((one) => IDX_NAME.test(one));
  return images && paths.length === 2 ? openMnist(images, false) : unknownKind(odd ?? 'Nothing');
}

async function openFolder(folder: string): Promise<Result<PictureDataset>> {
  const listed = await listFolder(folder);
  if (!listed.ok) return listed;
  const { files, folders } = listed.value;
  if (files.some((name) => IDX_NAME.test(name))) return openMnist(folder, true);
  if (await isPed1(folder, listed.value)) return openPed1(folder);
  if (await isMvtec(folder, listed.value)) return openMvtec(folder);
  const archives = files.filter((name) => extensionOfName(name) === extensionOf('npz'));
  if (archives.length === 1 && !files.some((name) => isReadAs(name, 'collected-picture'))) {
    return openDspritesNpz(join(folder, archives[0]));
  }
  const categories: string[] = [];
  for (const name of folders) {
    const inside = await listFolder(join(folder, name));
    if (inside.ok && inside.value.folders.includes('ground_truth')) categories.push(name);
  }
  if (categories.length === 0) return openImageFolder(folder);
  return fail({
    code: 'dataset-unknown',
    message: `${folder} holds ${categories.length} categories of MVTec AD.`,
    hint: `Open one of them: ${categories.slice(0, 20).join(', ')}.`,
  });
}

async function openFile(path: string): Promise<Result<PictureDataset>> {
  if (IDX_NAME.test(path)) return openMnist(path, false);
  if (extensionOfName(path) === extensionOf('npz')) return openDspritesNpz(path);
  return isReadAs(path, 'collected-picture') ? openImageFiles([path]) : unknownKind(path);
}

function unknownKind(what: string): Result<never> {
  return fail({
    code: 'file-unsupported',
    message: `${what} is no collection of pictures.`,
    hint: `Choose pictures (${namesReadAs('collected-picture')}), a folder of them, MNIST's IDX files, a category of MVTec AD, UCSD's pedestrians or dSprites' .npz.`,
  });
}

/** Opens a collection that ships: 10,000 digits of MNIST, or drawn ones. */
export async function builtinPictures(name: BuiltinPictures): Promise<Result<PictureDataset>> {
  switch (name) {
    case 'digits':
      return openDigits();
    case 'dsprites':
      return ok(drawnDsprites());
    case 'planted':
      return ok(drawnPlanted());
  }
}

const MOST_DIGIT_BYTES = 20_000_000;

async function openDigits(): Promise<Result<PictureDataset>> {
  const images = await readShipped('pictures/digits-images-idx3-ubyte.gz');
  if (!images.ok) return images;
  const labels = await readShipped('pictures/digits-labels-idx1-ubyte.gz');
  if (!labels.ok) return labels;
  return ok(mnistDataset('Digits', 'MNIST, 10,000 digits', { images: images.value, labels: labels.value }));
}

async function readShipped(name: string): Promise<Result<IdxArray>> {
  const path = resourcePath(name);
  const packed = await readBounded(path, MOST_DIGIT_BYTES);
  return packed.ok ? readIdx(gunzipSync(packed.value, { maxOutputLength: MOST_DIGIT_BYTES }), path) : packed;
}
