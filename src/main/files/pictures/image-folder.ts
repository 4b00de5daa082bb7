import { basename, join } from 'node:path';
import type { PictureDataset } from '../../../shared/dataset/pictures';
import type { Split } from '../../../shared/dataset/types';
import { isReadAs } from '../../../shared/formats/lookup';
import { fail, ok, type Result } from '../../../shared/result';
import { readBounded } from '../dataset/small-file';
import { fileDataset, type FilePicture } from './file-collection';
import { listFolder, stemOf } from './listing';
import { sharedSize } from './probe';
import { splitIndices } from './splits';
import { countTiffPages } from './tiff';

const SPLIT_NAMES: Readonly<Record<string, Split>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  test: 'test',
};

/**
 * Opens any folder of images: sub-folders are classes; train, validation (or val) and test are splits where there are
 * such folders. Otherwise a tenth of every class is for validation and a tenth for testing. Every page of a TIFF is a
 * picture. Problems: no picture at all, a class without one, a file that cannot be read.
 */
export async function openImageFolder(folder: string): Promise<Result<PictureDataset>> {
  const listed = await listFolder(folder);
  if (!listed.ok) return listed;
  const splitFolders = listed.value.folders.filter((name) => name.toLowerCase() in SPLIT_NAMES);
  if (splitFolders.length === 0) {
    const found = await gather(folder, '');
    return found.ok ? datasetOf(basename(folder), [found.value], null) : found;
  }
  const gathered: Gathered[] = [];
  const splits: Split[] = [];
  for (const name of splitFolders) {
    const found = await gather(join(folder, name), `${name}-`);
    if (!found.ok) return found;
    gathered.push(found.value);
    splits.push(SPLIT_NAMES[name.toLowerCase()]);
  }
  return datasetOf(basename(folder), gathered, splits);
}

/** Opens single files as one collection without classes. */
export async function openImageFiles(paths: readonly string[]): Promise<Result<PictureDataset>> {
  const pictures: Named[] = [];
  for (const [i, path] of paths.entries()) {
    const pages = await pagesOf(path, `${String(i).padStart(3, '0')}-${stemOf(basename(path))}`, null);
    if (!pages.ok) return pages;
    pictures.push(...pages.value);
  }
  const name = paths.length === 1 ? basename(paths[0]) : `${paths.length} pictures`;
  return datasetOf(name, [{ pictures, classes: [], notes: [] }], null);
}

/** A picture with the name of its class. */
interface Named {
  readonly id: string;
  readonly path: string;
  readonly page: number | null;
  readonly className: string | null;
}

interface Gathered {
  readonly pictures: readonly Named[];
  readonly classes: readonly string[];
  readonly notes: readonly string[];
}

/** The pictures of one folder: its own, or those of its sub-folders as classes. */
async function gather(folder: string, prefix: string): Promise<Result<Gathered>> {
  const listed = await listFolder(folder);
  if (!listed.ok) return listed;
  const own = listed.value.files.filter((name) => isReadAs(name, 'collected-picture'));
  const others = listed.value.files.length - own.length;
  const notes =
    others > 0 ? [`Files of ${basename(folder)} that are no pictures were left out: ${others}.`] : [];
  const pictures: Named[] = [];
  if (own.length > 0) {
    const left = listed.value.folders.length;
    if (left > 0) notes.push(`Folders beside the pictures of ${basename(folder)} were left out: ${left}.`);
    for (const name of own) {
      const pages = await pagesOf(join(folder, name), `${prefix}${stemOf(name)}`, null);
      if (!pages.ok) return pages;
      pictures.push(...pages.value);
    }
    return ok({ pictures: unique(pictures), classes: [], notes });
  }
  if (listed.value.folders.length === 0)
    return empty(folder, 'Choose a folder with PNG, JPEG, WebP, BMP or TIFF.');
  for (const name of listed.value.folders) {
    const inside = await listFolder(join(folder, name));
    if (!inside.ok) return inside;
    const files = inside.value.files.filter((file) => isReadAs(file, 'collected-picture'));
    if (files.length === 0)
      return empty(join(folder, name), `It counts as the class "${name}": fill it or remove it.`);
    for (const file of files) {
      const pages = await pagesOf(join(folder, name, file), `${prefix}${name}-${stemOf(file)}`, name);
      if (!pages.ok) return pages;
      pictures.push(...pages.value);
    }
  }
  return ok({ pictures: unique(pictures), classes: listed.value.folders, notes });
}

