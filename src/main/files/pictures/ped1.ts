import { basename, join } from 'node:path';
import type { PictureDataset } from '../../../shared/dataset/pictures';
import { isReadAs } from '../../../shared/formats/lookup';
import { fail, ok, type Result } from '../../../shared/result';
import { readSmallText } from '../dataset/small-file';
import { badFile } from '../read/problems';
import { fileDataset, isHeldOut, readFilePicture, type FilePicture } from './file-collection';
import { listFolder, stemOf, type Listing } from './listing';

const CLIP = /^(Train|Test)\d+$/i;
const MASKS = /_gt$/i;

/** Whether a folder is laid out as UCSD's Ped1 and Ped2 are: Train and Test with numbered clips. */
export async function isPed1(folder: string, { folders }: Listing): Promise<boolean> {
  if (!folders.includes('Train') || !folders.includes('Test')) return false;
  const train = await listFolder(join(folder, 'Train'));
  return train.ok && train.value.folders.some((name) => CLIP.test(name));
}

/**
 * Opens UCSD's pedestrians (Mahadevan et al. 2010). Every tenth training clip is for validation, whole clips because
 * the frames of one resemble each other. The test split has the clips that come with masks (TestNNN_gt); what a frame
 * shows is taken from the ranges in the .m file beside the clips where there is one. Problems: no training frames, no
 * clip with masks, a frame without its mask, first frames of different sizes.
 */
export async function openPed1(folder: string): Promise<Result<PictureDataset>> {
  const train = await clipsOf(join(folder, 'Train'));
  if (!train.ok) return train;
  const test = await clipsOf(join(folder, 'Test'));
  if (!test.ok) return test;
  const withMasks = test.value.filter(({ masks }) => masks !== null);
  if (withMasks.length === 0) {
    return fail({
      code: 'masks-missing',
      message: `${join(folder, 'Test')} has no clip with masks.`,
      hint: 'Copy the folders named like Test003_gt, too; only clips with masks can be scored.',
    });
  }
  const ranges = await anomalousFrames(join(folder, 'Test'), test.value);
  if (!ranges.ok) return ranges;
  const testPictures: FilePicture[] = [];
  for (const clip of withMasks) {
    const frames = await testFrames(clip, ranges.value?.get(clip.name) ?? null);
    if (!frames.ok) return frames;
    testPictures.push(...frames.value);
  }
  const size = await commonSize([...train.value, ...withMasks]);
  if (!size.ok) return size;
  const left = test.value.length - withMasks.length;
  const normal = (clips: readonly Clip[]): FilePicture[] =>
    clips.flatMap((clip) =>
      clip.frames.map((frame) => ({ ...pictureOf(clip, frame), anomalous: false, mask: 'normal' as const })),
    );
  return ok(
    fileDataset({
      name: basename(folder),
      format: 'UCSD pedestrians',
      classes: [],
      size: size.value,
      notes: [
        ...(left > 0 ? [`${left} of ${test.value.length} test clips have no masks and are left out.`] : []),
        'One training clip of ten is kept for validation.',
      ],
      pictures: {
        train: normal(train.value.filter((_, i) => !isHeldOut(i, train.value.length))),
        validation: normal(train.value.filter((_, i) => isHeldOut(i, train.value.length))),
        test: testPictures,
      },
    }),
  );
}

interface Clip {
  readonly name: string;
  readonly folder: string;
  /** Names of files in order; at least one. */
  readonly frames: readonly string[];
  /** The folder of its masks. */
  readonly masks: string | null;
}

async function clipsOf(folder: string): Promise<Result<readonly Clip[]>> {
  const listed = await listFolder(folder);
  if (!listed.ok) return listed;
  const clips: Clip[] = [];
  for (const name of listed.value.folders.filter((one) => CLIP.test(one))) {
    const inside = await listFolder(join(folder, name));
    if (!inside.ok) return inside;
    const frames = inside.value.files.filter((file) => isReadAs(file, 'collected-picture'));
    if (frames.length === 0) return empty(join(folder, name), 'frame');
    const masks = listed.value.folders.find((one) => MASKS.test(one) && one.replace(MASKS, '') === name);
    clips.push({ name, folder: join(folder, name), frames, masks: masks ? join(folder, masks) : null });
  }
  return clips.length > 0 ? ok(clips) : empty(folder, 'clip');
}

