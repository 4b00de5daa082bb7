import { sigmoid, tensor2d, tensor4d, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { basename } from 'node:path';
import type {
  AnomalyOptions,
  AttentionOptions,
  Codes,
  Maps,
  VaeCard,
  VaeEntry,
} from '../../../shared/contract/explain';
import type { ModelChoice } from '../../../shared/contract/inputs';
import type { VaeNetwork } from '../../../shared/recipes/vae';
import { fail, ok, type Problem, type Result } from '../../../shared/result';
import { readVae, type StoredVae } from '../../files/model';
import { takeValues } from '../../compute/read';
import { anomalyMaps } from '../../learning/vae/anomaly';
import { attentionMaps } from '../../learning/vae/attention';
import type { CodesAndMaps } from '../../learning/vae/attention/every-map';
import type { Weights } from '../../learning/network/weights';
import {
  checkVaeNetwork,
  decodeCodes,
  encodePictures,
  encoderLayers,
  vaeSpecs,
} from '../../learning/vae/network';
import { decoderSizes, findLayer } from '../../learning/vae/network/layout';
import { createModelCache } from './model-cache';
import { uploadWeights, weightsProblem, type UploadedWeights } from './uploaded-weights';
import { modelName, modelPath, shippedNames, shippedPath, stampOf, type ModelAccess } from './model-files';

/** Codes and maps of the same pictures. */
export interface CodesWithMaps extends Codes {
  readonly maps: Maps;
}

/** A VAE whose weights lie on the backend. Pictures are [N, H, W, C] in 0..1, row by row, of any number N. */
export interface OpenVae extends Pick<UploadedWeights, 'withWeights'> {
  readonly name: string;
  readonly config: VaeNetwork;
  readonly card: VaeCard;
  readonly sha256: string;
  readonly bytes: number;
  /** Pictures that go through the network together; who has more and wants to be stopped asks in such batches. */
  readonly batch: number;
  encode(images: Float32Array): Promise<Codes>;
  /** Codes [N, D] to pictures [N, H, W, C] in 0..1. */
  decode(codes: Float32Array): Promise<Float32Array>;
  /** Signed maps of every latent. Problems: no such layer, a layer of one pixel. */
  explain(images: Float32Array, options: AttentionOptions): Promise<Result<CodesWithMaps>>;
  /** Maps of what does not belong, one per picture, after the sign. Problems: as explain. */
  findAnomalies(images: Float32Array, options: AnomalyOptions): Promise<Result<CodesWithMaps>>;
}

/** Values of the largest map of a batch: 32 MiB of float32. */
const MOST_VALUES = 2 ** 23;
const MOST_PER_BATCH = 128;

const cache = createModelCache<OpenVae & { dispose(): void }>();

/**
 * Opens a VAE by name or file; the last two stay open, and a file that changed is opened anew. Problems: no such VAE,
 * a file that is none, a CvxNet, a network that cannot be, weights that do not fit it.
 */
export async function openVae(choice: ModelChoice, access: ModelAccess): Promise<Result<OpenVae>> {
  const path = await modelPath(choice, access, 'vae');
  if (!path.ok) return path;
  return cache(path.value, access.backend, () => load(path.value, modelName(choice, path.value), access));
}

/** The VAEs that ship, and a note for each that cannot be used. */
export async function listVaes({
  modelsFolder,
}: Pick<ModelAccess, 'modelsFolder'>): Promise<{ vaes: VaeEntry[]; notes: string[] }> {
  const vaes: VaeEntry[] = [];
  const notes: string[] = [];
  for (const name of await shippedNames(modelsFolder, 'vae')) {
    const read = await vaeEntry(name, shippedPath(modelsFolder, name));
    if (read.ok) vaes.push(read.value);
    else notes.push(`The VAE "${name}" cannot be used: ${read.error.message}`);
  }
  return { vaes, notes };
}

const entries = new Map<string, { readonly stamp: string; readonly entry: VaeEntry }>();

/** What a list says of a VAE's file. Problems: as when it is opened. */
export async function vaeEntry(name: string, path: string): Promise<Result<VaeEntry>> {
  const stamp = await stampOf(path);
  const known = entries.get(path);
  if (known?.stamp === stamp) return ok({ ...known.entry, name });
  const stored = await readVae(path);
  if (!stored.ok) return stored;
  const problem = vaeProblem(stored.value, basename(path));
  if (problem) return fail(problem);
  const { card, bytes, sha256 } = stored.value;
  const entry: VaeEntry = { name, bytes, sha256, card };
  entries.set(path, { stamp, entry });
  return ok(entry);
}

/** The problem with a VAE's weights and network; null when it can be built. */
function vaeProblem({ card, weights }: StoredVae, file: string): Problem | null {
  const checked = checkVaeNetwork(card.network);
  if (!checked.ok) return { ...checked.error, message: `${file}: ${checked.error.message}` };
  return weightsProblem(vaeSpecs(card.network), weights, file);
}

async function load(
  path: string,
  name: string,
  { backend }: ModelAccess,
): Promise<Result<OpenVae & { dispose(): void }>> {
  const stored = await readVae(path);
  if (!stored.ok) return stored;
  const problem = vaeProblem(stored.value, basename(path));
  if (problem) return fail(problem);
  const { weights, sha256, bytes } = stored.value;
  // What the network says of its maps is worked out, not believed.
  const card = { ...stored.value.card, layers: encoderLayers(stored.value.card.network) };
  const { withWeights, dispose } = await uploadWeights(weights, backend);
  return ok({ name, card, sha256, bytes, withWeights, dispose, ...running(card, withWeights) });
}

function running(
  card: VaeCard,
  withWeights: UploadedWeights['withWeights'],
): Pick<OpenVae, 'config' | 'batch' | 'encode' | 'decode' | 'explain' | 'findAnomalies'> {
  const { network } = card;
  const { latent } = network;
  const pixels = network.height * network.width * network.channels;
  const batch = batchOf(card);
  /** Tensors of all pictures, a batch at a time; `widths` are their values per picture. */
  const ofPictures = (
    images: Float32Array,
    widths: readonly number[],
    pass: (weights: Weights, input: Tensor4D) => readonly Tensor[],
  ): Promise<Float32Array[]> =>
    inBatches(images, pixels, batch, widths, (part, count) =>
      withWeights((weights) => {
        const input = tensor4d(part, [count, network.height, network.width, network.channels]);
        const outputs = pass(weights, input);
        input.dispose();
        return takeValues(...outputs);
      }),
    );
  const mapped = async (
    images: Float32Array,
    layerName: string,
    perPicture: number,
    pass: (weights: Weights, input: Tensor4D) => CodesAndMaps,
  ): Promise<Result<CodesWithMaps>> => {
    const found = findLayer(network, layerName);
    if (!found.ok) return found;
    const { layer } = found.value;
    const widths = [latent, latent, perPicture * layer.height * layer.width];
    const [mu, logvar, values] = await ofPictures(images, widths, (weights, input) => {
      const maps = pass(weights, input);
      return [maps.mu, maps.logvar, maps.values];
    });
    return ok({ latent, mu, logvar, maps: { layer, perPicture, values } });
  };
  return {
    config: network,
    batch,
    encode: async (images) => {
      const [mu, logvar] = await ofPictures(images, [latent, latent], (weights, input) => {
        const codes = encodePictures(network, weights, input);
        return [codes.mu, codes.logvar];
      });
      return { latent, mu, logvar };
    },
    decode: async (codes) => {
      const [images] = await inBatches(codes, latent, batch, [pixels], (part, count) =>
        withWeights((weights) =>
          takeValues(tidy(() => sigmoid(decodeCodes(network, weights, tensor2d(part, [count, latent]))))),
        ),
      );
      return images;
    },
    explain: (images, options) =>
      mapped(images, options.layer, latent, (weights, input) =>
        attentionMaps(network, weights, input, options),
      ),
    findAnomalies: (images, options) =>
      mapped(images, options.layer, 1, (weights, input) =>
        anomalyMaps(network, weights, input, options, card.normal),
      ),
  };
}

/** How many pictures fit, by the largest map of encoder and decoder. */
function batchOf({ network, layers }: VaeCard): number {
  const sizes = [
    ...layers.map(({ height, width, channels }) => height * width * channels),
    ...decoderSizes(network).map(([height, width, channels]) => height * width * channels),
  ];
  return Math.max(1, Math.min(MOST_PER_BATCH, Math.floor(MOST_VALUES / Math.max(...sizes))));
}

/** Rows of `width` values, a batch at a time, to outputs of `widths` values per row. */
async function inBatches(
  rows: Float32Array,
  width: number,
  batch: number,
  widths: readonly number[],
  pass: (part: Float32Array, count: number) => Promise<readonly Float32Array[]>,
): Promise<Float32Array[]> {
  const total = rows.length / width;
  const outputs = widths.map((each) => new Float32Array(total * each));
  for (let from = 0; from < total; from += batch) {
    const count = Math.min(batch, total - from);
    const parts = await pass(rows.subarray(from * width, (from + count) * width), count);
    parts.forEach((part, i) => outputs[i].set(part, from * widths[i]));
  }
  return outputs;
}