function empty(folder: string, hint: string): Result<never> {
  return fail({ code: 'dataset-empty', message: `${folder} holds no picture.`, hint });
}

/** The pictures of one file: one, or a TIFF's pages. */
async function pagesOf(path: string, id: string, className: string | null): Promise<Result<Named[]>> {
  if (!/\.tiff?$/i.test(path)) return ok([{ id, path, page: null, className }]);
  const bytes = await readBounded(path);
  if (!bytes.ok) return bytes;
  const pages = countTiffPages(bytes.value, path);
  if (!pages.ok) return pages;
  if (pages.value === 1) return ok([{ id, path, page: null, className }]);
  return ok(
    Array.from({ length: pages.value }, (_, page) => ({
      id: `${id}-page${page + 1}`,
      path,
      page,
      className,
    })),
  );
}

/** Names such as a.png and a.jpg would give one id. */
function unique(pictures: readonly Named[]): Named[] {
  const seen = new Set<string>();
  return pictures.map((picture) => {
    let { id } = picture;
    for (let n = 2; seen.has(id); n++) id = `${picture.id}-${n}`;
    seen.add(id);
    return { ...picture, id };
  });
}

async function datasetOf(
  name: string,
  gathered: readonly Gathered[],
  splits: readonly Split[] | null,
): Promise<Result<PictureDataset>> {
  const classes = [...new Set(gathered.flatMap((one) => one.classes))].sort();
  const listed = gathered.map(({ pictures }) =>
    pictures.map(({ className, ...picture }): FilePicture => {
      const own = className === null ? null : classes.indexOf(className);
      return { ...picture, class: own, anomalous: null, mask: null };
    }),
  );
  const all = listed.flat();
  const size = await sharedSize(all);
  if (!size.ok) return size;
  const pictures: Record<Split, readonly FilePicture[]> = { train: [], validation: [], test: [] };
  if (splits) {
    listed.forEach((own, i) => (pictures[splits[i]] = [...pictures[splits[i]], ...own]));
  } else {
    const indices = splitIndices(all.length, (i) => all[i].class);
    for (const split of ['train', 'validation', 'test'] as const) {
      pictures[split] = Array.from(indices[split], (i) => all[i]);
    }
  }
  const notes = [...gathered.flatMap((one) => one.notes), ...notesOn(classes, pictures, size.value === null)];
  return ok(fileDataset({ name, format: 'images', classes, size: size.value, notes, pictures }));
}

function notesOn(
  classes: readonly string[],
  pictures: Readonly<Record<Split, readonly FilePicture[]>>,
  isMixed: boolean,
): string[] {
  const notes = isMixed ? ['The pictures are of several sizes; each is brought to that of a network.'] : [];
  for (const [index, name] of classes.entries()) {
    const counts = (['train', 'validation', 'test'] as const).map(
      (split) => pictures[split].filter((one) => one.class === index).length,
    );
    const total = counts[0] + counts[1] + counts[2];
    if (total === 1) notes.push(`The class "${name}" has one picture only.`);
    else if (counts[0] === 0) notes.push(`The class "${name}" is not in the training split.`);
    else if (pictures.test.length > 0 && counts[2] === 0)
      notes.push(`The class "${name}" is not in the test split.`);
  }
  if (pictures.validation.length === 0)
    notes.push('There are too few pictures to hold some out for validation.');
  return notes;
}
