import { around, evenly, part, type Family, type PartDraft } from './dice';
import { bar, block, loft, rod, spun, turned } from './solids';
import type { TriangleMesh, Vec3 } from '../../../shared/geometry/types';

export const tower: Family = {
  name: 'tower',
  build: (dice) => {
    const sides = { square: 4, hexagon: 6, octagon: 8, round: 24 }[
      dice.choice('plan', ['square', 'square', 'hexagon', 'octagon', 'round'])
    ];
    const parts: PartDraft[] = [];
    let r = dice.size('radius', 0.2, 0.32);
    const ground = r;
    let z = 0;
    if (dice.flag('plinth', 0.5)) {
      parts.push(part('plinth', prism(sides, r * 1.25, r * 1.2, 0, 0.07)));
      z = 0.06;
    }
    const levels = dice.count('levels', 1, 4);
    const setback = dice.flag('setbacks', 0.5) ? dice.size('setback', 0.78, 0.92) : 1;
    const batter = dice.size('batter', 0.82, 1);
    for (let i = 0; i < levels; i++) {
      const height = dice.size(`level${i + 1}`, 0.2, 0.42);
      parts.push(part('level', prism(sides, r, r * batter, z, z + height)));
      z += height - 0.005;
      r *= batter;
      if (i + 1 < levels && dice.flag(`cornice${i + 1}`, 0.5))
        parts.push(part('cornice', prism(sides, r * 1.15, r * 1.15, z - 0.02, z + 0.02)));
      if (i + 1 < levels) r *= setback;
    }
    const balcony = dice.flag('balcony', 0.3);
    if (balcony) {
      const at = z - 0.16;
      parts.push(part('balcony', prism(sides, r * 1.1, r * 1.4, at, at + 0.06)));
    }
    const roof = dice.choice('roof', ['spire', 'battlements', 'dome', 'flat', 'lantern']);
    if (roof === 'spire') {
      parts.push(part('roof', prism(sides, r * 1.2, 0, z - 0.005, z + dice.size('spire', 0.2, 0.5))));
    } else if (roof === 'dome') {
      const rise = r * dice.size('dome', 0.7, 1.3);
      parts.push(
        part(
          'roof',
          turned([
            ...evenly(6, 0, 0.9).map((s): [number, number] => [
              r * 0.98 * Math.sqrt(1 - s * s),
              z - 0.004 + rise * s,
            ]),
            [0, z + rise],
          ]),
        ),
      );
      if (dice.flag('finial', 0.6))
        parts.push(part('finial', rod([0, 0, z + rise - 0.06], [0, 0, z + rise + 0.12], 0.035, 0.02)));
    } else if (roof === 'battlements') {
      parts.push(part('parapet', prism(sides, r * 1.18, r * 1.18, z - 0.01, z + 0.06)));
      const n = Math.max(sides === 24 ? dice.count('merlons', 5, 7) : sides, 4);
      const off = r * 1.18 * (sides === 4 ? 1.2 : 0.93);
      for (const a of around(n, sides === 24 ? 0 : Math.PI / sides))
        parts.push(part('merlon', spun(block([off - 0.07, -0.045, z + 0.05], [off, 0.045, z + 0.14]), a)));
    } else if (roof === 'lantern') {
      const high = dice.size('lantern', 0.14, 0.24);
      for (const a of around(Math.min(sides, 6), Math.PI / 4))
        parts.push(
          part(
            'pillar',
            rod(
              [r * 0.75 * Math.cos(a), r * 0.75 * Math.sin(a), z - 0.02],
              [r * 0.75 * Math.cos(a), r * 0.75 * Math.sin(a), z + high],
              0.04,
            ),
          ),
        );
      parts.push(
        part('roof', prism(sides, r * 1.15, 0, z + high - 0.01, z + high + dice.size('cone', 0.12, 0.3))),
      );
    }
    if (roof !== 'spire' && roof !== 'dome' && roof !== 'lantern' && dice.flag('mast', 0.35))
      parts.push(part('mast', rod([0, 0, z - 0.02], [0, 0, z + 0.3], 0.035, 0.025, 10)));
    if (dice.flag('buttresses', 0.25)) {
      for (const a of around(sides === 24 ? 6 : Math.min(sides, 6), Math.PI / 4))
        parts.push(
          part(
            'buttress',
            bar(
              [1.45 * ground * Math.cos(a), 1.45 * ground * Math.sin(a), 0],
              [ground * 0.75 * Math.cos(a), ground * 0.75 * Math.sin(a), 0.4],
              [0.08, 0.09],
            ),
          ),
        );
    }
    if (dice.flag('annex', 0.3)) {
      const s = dice.flag('annexLeft', 0.5) ? -1 : 1;
      const [x0, x1] = [0, s * (ground + dice.size('annex', 0.15, 0.35))];
      const d = ground * 0.65;
      const high = dice.size('annexHeight', 0.14, 0.26);
      parts.push(part('annex', block([Math.min(x0, x1), -d, 0], [Math.max(x0, x1), d, high])));
      parts.push(
        part('annex roof', gable(Math.min(x0, x1), Math.max(x0, x1), d * 1.1, high - 0.004, high + d * 0.7)),
      );
    }
    return parts;
  },
};

/** An upright prism of `sides` faces that narrows from one radius to another; to a point when that is 0. */
function prism(sides: number, low: number, high: number, z0: number, z1: number): TriangleMesh {
  const turn = Math.PI / sides;
  const ring = (r: number, z: number): Vec3[] =>
    around(sides, turn).map((a): Vec3 => [r * Math.cos(a), r * Math.sin(a), z]);
  return high > 0
    ? loft([ring(low, z0), ring(high, z1)])
    : loft([ring(low, z0)].concat([ring(low * 0.02, z1)]));
}

function gable(x0: number, x1: number, d: number, z0: number, z1: number): TriangleMesh {
  const end = (x: number): Vec3[] => [
    [x, -d, z0],
    [x, d, z0],
    [x, 0, z1],
  ];
  return loft([end(x0), end(x1)]);
}