function empty(folder: string, what: string): Result<never> {
  const message = `${folder} holds no ${what}.`;
  return fail({ code: 'dataset-empty', message, hint: 'Copy the data set again: frames are .tif files.' });
}

function pictureOf({ name, folder }: Clip, frame: string) {
  return { id: `${name}-${stemOf(frame)}`, path: join(folder, frame), page: null, class: null };
}

async function testFrames(clip: Clip, anomalous: ReadonlySet<number> | null): Promise<Result<FilePicture[]>> {
  const masks = clip.masks!;
  const listed = await listFolder(masks);
  if (!listed.ok) return listed;
  const byStem = new Map(listed.value.files.map((name) => [stemOf(name), name]));
  const pictures: FilePicture[] = [];
  for (const [i, frame] of clip.frames.entries()) {
    const mask = byStem.get(stemOf(frame));
    if (mask === undefined) {
      const what = `it has no mask for ${join(clip.folder, frame)}`;
      return badFile('file-unreadable', masks, stemOf(frame), what, 'Copy the folder of masks again.');
    }
    const shown = anomalous ? anomalous.has(i + 1) : null;
    pictures.push({ ...pictureOf(clip, frame), anomalous: shown, mask: { path: join(masks, mask) } });
  }
  return ok(pictures);
}

/** Frames per clip, counted from 1, that the data set's own .m file calls anomalous; null without such a file. */
async function anomalousFrames(
  folder: string,
  clips: readonly Clip[],
): Promise<Result<ReadonlyMap<string, ReadonlySet<number>> | null>> {
  const listed = await listFolder(folder);
  if (!listed.ok) return listed;
  const file = listed.value.files.find((name) => /^UCSDped\d\.m$/i.test(name));
  if (!file) return ok(null);
  const text = await readSmallText(join(folder, file));
  if (!text.ok) return text;
  const lists = [...text.value.matchAll(/gt_frame\s*=\s*\[([\d:,\s]*)\]/g)];
  if (lists.length !== clips.length) {
    const what = `it lists ${lists.length} clips, the folder has ${clips.length}`;
    return badFile('file-damaged', join(folder, file), 'gt_frame', what, 'Copy the data set again.');
  }
  const ranges = lists.map(([, list]) => {
    const frames = new Set<number>();
    for (const part of list.split(/[\s,]+/).filter((one) => one !== '')) {
      const [from, to = from] = part.split(':').map(Number);
      for (let frame = from; frame <= Math.min(to, MOST_FRAMES); frame++) frames.add(frame);
    }
    return frames;
  });
  return ok(new Map(clips.map(({ name }, i) => [name, ranges[i]])));
}

const MOST_FRAMES = 1_000_000;

/** The size of every clip's first frame, where they agree. */
async function commonSize(clips: readonly Clip[]): Promise<Result<NonNullable<PictureDataset['size']>>> {
  let first: { readonly path: string; readonly width: number; readonly height: number } | null = null;
  for (const { folder, frames } of clips) {
    const path = join(folder, frames[0]);
    const read = await readFilePicture({ path, page: null });
    if (!read.ok) return read;
    const { width, height } = read.value;
    first ??= { path, width, height };
    if (first.width === width && first.height === height) continue;
    return fail({
      code: 'picture-size',
      message: `${path}: the frame is ${width} x ${height} pixels, ${first.path} is ${first.width} x ${first.height}.`,
      hint: 'The clips of one data set have one size: open Ped1 and Ped2 each by itself.',
    });
  }
  return ok({ width: first!.width, height: first!.height, channels: 1 });
}
