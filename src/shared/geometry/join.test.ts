import { describe, expect, it } from 'vitest';
import { joinMeshes } from './join';

describe('joinMeshes', () => {
  it('lists all vertices and triangles in order, each triangle on its own mesh', () => {
    const one = { positions: Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0), indices: Uint32Array.of(0, 1, 2) };
    const two = {
      positions: Float64Array.of(5, 5, 5, 6, 5, 5, 5, 6, 5, 5, 5, 6),
      indices: Uint32Array.of(3, 2, 1, 0, 1, 3),
    };
    const joined = joinMeshes([one, two, one]);
    expect(Array.from(joined.positions)).toEqual([...one.positions, ...two.positions, ...one.positions]);
    expect(Array.from(joined.indices)).toEqual([0, 1, 2, 6, 5, 4, 3, 4, 6, 7, 8, 9]);
    expect(joinMeshes([])).toEqual({ positions: new Float64Array(), indices: new Uint32Array() });
  });
});
