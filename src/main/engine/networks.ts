import { tensor } from '@tensorflow/tfjs-core';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ModelCard, ModelChoice, ModelEntry, ModelInput } from '../../shared/contract/learning';
import type { NetworkConfig } from '../../shared/contract/network';
import { fail, ok, type Problem, type Result } from '../../shared/result';
import { readModel, type ModelLibrary, type StoredModel } from '../files/model';
import { decodeLatents, encodeImages, learnedShape, type LearnedShape } from '../learning/cvxnet/infer';
import { inputKind } from '../learning/cvxnet/input';
import type { Weights } from '../learning/network/weights';
import { weightSpecs } from '../learning/cvxnet/network/layout';
import type { BackendName } from './backends';
import type { Grants } from './grants';
import { startTensorflow } from './tensorflow';

/** What opening a network needs. */
export interface NetworkRoom {
  readonly grants: Grants;
  readonly backend: BackendName;
  readonly modelsFolder: string;
}

/** A model whose weights lie on the backend. */
export interface OpenNetwork {
  readonly name: string;
  readonly input: ModelInput;
  readonly config: NetworkConfig;
  readonly card: ModelCard;
  readonly sha256: string;
  readonly bytes: number;
  readonly library: ModelLibrary | null;
  /** Pictures [N, S, S, C] to codes [N, L]. */
  encode(images: Float32Array): Float32Array;
  /** Codes [N, L] to N shapes. */
  decode(latents: Float32Array): readonly LearnedShape[];
}

interface Slot {
  readonly stamp: string;
  readonly opening: Promise<Result<OpenNetwork & { dispose(): void }>>;
}

const KEPT_NETWORKS = 2;
const MODEL_FILE = 'model.safetensors';

/** The last opened ones, for the life of the process, by path and backend. */
const slots = new Map<string, Slot>();

/**
 * Opens a model by name or file; the last two stay open, and a file that changed is opened anew. Problems: no such
 * model, a file that is none, weights that do not fit its configuration, not three-dimensional.
 */
export async function openNetwork(choice: ModelChoice, room: NetworkRoom): Promise<Result<OpenNetwork>> {
  const path = await modelPath(choice, room);
  if (!path.ok) return path;
  const stamp = await stampOf(path.value);
  const key = `${room.backend} ${path.value}`;
  const known = slots.get(key);
  slots.delete(key);
  if (known?.stamp !== stamp) close(known);
  const slot =
    known?.stamp === stamp
      ? known
      : { stamp, opening: load(path.value, modelName(choice, path.value), room) };
  slots.set(key, slot);
  for (const [oldest, { opening }] of slots) {
    if (slots.size <= KEPT_NETWORKS) break;
    slots.delete(oldest);
    close({ stamp: '', opening });
  }
  const opened = await slot.opening;
  if (!opened.ok && slots.get(key) === slot) slots.delete(key);
  return opened;
}

/** The models that ship, and a note for each that cannot be used. */
export async function listModels({
  modelsFolder,
}: Pick<NetworkRoom, 'modelsFolder'>): Promise<{ models: ModelEntry[]; notes: string[] }> {
  const models: ModelEntry[] = [];
  const notes: string[] = [];
  for (const name of await shippedNames(modelsFolder)) {
    const read = await entryOf(name, join(modelsFolder, name, MODEL_FILE));
    if (read.ok) models.push(read.value);
    else notes.push(`The model "${name}" cannot be used: ${read.error.message}`);
  }
  return { models, notes };
}

/** The cards of model files that a person chose; the problem of the first that cannot be used. */
export async function chosenModels(
  tokens: readonly string[],
  { grants }: Pick<NetworkRoom, 'grants'>,
): Promise<Result<ModelEntry[]>> {
  const models: ModelEntry[] = [];
  for (const token of tokens) {
    const path = grants.resolve(token, 'read');
    if (!path.ok) return path;
    const read = await entryOf(basename(path.value), path.value);
    if (!read.ok) return read;
    models.push({ ...read.value, token });
  }
  return ok(models);
}

