import type { Vec3 } from '../../../shared/geometry/types';
import { around, evenly, part, type Family, type PartDraft } from './dice';
import { block, rod, sweep, turned, type Point2 } from './solids';

export const lamp: Family = {
  name: 'lamp',
  build: (dice) => {
    const style = dice.choice('style', ['table', 'floor', 'desk', 'arc', 'tripod']);
    const h =
      style === 'table' || style === 'desk' ? dice.size('height', 0.4, 0.55) : dice.size('tall', 0.7, 1);
    const r =
      h * dice.size('shade', 0.28, 0.4) * { table: 1, floor: 0.85, desk: 0.75, arc: 0.8, tripod: 0.9 }[style];
    const pole = h * dice.size('pole', 0.026, 0.045);
    const parts: PartDraft[] = [];
    if (style === 'tripod') {
      for (const a of around(3, 0.5))
        parts.push(
          part(
            'leg',
            rod([1.3 * r * Math.cos(a), 1.3 * r * Math.sin(a), 0], [0, 0, h * 0.85], pole * 0.8, pole),
          ),
        );
      parts.push(part('pole', rod([0, 0, h * 0.7], [0, 0, h], pole)));
    } else {
      const b = r * dice.size('base', 0.7, 1.05);
      parts.push(
        part(
          'base',
          dice.flag('squareBase', 0.3)
            ? block([-b, -b, 0], [b, b, h * 0.08])
            : turned([
                [b, 0],
                [b, h * 0.05],
                [pole * 1.5, h * dice.size('dome', 0.09, 0.18)],
              ]),
        ),
      );
    }
    const shade = dice.choice('shadeStyle', ['cone', 'drum', 'dome', 'globe']);
    const open = dice.flag('openShade', 0.5);
    const shadeSolid = (at: Vec3) => {
      if (shade === 'globe')
        return turned(
          evenly(9, -Math.PI / 2, Math.PI / 2).map((a) => [
            r * 0.8 * Math.cos(a) + 1e-4,
            r * 0.8 * Math.sin(a),
          ]),
          at,
        );
      const top = shade === 'cone' ? 0.5 : shade === 'dome' ? 0.3 : 0.95;
      const wall = 0.045 * h;
      const middle = shade === 'dome' ? 0.85 : (1 + top) / 2;
      const outside: Point2[] = [
        [r, -0.7 * r],
        [middle * r, 0],
        [top * r, 0.5 * r],
        [0, 0.5 * r],
      ];
      if (!open) return turned(outside, at);
      // Up the inside to the closed top, then the outside.
      const inside: Point2[] = [
        [0, 0.5 * r - wall],
        [top * r - wall, 0.5 * r - wall],
        [middle * r - wall, 0],
        [r - wall, -0.7 * r],
      ];
      return turned([...inside, ...outside], at);
    };
    if (style === 'desk') {
      const elbow: Vec3 = [-h * dice.size('elbow', 0.2, 0.5), 0, h * 0.55];
      const head: Vec3 = [h * dice.size('reach', 0.3, 0.6), 0, h];
      parts.push(
        part('lower arm', rod([0, 0, 0.01], elbow, pole)),
        part('upper arm', rod(elbow, head, pole)),
      );
      parts.push(
        part('joint', rod([elbow[0], -pole * 2, elbow[2]], [elbow[0], pole * 2, elbow[2]], pole * 1.6)),
      );
      parts.push(part('shade', shadeSolid([head[0], 0, head[2] - 0.5 * r + 0.02])));
      return parts;
    }
    if (style === 'arc') {
      const reach = h * dice.size('reach', 0.35, 0.6);
      const points = evenly(9, 0, 1).map((s): Vec3 => {
        const a = s * Math.PI * 0.85;
        return [(reach * (1 - Math.cos(a))) / 2, 0, h * 0.6 + h * 0.4 * Math.sin(a)];
      });
      const path: Vec3[] = [[0, 0, 0.01], ...points];
      parts.push(part('pole', sweep(path, pole)));
      const end = path[path.length - 1];
      parts.push(part('shade', shadeSolid([end[0], 0, end[2] - 0.45 * r])));
      return parts;
    }
    if (style === 'table' && dice.flag('vase', 0.5)) {
      const v = r * dice.size('vaseWidth', 0.4, 0.7);
      parts.push(
        part(
          'vase',
          turned([
            [v * 0.5, 0.01],
            [v, h * 0.25],
            [v * 0.8, h * 0.45],
            [pole, h * 0.6],
            [pole, h],
          ]),
        ),
      );
    } else if (style !== 'tripod') {
      parts.push(part('pole', rod([0, 0, 0.01], [0, 0, h], pole)));
    }
    const heads = style === 'floor' ? dice.count('heads', 1, 3) : 1;
    if (heads === 1) {
      parts.push(part('shade', shadeSolid([0, 0, h - 0.4 * r])));
    } else {
      for (const a of around(heads)) {
        const end: Vec3 = [1.3 * r * Math.cos(a), 1.3 * r * Math.sin(a), h];
        parts.push(
          part('arm', rod([0, 0, h * 0.86], end, pole * 0.9)),
          part('shade', shadeSolid([end[0], end[1], h - 0.4 * r])),
        );
      }
    }
    return parts;
  },
};
