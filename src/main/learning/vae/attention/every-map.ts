import { concat, slice, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { VaeNetwork } from '../../../../shared/recipes/vae';
import { inferencePass } from '../../network/pass';
import type { Weights } from '../../network/weights';
import { traceEncoder, type TracedEncoder } from '../network/encoder';
import { encoderLayers } from '../network/layout';
import { chunksOf, chunkSizes } from './chunks';
import { mapsOfSeeds, type Weighting } from './maps';
import type { Seeds } from './seeds';

/** The maps that are asked for of every picture. */
export interface MapRequest {
  /** Index of the encoder's layer. */
  readonly layer: number;
  readonly weighting: Weighting;
  /** Maps per picture. */
  readonly count: number;
  /** The seeds of `some` of the maps, from `first` on. */
  seeds(encoder: TracedEncoder, first: number, some: number): Seeds;
}

/** All [N, ...], the caller's to dispose. */
export interface CodesAndMaps {
  readonly mu: Tensor;
  readonly logvar: Tensor;
  /** [N, count, h, w], signed. */
  readonly values: Tensor4D;
}

/** The maps of pictures [N, H, W, C]: one forward and one backward pass, or several where memory bounds them. */
export function everyMap(
  network: VaeNetwork,
  weights: Weights,
  images: Tensor4D,
  { layer, weighting, count, seeds }: MapRequest,
): CodesAndMaps {
  const size = chunkSizes(encoderLayers(network), layer, images.shape[0], count);
  const pass = inferencePass(weights);
  return tidy(() => {
    const parts = chunksOf(images.shape[0], size.pictures).map(([from, pictures]) =>
      tidy(() => {
        const encoder = traceEncoder(network, pass, slice(images, [from, 0, 0, 0], [pictures, -1, -1, -1]));
        const maps = chunksOf(count, size.maps).map(([first, some]) =>
          tidy(() => mapsOfSeeds(encoder, layer, seeds(encoder, first, some), weighting)),
        );
        return { mu: encoder.mu, logvar: encoder.logvar, values: joined(maps, 1) };
      }),
    );
    const all = <T extends Tensor>(of: (part: (typeof parts)[number]) => T): T => joined(parts.map(of), 0);
    return {
      mu: all((part) => part.mu),
      logvar: all((part) => part.logvar),
      values: all((part) => part.values),
    };
  });
}

function joined<T extends Tensor>(parts: T[], axis: number): T {
  return parts.length === 1 ? parts[0] : (concat(parts, axis) as T);
}
