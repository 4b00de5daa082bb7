import type { ExplainedPictures, Maps } from '../../../shared/contract/explain';
import { sharedScale, withSign, type MapScale, type MapSign } from '../../../shared/pictures/overlay';
import type { CollectionRange, ExplainState, MapLook } from './state';

const SIGNS: readonly MapSign[] = ['signed', 'abs', 'relu'];

/** One map of a picture as the engine sent it, signed: [h * w] of the layer. */
export function rawMap({ layer, perPicture, values }: Maps, picture: number, at: number): Float32Array {
  const size = layer.height * layer.width;
  const from = (picture * perPicture + at) * size;
  return values.subarray(from, from + size);
}

/** A picture's map of one latent, or the mean over all of them, with its sign: [h * w] of the layer. */
export function mapOf(maps: Maps, picture: number, latent: number | null, sign: MapSign): Float32Array {
  if (latent !== null) return withSign(rawMap(maps, picture, latent), sign);
  const { layer, perPicture } = maps;
  const mean = new Float32Array(layer.height * layer.width);
  for (let i = 0; i < perPicture; i++) {
    const map = withSign(rawMap(maps, picture, i), sign);
    for (let p = 0; p < mean.length; p++) mean[p] += map[p] / perPicture;
  }
  return mean;
}

/** The scale that some maps share, each already with its sign. */
export function scaleOf(maps: readonly Float32Array[], sign: MapSign): MapScale {
  const scales = maps.map((map) => sharedScale(map, sign));
  // A map that is zero everywhere has a scale of its own that says nothing about the others.
  const tops = maps.map((map, i) => (map.some((value) => value !== 0) ? scales[i].to : 0));
  const to = Math.max(0, ...tops) || 1;
  return { from: sign === 'signed' ? -to : 0, to };
}

/** The scales over pictures, of all latents' maps together and of the means, for every sign. */
export function rangesOf(maps: Maps): Pick<CollectionRange, 'latent' | 'mean'> {
  const count = picturesOf(maps);
  const bySign = (make: (sign: MapSign) => MapScale): Record<MapSign, MapScale> =>
    Object.fromEntries(SIGNS.map((sign) => [sign, make(sign)])) as Record<MapSign, MapScale>;
  return {
    latent: bySign((sign) => sharedScale(maps.values, sign)),
    mean: bySign((sign) =>
      scaleOf(
        Array.from({ length: count }, (_, n) => mapOf(maps, n, null, sign)),
        sign,
      ),
    ),
  };
}

export function picturesOf({ layer, perPicture, values }: Maps): number {
  return values.length / (layer.height * layer.width * perPicture);
}

/** Latents by how far they are from the prior on the training pictures, the most informative first. */
export function orderedLatents({
  divergence,
  latent,
}: Pick<ExplainedPictures, 'divergence' | 'latent'>): readonly number[] {
  return Array.from({ length: latent }, (_, i) => i).sort((a, b) => divergence[b] - divergence[a]);
}

/** A picture's code. */
export function codeOf(
  { mu, latent }: Pick<ExplainedPictures, 'mu' | 'latent'>,
  picture: number,
): readonly number[] {
  return [...mu.subarray(picture * latent, (picture + 1) * latent)];
}

/** The scale of a map: shared over what is shown or over the collection, or null for one of its own. */
export function sharedRange(
  look: MapLook,
  result: ExplainedPictures,
  collection: CollectionRange | null,
  latent: number | null,
): MapScale | null {
  if (look.range === 'each') return null;
  if (look.range === 'collection' && collection) {
    return (latent === null ? collection.mean : collection.latent)[look.sign];
  }
  if (latent !== null) return sharedScale(result.maps.values, look.sign);
  const count = picturesOf(result.maps);
  return scaleOf(
    Array.from({ length: count }, (_, n) => mapOf(result.maps, n, null, look.sign)),
    look.sign,
  );
}

/** The latent whose map is large: under the pointer, else the chosen one. */
export function shownLatent({ hovered, latent }: Pick<ExplainState, 'hovered' | 'latent'>): number | null {
  return hovered ?? latent;
}
