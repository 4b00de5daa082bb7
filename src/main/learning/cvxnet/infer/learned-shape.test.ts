import { describe, expect, it } from 'vitest';
import { REFERENCE_RGB, type NetworkConfig } from '../../../../shared/recipes/network';
import { unwrap } from '../../../../shared/result';
import { logitsOfShape } from '../../../../shared/shape/parameters';
import { learnedNotes, learnedShape } from './learned-shape';

/** Boxes of the given half-sizes in a row, as a decoder of six planes says them. */
function boxes(halves: readonly (readonly [number, number, number])[], delta: number) {
  const smoothness = { from: 40, to: 2000 };
  const config: NetworkConfig = { ...REFERENCE_RGB, parts: halves.length, planes: 6, smoothness };
  const shape = {
    dims: 3 as const,
    parts: halves.length,
    planes: 6,
    sharpness: config.sharpness,
    normals: Float64Array.from(
      halves.flatMap(() => [1, 0, 0, -1, 1e-9, 0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 1e-9, 0, -1]),
    ),
    offsets: Float64Array.from(halves.flatMap(([x, y, z]) => [x, x, y, y, z, z])),
    translations: Float64Array.from(halves.flatMap((_, i) => [i * 0.3, 0, 0])),
    smoothness: new Float64Array(halves.length).fill(delta),
  };
  return { config, logits: Float32Array.from(unwrap(logitsOfShape(shape, smoothness))) };
}

describe('the shape of logits', () => {
  it('leaves out a board that rounding swallows, and says so', () => {
    // ln 6 / 50 = 0.036 is more than half the board; ln 2 / 50 alone is, too.
    const { config, logits } = boxes(
      [
        [0.1, 0.1, 0.1],
        [0.1, 0.1, 0.01],
      ],
      50,
    );
    const found = learnedShape(config, logits);
    expect(found.shape.parts.map(({ id }) => id)).toEqual(['part-01']);
    expect(found.leftOut).toEqual([1]);
    expect(learnedNotes(found)).toEqual([
      '1 part of the network had no body worth keeping and was left out.',
    ]);
  });

  it('keeps the same board where parts are sharp, and the index of each', () => {
    const { config, logits } = boxes(
      [
        [0.1, 0.1, 0.01],
        [0.1, 0.1, 0.001],
        [0.1, 0.1, 0.1],
      ],
      500,
    );
    const found = learnedShape(config, logits);
    expect(found.shape.parts.map(({ index }) => index)).toEqual([0, 2]);
    expect(found.leftOut).toEqual([1]);
  });
});
