import { basename } from 'node:path';
import type { ModelCard, ModelEntry } from '../../../shared/contract/learning';
import type { ModelChoice, ModelInput } from '../../../shared/contract/inputs';
import type { NetworkConfig } from '../../../shared/recipes/network';
import { fail, ok, type Problem, type Result } from '../../../shared/result';
import { readModel, type ModelLibrary, type StoredModel } from '../../files/model';
import { decodeLatents, encodeImages, learnedShape, type LearnedShape } from '../../learning/cvxnet/infer';
import { inputKind } from '../../learning/cvxnet/input';
import { weightSpecs } from '../../learning/cvxnet/network/layout';
import { createModelCache } from './model-cache';
import { uploadWeights, mismatch, weightsProblem, type UploadedWeights } from './uploaded-weights';
import { modelName, modelPath, shippedNames, shippedPath, stampOf, type ModelAccess } from './model-files';

export type { ModelAccess } from './model-files';

/** A CvxNet whose weights lie on the backend. */
export interface OpenNetwork extends Pick<UploadedWeights, 'withWeights'> {
  readonly name: string;
  readonly input: ModelInput;
  readonly config: NetworkConfig;
  readonly card: ModelCard;
  readonly sha256: string;
  readonly bytes: number;
  readonly library: ModelLibrary | null;
  /** Pictures [N, S, S, C] to codes [N, L]. */
  encode(images: Float32Array): Promise<Float32Array>;
  /** Codes [N, L] to N shapes. */
  decode(latents: Float32Array): Promise<readonly LearnedShape[]>;
}

const cache = createModelCache<OpenNetwork & { dispose(): void }>();

/**
 * Opens a CvxNet by name or file; the last two stay open, and a file that changed is opened anew. Problems: no such
 * model, a file that is none, a VAE, weights that do not fit its configuration, not three-dimensional.
 */
export async function openNetwork(choice: ModelChoice, access: ModelAccess): Promise<Result<OpenNetwork>> {
  const path = await modelPath(choice, access, 'cvxnet');
  if (!path.ok) return path;
  return cache(path.value, access.backend, () => load(path.value, modelName(choice, path.value), access));
}

/** The CvxNets that ship, and a note for each that cannot be used. */
export async function listModels({
  modelsFolder,
}: Pick<ModelAccess, 'modelsFolder'>): Promise<{ models: ModelEntry[]; notes: string[] }> {
  const models: ModelEntry[] = [];
  const notes: string[] = [];
  for (const name of await shippedNames(modelsFolder, 'cvxnet')) {
    const read = await modelEntry(name, shippedPath(modelsFolder, name));
    if (read.ok) models.push(read.value);
    else notes.push(`The model "${name}" cannot be used: ${read.error.message}`);
  }
  return { models, notes };
}

/** The problem with a model's weights and configuration; null when the network can be built. */
export function fitProblem({ config, card, weights }: StoredModel, file: string): Problem | null {
  return JSON.stringify(card.network) !== JSON.stringify(config)
    ? mismatch(file, 'the card describes another network')
    : weightsProblem(weightSpecs(config), weights, file);
}

async function load(
  path: string,
  name: string,
  { backend }: ModelAccess,
): Promise<Result<OpenNetwork & { dispose(): void }>> {
  const file = basename(path);
  const stored = await readModel(path);
  if (!stored.ok) return stored;
  const problem = fitProblem(stored.value, file);
  if (problem) return fail(problem);
  const { config, card, sha256, bytes, library } = stored.value;
  if (config.dims !== 3) {
    return fail({
      code: 'model-not-3d',
      message: `${file} is a network of the plane: its parts are polygons.`,
      hint: 'Choose a model with three dimensions.',
    });
  }
  const { withWeights, dispose } = await uploadWeights(stored.value.weights, backend);
  return ok({
    name,
    input: inputKind(config),
    config,
    card,
    sha256,
    bytes,
    library,
    encode: (images) => withWeights((held) => encodeImages(config, held, images)),
    decode: async (latents) => {
      const logits = await withWeights((held) => decodeLatents(config, held, latents));
      return logits.map((own) => learnedShape(config, own));
    },
    withWeights,
    dispose,
  });
}

const entries = new Map<string, { readonly stamp: string; readonly entry: ModelEntry }>();

/** What a list says of a CvxNet's file. Problems: as when it is opened. */
export async function modelEntry(name: string, path: string): Promise<Result<ModelEntry>> {
  const stamp = await stampOf(path);
  const known = entries.get(path);
  if (known?.stamp === stamp) return ok({ ...known.entry, name });
  const stored = await readModel(path);
  if (!stored.ok) return stored;
  const problem = fitProblem(stored.value, basename(path));
  if (problem) return fail(problem);
  const { config, card, bytes, sha256 } = stored.value;
  const entry: ModelEntry = { name, input: inputKind(config), bytes, sha256, card };
  entries.set(path, { stamp, entry });
  return ok(entry);
}
