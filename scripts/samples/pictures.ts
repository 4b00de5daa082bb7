import { encodePng } from '../../src/main/files/image/render-parts';
import { openManifold } from '../../src/shared/geometry/manifold';
import { FAMILIES } from '../../src/main/synthetic/shapes/families';
import { makeShape } from '../../src/main/synthetic/shapes/shape';
import { renderViews } from '../../src/main/synthetic/shapes/view';
import { unwrap } from '../../src/shared/result';

/** A colour picture of an object that no network was trained on: of a known family, but another one. */
export interface PictureSample {
  readonly name: string;
  readonly title: string;
  readonly family: string;
  readonly seed: number;
}

export const PICTURES: readonly PictureSample[] = [
  { name: 'sofa-picture', title: 'Sofa', family: 'sofa', seed: 900_001 },
  { name: 'car-picture', title: 'Car', family: 'car', seed: 900_004 },
  { name: 'chair-picture', title: 'Chair', family: 'chair', seed: 900_012 },
];

const SIZE = 256;
/** Warm white, as of a product photo. */
const BACKGROUND = [238, 236, 232] as const;

/** The picture as a PNG over a plain background. Same sample, same bytes. */
export async function pictureFile({ family, seed }: PictureSample): Promise<Uint8Array> {
  const kind = FAMILIES.find(({ name }) => name === family);
  if (kind === undefined) throw new Error(`There is no family "${family}".`);
  const shape = unwrap(makeShape(await openManifold(), kind, seed));
  const [{ colour }] = renderViews(shape, 1, SIZE, seed);
  const flat = new Uint8Array(colour.length);
  for (let i = 0; i < colour.length; i += 4) {
    const share = colour[i + 3] / 255;
    for (let c = 0; c < 3; c++) flat[i + c] = Math.round(share * colour[i + c] + (1 - share) * BACKGROUND[c]);
    flat[i + 3] = 255;
  }
  return encodePng(SIZE, SIZE, flat);
}
