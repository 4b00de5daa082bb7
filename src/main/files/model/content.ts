import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/result';
import { badFile, quoted } from '../read/problems';
import { readSafetensors } from '../safetensors/read';
import type { SafetensorsContent, StoredTensor } from '../safetensors/types';
import { readBytes } from '../source/bytes';
import { MAXIMUM_MODEL_BYTES, type WeightArray } from './types';
import { NETWORKS, NETWORK_KINDS } from '../../../shared/networks';
import type { NetworkKind } from '../../../shared/recipes/training';

const HINT = 'Take another copy of the model, or write it again with "halfspace train".';

/** What every model file holds, whatever its kind. */
export interface ModelFile extends SafetensorsContent {
  readonly file: string;
  /** Hex SHA-256 of the file. */
  readonly sha256: string;
  /** Size of the file. */
  readonly bytes: number;
}

/** Reads a model file of one kind. Errors name the file: no model, a model of the other kind, cut off, damaged. */
export async function readModelFile(path: string, kind: NetworkKind): Promise<Result<ModelFile>> {
  const file = basename(path);
  const bytes = await readBytes(path, MAXIMUM_MODEL_BYTES);
  if (!bytes.ok) return bytes;
  const content = readSafetensors(bytes.value, file);
  if (!content.ok) return content;
  const found = kindOfFormat(content.value.metadata.get('format'));
  if (found === null) {
    return badFile(
      'file-unsupported',
      file,
      'the header',
      `a model says "format": "${NETWORKS[kind].modelFormat}", this file does not`,
      "Choose a model file: one that ships, or a training run's best.safetensors.",
    );
  }
  if (found !== kind) {
    return fail({
      code: 'wrong-model-kind',
      message: `${file}: the model is a ${NETWORKS[found].name}, needed is a ${NETWORKS[kind].name}.`,
      hint: NETWORKS[found].purpose,
    });
  }
  const sha256 = createHash('sha256').update(bytes.value).digest('hex');
  return ok({ ...content.value, file, sha256, bytes: bytes.value.length });
}

/** The kind of model that a format stands for; null for what is no model. */
export function kindOfFormat(format: string | undefined): NetworkKind | null {
  return NETWORK_KINDS.find((kind) => NETWORKS[kind].modelFormat === format) ?? null;
}

/** JSON of the metadata, checked. Errors name the entry and the field. */
export function metadataEntry<T>(
  { metadata, file }: ModelFile,
  key: string,
  schema: z.ZodType<T>,
): Result<T> {
  let json: unknown;
  try {
    json = JSON.parse(metadata.get(key) ?? '');
  } catch {
    return damaged(file, `the header, "${key}"`, 'it is missing or no JSON');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return damaged(file, `the header, "${[key, ...issue.path.map(String)].join('.')}"`, issue.message);
}

/** The arrays of a network, without those of other use. Errors name the array: another type, not finite. */
export function readWeights(
  { tensors, file }: ModelFile,
  except: readonly string[] = [],
): Result<ReadonlyMap<string, WeightArray>> {
  const weights = new Map<string, WeightArray>();
  for (const [name, tensor] of tensors) {
    if (except.includes(name)) continue;
    const data = finiteFloats(name, tensor, file);
    if (!data.ok) return data;
    weights.set(name, { shape: tensor.shape, data: data.value });
  }
  return ok(weights);
}

export function finiteFloats(
  name: string,
  { dtype, data }: StoredTensor,
  file: string,
): Result<Float32Array> {
  const place = `array ${quoted(name)}`;
  if (dtype !== 'F16' && dtype !== 'F32') {
    return badFile('file-unsupported', file, place, `weights are F16 or F32, this is ${dtype}`, HINT);
  }
  const at = data.findIndex((value) => !Number.isFinite(value));
  return at < 0
    ? ok(data)
    : badFile('not-finite', file, `${place}, value ${at}`, 'it is no finite number', HINT);
}

export function damaged(file: string, place: string, what: string): Result<never> {
  return badFile('file-damaged', file, place, what, HINT);
}
