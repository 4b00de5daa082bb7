import { basename } from 'node:path';
import type {
  ColourImage,
  DatasetShape,
  DepthImage,
  ShapeDataset,
  ShapeId,
  ShapeView,
  Split,
} from '../../../shared/dataset/types';
import type { LabelledPoints } from '../../../shared/geometry/occupancy';
import { fail, ok, type Result } from '../../../shared/result';
import { badFile, quoted } from '../read/problems';
import {
  CVXNET_LAYOUT,
  listCvxnetFiles,
  readCvxnetExample,
  type CvxnetLayout,
  type CvxnetSample,
} from '../tfrecord/cvxnet';
import { decodeExample } from '../tfrecord/example';
import { listTfrecords, readTfrecordAt } from '../tfrecord/records';
import { SHAPENET_CLASSES } from '../tfrecord/synsets';

/** CvxNet's records know no validation split: every tenth shape of the training files stands in for one. */
const VALIDATION_EVERY = 10;

interface Place extends ShapeId {
  readonly file: string;
  readonly index: number;
  readonly offset: number;
}

/**
 * A folder of CvxNet's TFRecords (`{synset}-{split}-{number}`) as a data set. Opening reads the records' headers only;
 * a shape is read by its place, and its id is the file's name and the record's number.
 *
 * The records keep no cameras, and their pictures and depth images are of different ones: view i holds picture i and
 * depth image i side by side, camera null, and pictures beyond the last depth image (4 of 24) are left out. A picture
 * covers its whole square, because the records keep no masks.
 */
export async function openCvxnetDataset(
  folder: string,
  layout: CvxnetLayout = CVXNET_LAYOUT,
): Promise<Result<ShapeDataset>> {
  const learnt = await listPlaces(folder, 'train');
  if (!learnt.ok) return learnt;
  const test = await listPlaces(folder, 'test');
  if (!test.ok) return test;
  const isHeld = (_: unknown, i: number): boolean => i % VALIDATION_EVERY === VALIDATION_EVERY - 1;
  const splits: Readonly<Record<Split, readonly Place[]>> = {
    train: learnt.value.filter((place, i) => !isHeld(place, i)),
    validation: learnt.value.filter(isHeld),
    test: test.value,
  };
  const places = new Map([...learnt.value, ...test.value].map((place) => [place.id, place]));
  return ok({
    name: `${places.size} shapes of CvxNet's records in ${basename(folder)}`,
    families: [...new Set([...places.values()].map(({ family }) => family))],
    shapes: (split) => splits[split],
    // The data set holds labelled points, no watertight surface.
    surface: () => Promise.resolve(ok(null)),
    read: async (id) => {
      const place = places.get(id);
      if (place) return readPlace(place, layout);
      return fail({
        code: 'shape-unknown',
        message: `${folder} holds no record ${quoted(id)}.`,
        hint: 'A record is named by its file and its number, such as 03001627-train-00000-0.',
      });
    },
  });
}

async function listPlaces(folder: string, split: 'train' | 'test'): Promise<Result<readonly Place[]>> {
  const files = await listCvxnetFiles(folder, split);
  if (!files.ok) return files;
  const places: Place[] = [];
  for (const file of files.value) {
    const offsets = await listTfrecords(file);
    if (!offsets.ok) return offsets;
    const name = basename(file);
    const synset = name.slice(0, name.indexOf('-'));
    const family = SHAPENET_CLASSES.get(synset) ?? synset;
    offsets.value.forEach((offset, index) =>
      places.push({ id: `${name}-${index}`, family, file, index, offset }),
    );
  }
  return ok(places);
}

async function readPlace(
  { id, family, file, index, offset }: Place,
  layout: CvxnetLayout,
): Promise<Result<DatasetShape>> {
  const data = await readTfrecordAt(file, index, offset);
  if (!data.ok) return data;
  const example = decodeExample(data.value);
  if (typeof example === 'string') {
    return badFile('file-damaged', file, `record ${index}`, example, 'Copy or download the file again.');
  }
  const sample = readCvxnetExample(example, { file, record: index }, layout);
  if (!sample.ok) return sample;
  const samples = { box: labelled(sample.value.box), nearSurface: labelled(sample.value.surface) };
  return ok({ id, family, samples, views: viewsOf(sample.value, layout) });
}

/** Rows of x, y, z and signed distance; inside where that is not positive, as CvxNet counts. */
function labelled(rows: Float32Array): LabelledPoints {
  const count = rows.length / 4;
  const points = new Float32Array(count * 3);
  const inside = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) points[i * 3 + c] = rows[i * 4 + c];
    inside[i] = rows[i * 4 + 3] <= 0 ? 1 : 0;
  }
  return { points, inside };
}

function viewsOf(
  { rgb, depth }: CvxnetSample,
  { views, side, depthViews, depthSide }: CvxnetLayout,
): readonly ShapeView[] {
  const count = views === 0 || depthViews === 0 ? Math.max(views, depthViews) : Math.min(views, depthViews);
  // The range is written down nowhere: 0 to 1 or 0 to 255.
  const scale = rgb.some((value) => value > 1) ? 1 : 255;
  const pixels = side * side;
  const colourOf = (v: number): ColourImage => {
    const rgba = new Uint8Array(pixels * 4).fill(255);
    for (let p = 0; p < pixels; p++) {
      for (let c = 0; c < 3; c++) {
        const value = rgb[(v * pixels + p) * 3 + c] * scale;
        rgba[p * 4 + c] = Math.min(255, Math.max(0, Math.round(value)));
      }
    }
    return { width: side, height: side, rgba };
  };
  const depthOf = (v: number): DepthImage => {
    const one = new Float32Array(depthSide * depthSide);
    for (let p = 0; p < one.length; p++) one[p] = depth[p * depthViews + v];
    return { width: depthSide, height: depthSide, depth: one };
  };
  return Array.from({ length: count }, (_, v) => ({
    colour: v < views ? colourOf(v) : null,
    depth: v < depthViews ? depthOf(v) : null,
    camera: null,
  }));
}
