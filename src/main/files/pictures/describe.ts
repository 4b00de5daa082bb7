import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DataReport } from '../../../shared/dataset/report';
import { extensionOf, extensionOfName, isReadAs, namesReadAs } from '../../../shared/formats/lookup';
import { peekFolder, type Peek } from '../peek';
import { IDX_NAME } from './mnist-files';
import { isMvtec } from './mvtec';
import { isPed1 } from './ped1';

/** Entries that are looked at to tell what a folder is. */
const MOST_ENTRIES = 20_000;

/** Says what a file or folder is as something that a network of pictures learns from, without reading a picture. */
export async function describePictures(path: string): Promise<DataReport> {
  const name = basename(path);
  const found = await stat(path).catch(() => null);
  if (found === null) return unfit(`${name} is not there`, `${name} is not there any more.`);
  if (!found.isDirectory()) return describeFile(name);
  const peeked = await peekFolder(path, MOST_ENTRIES);
  if (!peeked.ok) return unfit('A folder that cannot be read', peeked.error.message);
  const { files } = peeked.value;
  if (files.some((file) => IDX_NAME.test(file))) return fit("MNIST's files");
  if (await isPed1(path, peeked.value)) return fit("UCSD's pedestrians");
  if (await isMvtec(path, peeked.value)) return fit('A category of MVTec AD');
  const archives = files.filter((file) => extensionOfName(file) === extensionOf('npz'));
  const pictures = await countPictures(path, peeked.value);
  if (archives.length === 1 && pictures.own === 0) return fit("dSprites' .npz");
  const count = pictures.own + pictures.within;
  if (count === 0) return unfit('A folder without pictures', `${name} holds no picture.`);
  const many = `${pictures.more ? 'more than ' : ''}${count.toLocaleString('en')}`;
  return fit(`A folder of ${many} ${count === 1 && !pictures.more ? 'picture' : 'pictures'}`);
}

function describeFile(name: string): DataReport {
  if (IDX_NAME.test(name)) return fit("A file of MNIST's");
  if (extensionOfName(name) === extensionOf('npz')) return fit("dSprites' .npz");
  return isReadAs(name, 'collected-picture')
    ? fit('One picture')
    : unfit(`A file: ${name}`, `${name} is no collection of pictures.`);
}

/** Pictures of the folder and of the folders within it, two deep: classes, and splits around them. */
async function countPictures(folder: string, { files, folders, seen, more }: Peek) {
  const count = (names: readonly string[]): number =>
    names.filter((name) => isReadAs(name, 'collected-picture')).length;
  const found = { own: count(files), within: 0, more };
  let left = MOST_ENTRIES - seen;
  const waiting = folders.map((place) => ({ place, depth: 1 }));
  for (let next = waiting.shift(); next !== undefined && left > 0; next = waiting.shift()) {
    const { place, depth } = next;
    const peeked = await peekFolder(join(folder, place), left);
    if (!peeked.ok) continue;
    found.within += count(peeked.value.files);
    found.more ||= peeked.value.more;
    left -= peeked.value.seen;
    if (depth < 2) {
      waiting.push(...peeked.value.folders.map((inner) => ({ place: join(place, inner), depth: depth + 1 })));
    }
  }
  return { ...found, more: found.more || waiting.length > 0 };
}

const EXPECTED = `Choose a folder of pictures (${namesReadAs('collected-picture')}), MNIST's IDX files, a category of MVTec AD, UCSD's pedestrians or dSprites' .npz.`;

function fit(what: string): DataReport {
  return { what, unfit: null, meshes: 0 };
}

function unfit(what: string, message: string): DataReport {
  return { what, unfit: { message, hint: EXPECTED }, meshes: 0 };
}
