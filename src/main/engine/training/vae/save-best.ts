import { tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { VaeCard } from '../../../../shared/contract/explain';
import { samplesSeen } from '../../../../shared/recipes/training';
import type { VaeTraining } from '../../../../shared/recipes/vae';
import { ok, type Result } from '../../../../shared/result';
import { writeVae } from '../../../files/model';
import { takeValues } from '../../../compute/read';
import { isTrainable, type Weights } from '../../../learning/network/weights';
import { encodePictures, encoderLayers, vaeSpecs } from '../../../learning/vae/network';
import { divergences } from '../../../learning/vae/training/elbo';
import type { Curve } from '../curve';
import { storedWeights } from '../stored-weights';
import { readImages, spreadIndices } from './held-out';
import type { PictureSource } from './source';

/** Training pictures whose codes say what is normal. */
const PICTURES = 2000;
const GROUP = 64;

/** Writes the best weights so far as a model file that explains at once. */
export async function saveBestVae(
  path: string,
  config: VaeTraining,
  data: { readonly name: string; readonly train: PictureSource },
  weights: Weights,
  curve: Curve,
): Promise<Result<number>> {
  const normal = await normalOf(config, data.train, weights, PICTURES);
  if (!normal.ok) return normal;
  const { network } = config;
  const step = curve.at(-1)?.[0] ?? 0;
  const specs = vaeSpecs(network);
  const card: VaeCard = {
    title: 'Best of a training run',
    network,
    training: config,
    data: data.name,
    stepsDone: step,
    samplesSeen: samplesSeen(config, step),
    parameters: specs
      .filter(isTrainable)
      .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
    layers: encoderLayers(network),
    curve,
    normal: normal.value,
    test: null,
  };
  return writeVae(path, {
    precision: 'F32',
    weights: await storedWeights(specs, weights),
    card,
  });
}

/** Per latent, over at most `most` training pictures: means of mu, of the variance, of the divergence, nats. */
export async function normalOf(
  { network }: Pick<VaeTraining, 'network'>,
  source: PictureSource,
  weights: Weights,
  most: number,
): Promise<Result<VaeCard['normal']>> {
  const { height, width, channels, latent } = network;
  const indices = spreadIndices(source, most);
  const mean = new Float64Array(latent);
  const variance = new Float64Array(latent);
  const divergence = new Float64Array(latent);
  for (let from = 0; from < indices.length; from += GROUP) {
    const group = indices.slice(from, from + GROUP);
    const images = await readImages(source, group, network);
    if (!images.ok) return images;
    const batch = tensor4d(images.value, [group.length, height, width, channels]);
    const { mu, logvar } = encodePictures(network, weights, batch);
    const apart = tidy(() => divergences(mu, logvar));
    batch.dispose();
    const [means, logs, parts] = await takeValues(mu, logvar, apart);
    for (let i = 0; i < means.length; i++) {
      mean[i % latent] += means[i] / indices.length;
      variance[i % latent] += Math.exp(logs[i]) / indices.length;
      divergence[i % latent] += parts[i] / indices.length;
    }
  }
  return ok({ mean: [...mean], variance: [...variance], divergence: [...divergence] });
}