/** The problem with a model's weights and configuration; null when the network can be built. */
export function fitProblem({ config, card, weights }: StoredModel, file: string): Problem | null {
  const problem = (what: string): Problem => ({
    code: 'model-mismatch',
    message: `${file}: the configuration does not fit the checkpoint: ${what}.`,
    hint: 'Use the configuration that the model was trained with, or take another copy of the model.',
  });
  if (JSON.stringify(card.network) !== JSON.stringify(config)) {
    return problem('the card describes another network');
  }
  const specs = weightSpecs(config);
  for (const { name, shape } of specs) {
    const found = weights.get(name)?.shape;
    if (!found) return problem(`there is no weight "${name}"`);
    if (found.join() !== shape.join()) {
      return problem(
        `the weight "${name}" has the shape (${found.join(', ')}), needed is (${shape.join(', ')})`,
      );
    }
  }
  if (weights.size === specs.length) return null;
  const known = new Set(specs.map(({ name }) => name));
  const extra = [...weights.keys()].find((name) => !known.has(name));
  return problem(`the network has no weight "${extra}"`);
}

async function load(
  path: string,
  name: string,
  { backend }: NetworkRoom,
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
  await useBackend(backend);
  const upload = (): Weights =>
    new Map([...stored.value.weights].map(([key, { shape, data }]) => [key, tensor(data, [...shape])]));
  let weights: Weights | null = upload();
  // A job may still hold a network that two others pushed out: it then works with weights of its own.
  const withWeights = <T>(work: (weights: Weights) => T): T => {
    if (weights) return work(weights);
    const own = upload();
    const value = work(own);
    release(own);
    return value;
  };
  return ok({
    name,
    input: inputKind(config),
    config,
    card,
    sha256,
    bytes,
    library,
    encode: (images) => withWeights((held) => encodeImages(config, held, images)),
    decode: (latents) =>
      withWeights((held) => decodeLatents(config, held, latents)).map((logits) =>
        learnedShape(config, logits),
      ),
    dispose: () => {
      if (weights) release(weights);
      weights = null;
    },
  });
}

function release(weights: Weights): void {
  for (const weight of weights.values()) weight.dispose();
}

const started = new Map<BackendName, Promise<void>>();

/** TensorFlow.js on the engine's backend, set up once. */
function useBackend(backend: BackendName): Promise<void> {
  const starting = started.get(backend) ?? startTensorflow(backend);
  started.set(backend, starting);
  return starting;
}

function close(slot: Slot | undefined): void {
  void slot?.opening.then((opened) => {
    if (opened.ok) opened.value.dispose();
  });
}

async function modelPath(
  choice: ModelChoice,
  { grants, modelsFolder }: NetworkRoom,
): Promise<Result<string>> {
  if ('token' in choice) return grants.resolve(choice.token, 'read');
  const path = join(modelsFolder, choice.name, MODEL_FILE);
  if (await stampOf(path)) return ok(path);
  const names = await shippedNames(modelsFolder);
  return fail({
    code: 'model-missing',
    message: `There is no model named "${choice.name}".`,
    hint:
      names.length > 0
        ? `There is: ${names.join(', ')}. A model file can be chosen, too.`
        : 'No model ships with this copy: choose a model file, or train one with "halfspace train".',
  });
}

function modelName(choice: ModelChoice, path: string): string {
  return 'name' in choice ? choice.name : basename(path);
}

/** Names of the folders with a model file. */
async function shippedNames(modelsFolder: string): Promise<string[]> {
  const folders = await readdir(modelsFolder).catch((): string[] => []);
  const stamps = await Promise.all(folders.map((name) => stampOf(join(modelsFolder, name, MODEL_FILE))));
  return folders.filter((_, i) => stamps[i] !== '').sort();
}

/** Changes when the file does; empty when it is not there. */
async function stampOf(path: string): Promise<string> {
  const information = await stat(path).catch(() => null);
  return information?.isFile() ? `${information.mtimeMs} ${information.size}` : '';
}

const entries = new Map<string, { readonly stamp: string; readonly entry: ModelEntry }>();

async function entryOf(name: string, path: string): Promise<Result<ModelEntry>> {
  const stamp = await stampOf(path);
  const known = entries.get(path);
  if (known?.stamp === stamp) return ok(known.entry);
  const stored = await readModel(path);
  if (!stored.ok) return stored;
  const problem = fitProblem(stored.value, basename(path));
  if (problem) return fail(problem);
  const { config, card, bytes, sha256 } = stored.value;
  const entry: ModelEntry = { name, input: inputKind(config), bytes, sha256, card };
  entries.set(path, { stamp, entry });
  return ok(entry);
}
