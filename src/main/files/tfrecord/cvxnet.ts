import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/result';
import { badFile, quoted } from '../read/problems';
import { decodeExample, encodeExample, type Example, type Feature } from './example';
import { readTfrecords } from './records';
import { SHAPENET_CLASSES } from './synsets';

/** How many views, pixels and samples a record holds. */
export interface CvxnetLayout {
  readonly views: number;
  readonly side: number;
  readonly depthViews: number;
  readonly depthSide: number;
  /** Samples of each of the two sets. */
  readonly samples: number;
}

/** CvxNet's published records (Deng et al. 2020). */
export const CVXNET_LAYOUT: CvxnetLayout = {
  views: 24,
  side: 137,
  depthViews: 20,
  depthSide: 224,
  samples: 100_000,
};

/** One shape of CvxNet's dataset. */
export interface CvxnetSample {
  /** `{synset}-{model id}`. */
  readonly name: string;
  readonly synset: string;
  readonly modelId: string;
  /** The class in words, null for a synset that is none of the 13. */
  readonly className: string | null;
  /** [views, side, side, 3], in the units of the file. */
  readonly rgb: Float32Array;
  /** [depthSide, depthSide, depthViews]: views as channels, object units (the file's thousandths divided by 1000). */
  readonly depth: Float32Array;
  /** [samples, 4] rows of x, y, z, signed distance (inside where <= 0), uniform in the box. */
  readonly box: Float32Array;
  /** [samples, 4], near the surface. */
  readonly surface: Float32Array;
}

/** Says in errors which file and record is meant. */
export interface RecordPlace {
  readonly file: string;
  readonly record: number;
}

const KEY_HINT = "Use CvxNet's dataset, or records written by this program.";

/** Reads an Example with exactly the keys and lengths of the layout. Errors name file, record and key. */
export function readCvxnetExample(
  example: Example,
  place: RecordPlace,
  layout: CvxnetLayout = CVXNET_LAYOUT,
): Result<CvxnetSample> {
  const { views, side, depthViews, depthSide, samples } = layout;
  const name = readName(example.get('name'), place);
  if (!name.ok) return name;
  const rgb = readFloats(example, 'rgb', views * side * side * 3, place);
  if (!rgb.ok) return rgb;
  const depth = readFloats(example, 'depth', depthViews * depthSide * depthSide, place);
  if (!depth.ok) return depth;
  const box = readFloats(example, 'bbox_samples', samples * 4, place);
  if (!box.ok) return box;
  const surface = readFloats(example, 'surf_samples', samples * 4, place);
  if (!surface.ok) return surface;
  return ok({
    ...name.value,
    rgb: rgb.value,
    depth: viewsToChannels(depth.value, depthViews, depthSide * depthSide),
    box: box.value,
    surface: surface.value,
  });
}

/** The shapes of one TFRecord file, one in memory at a time; ends after the first problem. */
export async function* readCvxnetRecords(
  path: string,
  layout: CvxnetLayout = CVXNET_LAYOUT,
): AsyncGenerator<Result<CvxnetSample>> {
  for await (const record of readTfrecords(path)) {
    if (!record.ok) {
      yield record;
      return;
    }
    const place = { file: path, record: record.value.index };
    const example = decodeExample(record.value.data);
    const sample =
      typeof example === 'string'
        ? badFile('file-damaged', path, `record ${place.record}`, example, KEY_HINT)
        : readCvxnetExample(example, place, layout);
    yield sample;
    if (!sample.ok) return;
  }
}

/** The bytes of one record (not yet framed); the inverse of reading, depth to the rounding of 32-bit floats. */
export function writeCvxnetExample(sample: CvxnetSample, layout: CvxnetLayout = CVXNET_LAYOUT): Uint8Array {
  const { depthViews, depthSide } = layout;
  return encodeExample(
    new Map<string, Feature>([
      ['rgb', { kind: 'float', values: sample.rgb }],
      ['depth', { kind: 'float', values: channelsToViews(sample.depth, depthViews, depthSide * depthSide) }],
      ['bbox_samples', { kind: 'float', values: sample.box }],
      ['surf_samples', { kind: 'float', values: sample.surface }],
      ['name', { kind: 'bytes', values: [Buffer.from(sample.name, 'utf8')] }],
    ]),
  );
}

/** The record files `{synset}-{split}-*` of a folder, sorted. A folder without any is an error. */
export async function listCvxnetFiles(folder: string, split: 'train' | 'test'): Promise<Result<string[]>> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    return fail({
      code: 'dataset-unreadable',
      message: `${folder} could not be listed: ${error instanceof Error ? error.message : String(error)}.`,
      hint: 'Choose the folder that holds the TFRecord files.',
    });
  }
  const found = names.filter((name) => name.split('-')[1] === split && /^[^-]+-[^-]+-./.test(name)).sort();
  if (found.length > 0) return ok(found.map((name) => join(folder, name)));
  return fail({
    code: 'dataset-empty',
    message: `${folder} holds no file named like 03001627-${split}-00000.`,
    hint: 'Choose the folder that holds the TFRecord files, each named synset-split-number.',
  });
}

function readName(
  feature: Feature | undefined,
  { file, record }: RecordPlace,
): Result<Pick<CvxnetSample, 'name' | 'synset' | 'modelId' | 'className'>> {
  const place = `record ${record}, key name`;
  if (feature?.kind !== 'bytes' || feature.values.length !== 1) {
    return badFile('file-damaged', file, place, 'one text is needed', KEY_HINT);
  }
  const name = Buffer.from(feature.values[0]).toString('utf8');
  const dash = name.indexOf('-');
  // Names become paths when shapes are exported.
  if (dash < 1 || dash === name.length - 1 || name.length > 256 || /[/\\]|\p{Cc}/u.test(name)) {
    return badFile('file-damaged', file, place, `"synset-model" is needed, found ${quoted(name)}`, KEY_HINT);
  }
  const synset = name.slice(0, dash);
  const className = SHAPENET_CLASSES.get(synset) ?? null;
  return ok({ name, synset, modelId: name.slice(dash + 1), className });
}

function readFloats(
  example: Example,
  key: string,
  length: number,
  { file, record }: RecordPlace,
): Result<Float32Array> {
  const place = `record ${record}, key ${key}`;
  const feature = example.get(key);
  if (!feature) return badFile('file-damaged', file, place, 'it is missing', KEY_HINT);
  if (feature.kind !== 'float') {
    return badFile('file-damaged', file, place, `floats are needed, found ${feature.kind}`, KEY_HINT);
  }
  const { values } = feature;
  if (values.length !== length) {
    return badFile(
      'file-damaged',
      file,
      place,
      `${length} values are needed, found ${values.length}`,
      KEY_HINT,
    );
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return ok(values);
  return badFile(
    'not-finite',
    file,
    `${place}, value ${bad}`,
    `it is ${values[bad]}`,
    'Leave this shape out.',
  );
}

function viewsToChannels(values: Float32Array, views: number, pixels: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let v = 0; v < views; v++) {
    for (let p = 0; p < pixels; p++) out[p * views + v] = values[v * pixels + p] / 1000;
  }
  return out;
}

function channelsToViews(values: Float32Array, views: number, pixels: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let v = 0; v < views; v++) {
    for (let p = 0; p < pixels; p++) out[v * pixels + p] = values[p * views + v] * 1000;
  }
  return out;
}
