import { beforeAll, describe, expect, it } from 'vitest';
import type { ColourImage } from '../../../shared/dataset/types';
import { volumetricIou } from '../../../shared/geometry/metrics';
import { createRandom } from '../../../shared/random';
import { FAMILIES } from '../../synthetic/shapes/families';
import { makeShape } from '../../synthetic/shapes/shape';
import { renderViews } from '../../synthetic/shapes/view';
import { unwrap } from '../../../shared/result';
import { openManifold } from '../../../shared/geometry/manifold';
import { boxMask } from './box-mask';
import { objectMask } from './mask';
import { shrinkImage, withMask } from './shrink';

const SIZE = 96;
let renderings: ColourImage[] = [];

beforeAll(async () => {
  const api = await openManifold();
  renderings = FAMILIES.slice(0, 6).map((family, i) => {
    const [view] = renderViews(unwrap(makeShape(api, family, 40 + i)), 1, SIZE, 7 + i);
    return { width: SIZE, height: SIZE, rgba: view.colour };
  });
});

/** The rendering at 60 % in the middle of a background, opaque, and where it truly is. */
function onto(image: ColourImage, colour: (x: number, y: number, c: number) => number) {
  const small = shrinkImage(image, Math.round(SIZE * 0.6));
  const at = Math.round(SIZE * 0.2);
  const rgba = new Uint8Array(SIZE * SIZE * 4);
  const truth = new Uint8Array(SIZE * SIZE);
  for (let i = 0; i < SIZE * SIZE; i++) {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    const [u, v] = [x - at, y - at];
    const known = u >= 0 && v >= 0 && u < small.width && v < small.height;
    const pixel = known ? v * small.width + u : 0;
    const alpha = known ? small.rgba[pixel * 4 + 3] / 255 : 0;
    truth[i] = alpha > 0.5 ? 1 : 0;
    for (let c = 0; c < 3; c++) {
      rgba[i * 4 + c] =
        alpha * small.rgba[pixel * 4 + c] + (1 - alpha) * Math.min(255, Math.max(0, colour(x, y, c)));
    }
    rgba[i * 4 + 3] = 255;
  }
  return { image: { width: SIZE, height: SIZE, rgba }, truth };
}

describe('objectMask', () => {
  it('takes the opacity of a picture that has it', () => {
    const found = objectMask(renderings[0]);
    expect(found?.from).toBe('alpha');
    expect(found?.mask).toEqual(renderings[0].rgba.filter((_, i) => i % 4 === 3));
  });

  it('finds objects before a plain background with compression noise', () => {
    const random = createRandom(3);
    const ious = renderings.map((rendering) => {
      const { image, truth } = onto(rendering, (_x, _y, c) => [20, 200, 90][c] + 4 * random.normal());
      const found = objectMask(image);
      expect(found?.from).toBe('background');
      return volumetricIou(found?.mask ?? new Uint8Array(truth.length), truth);
    });
    expect(Math.min(...ious)).toBeGreaterThan(0.85);
  });

  it('tells a light side from a light background by its edge, and a soft shadow from the object', () => {
    const side = 40;
    const isObject = (x: number, y: number): boolean => x >= 10 && x < 26 && y >= 8 && y < 20;
    const rgba = Uint8Array.from({ length: side * side * 4 }, (_, i) => {
      const [p, c] = [Math.floor(i / 4), i % 4];
      const [x, y] = [p % side, Math.floor(p / side)];
      if (c === 3) return 255;
      if (isObject(x, y)) return [232, 235, 238][c];
      // Two grey levels darker with every pixel towards the object's lower right corner.
      const away = Math.max(Math.abs(x - 26), Math.abs(y - 20));
      return [238, 236, 232][c] - Math.max(0, 14 - 2 * away);
    });
    const found = objectMask({ width: side, height: side, rgba });
    const truth = Uint8Array.from({ length: side * side }, (_, p) =>
      isObject(p % side, Math.floor(p / side)) ? 255 : 0,
    );
    expect(found?.mask).toEqual(truth);
  });

  it('tells a faint edge whose pixels are half covered, although none differs much from the next', () => {
    const side = 40;
    // Rows and columns of the object, with half covered ones on either side.
    const covered = (at: number, from: number, to: number): number =>
      at > from && at < to ? 1 : at === from || at === to ? 0.5 : 0;
    const coverage = (x: number, y: number): number => covered(x, 9, 26) * covered(y, 7, 20);
    const rgba = Uint8Array.from({ length: side * side * 4 }, (_, i) => {
      const [p, c] = [Math.floor(i / 4), i % 4];
      return c === 3 ? 255 : 238 - 6 * coverage(p % side, Math.floor(p / side));
    });
    const found = objectMask({ width: side, height: side, rgba });
    const truth = Uint8Array.from({ length: side * side }, (_, p) =>
      coverage(p % side, Math.floor(p / side)) >= 0.5 ? 255 : 0,
    );
    // Corners, a quarter covered, are rounded by a few pixels.
    const wrong = truth.filter((value, p) => value !== found?.mask[p]).length;
    expect(wrong).toBeLessThanOrEqual(16);
  });

  it('says nothing before a background that is not plain, nor of a picture without an object', () => {
    const random = createRandom(4);
    const { image } = onto(renderings[0], (x, _y, c) => 60 + 2 * x + 10 * c + 20 * random.normal());
    expect(objectMask(image)).toBeNull();
    const plain = { width: 32, height: 32, rgba: new Uint8Array(32 * 32 * 4).fill(255) };
    expect(objectMask(plain)).toBeNull();
  });
});

describe('boxMask', () => {
  it("finds objects before a noisy, graded background inside a person's box", () => {
    const random = createRandom(5);
    const ious = renderings.map((rendering) => {
      const { image, truth } = onto(
        rendering,
        (x, y, c) => [70, 130, 150][c] + 0.5 * x - 0.4 * y + 12 * random.normal(),
      );
      const mask = boxMask(image, { left: 14, top: 14, width: 70, height: 70 });
      return mask ? volumetricIou(mask, truth) : 0;
    });
    const mean = ious.reduce((sum, iou) => sum + iou, 0) / ious.length;
    expect(mean).toBeGreaterThan(0.85);
  });

  it('says nothing of a box without an object', () => {
    const empty = { width: 40, height: 40, rgba: new Uint8Array(40 * 40 * 4).fill(128) };
    expect(boxMask(empty, { left: -20, top: -20, width: 5, height: 5 })).toBeNull();
  });
});

describe('shrinkImage', () => {
  it('averages by area and weighs colours by opacity', () => {
    const rgba = Uint8Array.from([200, 0, 0, 255, 0, 0, 0, 0, 200, 0, 0, 255, 0, 0, 0, 0]);
    const { width, height, rgba: out } = shrinkImage({ width: 4, height: 1, rgba }, 2);
    expect([width, height]).toEqual([2, 1]);
    expect(Array.from(out)).toEqual([200, 0, 0, 128, 200, 0, 0, 128]);
    const masked = withMask({ width: 2, height: 1, rgba: out }, Uint8Array.of(0, 255));
    expect([masked.rgba[3], masked.rgba[7]]).toEqual([0, 255]);
  });
});
