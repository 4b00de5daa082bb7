import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { z } from 'zod';
import { networkConfigSchema, type NetworkConfig } from '../../../shared/contract/network';
import { ok, type Result } from '../../../shared/result';
import { badFile, quoted } from '../read/problems';
import { readSafetensors } from '../safetensors/read';
import type { SafetensorsContent, StoredTensor } from '../safetensors/types';
import { readBytes } from '../source/bytes';
import { libraryNamesSchema, modelCardSchema } from './card';
import {
  LIBRARY_LATENTS,
  MAXIMUM_MODEL_BYTES,
  MODEL_FORMAT,
  type ModelLibrary,
  type StoredModel,
  type WeightArray,
} from './types';

const HINT = 'Take another copy of the model, or write it again with "halfspace train".';

/**
 * Reads a model file. Whether the weights are those of its configuration is for the one who builds the network to
 * check. Errors name the file and the array or the entry: no model, cut off, damaged, not finite.
 */
export async function readModel(path: string): Promise<Result<StoredModel>> {
  const file = basename(path);
  const bytes = await readBytes(path, MAXIMUM_MODEL_BYTES);
  if (!bytes.ok) return bytes;
  const content = readSafetensors(bytes.value, file);
  if (!content.ok) return content;
  const { metadata, tensors } = content.value;
  if (metadata.get('format') !== MODEL_FORMAT) {
    return badFile(
      'file-unsupported',
      file,
      'the header',
      `a model says "format": "${MODEL_FORMAT}", this file does not`,
      "Choose a model file: one that ships, or a training run's best.safetensors.",
    );
  }
  const config = entry(metadata, 'config', networkConfigSchema, file);
  if (!config.ok) return config;
  const card = entry(metadata, 'card', modelCardSchema, file);
  if (!card.ok) return card;
  const library = readLibrary(content.value, config.value, file);
  if (!library.ok) return library;
  const weights = new Map<string, WeightArray>();
  for (const [name, tensor] of tensors) {
    if (name === LIBRARY_LATENTS) continue;
    const data = finiteFloats(name, tensor, file);
    if (!data.ok) return data;
    weights.set(name, { shape: tensor.shape, data: data.value });
  }
  return ok({
    config: config.value,
    weights,
    card: card.value,
    library: library.value,
    sha256: createHash('sha256').update(bytes.value).digest('hex'),
    bytes: bytes.value.length,
  });
}

function entry<T>(
  metadata: ReadonlyMap<string, string>,
  key: string,
  schema: z.ZodType<T>,
  file: string,
): Result<T> {
  let json: unknown;
  try {
    json = JSON.parse(metadata.get(key) ?? '');
  } catch {
    return badFile('file-damaged', file, `the header, "${key}"`, 'it is missing or no JSON', HINT);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const field = [key, ...issue.path.map(String)].join('.');
  return badFile('file-damaged', file, `the header, "${field}"`, issue.message, HINT);
}

function readLibrary(
  { metadata, tensors }: SafetensorsContent,
  config: NetworkConfig,
  file: string,
): Result<ModelLibrary | null> {
  const tensor = tensors.get(LIBRARY_LATENTS);
  if (tensor === undefined && !metadata.has('library')) return ok(null);
  const names = entry(metadata, 'library', libraryNamesSchema, file);
  if (!names.ok) return names;
  const { ids, families } = names.value;
  const [rows, width] = tensor?.shape ?? [];
  if (
    !tensor ||
    ids.length !== families.length ||
    rows !== ids.length ||
    width !== config.latent ||
    tensor.shape.length !== 2
  ) {
    const found = tensor ? `(${tensor.shape.join(', ')})` : 'nothing';
    return badFile(
      'file-damaged',
      file,
      `array "${LIBRARY_LATENTS}"`,
      `${ids.length} ids and ${families.length} families need codes of shape (${ids.length}, ${config.latent}), found ${found}`,
      HINT,
    );
  }
  const latents = finiteFloats(LIBRARY_LATENTS, tensor, file);
  return latents.ok ? ok({ latents: latents.value, ids, families }) : latents;
}

function finiteFloats(name: string, { dtype, data }: StoredTensor, file: string): Result<Float32Array> {
  const place = `array ${quoted(name)}`;
  if (dtype !== 'F16' && dtype !== 'F32') {
    return badFile('file-unsupported', file, place, `weights are F16 or F32, this is ${dtype}`, HINT);
  }
  const at = data.findIndex((value) => !Number.isFinite(value));
  return at < 0
    ? ok(data)
    : badFile('not-finite', file, `${place}, value ${at}`, 'it is no finite number', HINT);
}
