import type { Vec3 } from '../geometry/types';
import { around, evenly, part, type Family, type PartDraft } from './dice';
import { bar, block, rod, sweep, turned } from './solids';

const SIDES = [-1, 1] as const;

export const table: Family = {
  name: 'table',
  build: (dice) => {
    const round = dice.flag('round', 0.3);
    const w = dice.size('width', 0.7, 1.8) / 2;
    const d = round ? w : dice.size('depth', 0.5, 0.95) / 2;
    const h = dice.flag('low', 0.25) ? dice.size('lowHeight', 0.35, 0.5) : dice.size('height', 0.65, 0.8);
    const t = dice.size('thickness', 0.025, 0.07);
    const top = round
      ? turned(
          [
            [w, h],
            [w, h + t],
          ],
          [0, 0, 0],
          36,
        )
      : block([-w, -d, h], [w, d, h + t], dice.flag('rounded', 0.4) ? 0.04 : 0);
    const parts: PartDraft[] = [part('top', top)];
    const thick = dice.size('legThickness', 0.04, 0.09);
    const style = dice.choice('base', ['legs', 'legs', 'pedestal', 'trestle', 'panels']);
    if (style === 'pedestal') {
      const columns = !round && w > 0.6 ? dice.count('columns', 1, 2) : 1;
      for (const x of evenly(columns, -w * 0.55, w * 0.55)) {
        parts.push(part('column', rod([x, 0, 0.03], [x, 0, h + 0.01], thick * 1.1, thick * 0.8)));
        const spread = Math.min(w, d) * 0.7;
        if (dice.flag('disc', 0.4)) {
          parts.push(
            part(
              'foot',
              turned(
                [
                  [spread, 0],
                  [spread, 0.03],
                  [thick * 1.2, 0.07],
                ],
                [x, 0, 0],
              ),
            ),
          );
        } else {
          for (const a of around(dice.count('feet', 3, 5), 0.4))
            parts.push(
              part(
                'foot',
                bar([x, 0, 0.12], [x + spread * Math.cos(a), spread * Math.sin(a), 0.03], [0.07, 0.06], 0.7),
              ),
            );
        }
      }
    } else if (style === 'trestle' || style === 'panels') {
      const x = w * (round ? 0.5 : 0.75);
      const y = d * (round ? 0.6 : 0.8);
      for (const s of SIDES) {
        parts.push(
          style === 'panels'
            ? part('side', block([s * x - thick / 2, -y, 0], [s * x + thick / 2, y, h + 0.01]))
            : part(
                'trestle',
                ...SIDES.map((e) => bar([s * x, e * y * 0.35, h], [s * x, e * y, 0.01], [thick, thick])),
                bar([s * x, -y * 0.75, h * 0.35], [s * x, y * 0.75, h * 0.35], [thick * 0.8, thick * 0.8]),
              ),
        );
      }
      if (dice.flag('beam', 0.6)) {
        const z = h * 0.35;
        parts.push(part('beam', bar([-x, 0, z], [x, 0, z], [0.05, 0.08])));
      }
    } else {
      const n = round ? dice.count('legs', 3, 5) : 4;
      const lean = dice.flag('splayed', 0.35) ? dice.size('splay', 0.03, 0.12) : 0;
      const at = (i: number): [number, number] =>
        round
          ? [0.7 * w * Math.cos(around(n)[i]), 0.7 * w * Math.sin(around(n)[i])]
          : [(i & 1 ? 1 : -1) * (w - thick), (i & 2 ? 1 : -1) * (d - thick)];
      const rounded = dice.flag('roundLegs', 0.4);
      for (let i = 0; i < n; i++) {
        const [x, y] = at(i);
        const from: Vec3 = [x * (1 - lean), y * (1 - lean), h + 0.01];
        parts.push(
          part(
            'leg',
            rounded
              ? rod(from, [x, y, 0], thick / 2, thick * 0.35)
              : bar(from, [x, y, 0], [thick, thick], 0.8),
          ),
        );
      }
      if (!round && dice.flag('apron', 0.5)) {
        const [x, y] = [(w - thick) * (1 - lean), (d - thick) * (1 - lean)];
        for (const s of SIDES) {
          parts.push(part('apron', block([-x, s * y - 0.012, h - 0.09], [x, s * y + 0.012, h + 0.01])));
          parts.push(part('apron', block([s * x - 0.012, -y, h - 0.09], [s * x + 0.012, y, h + 0.01])));
        }
      }
      if (!round && lean === 0 && dice.flag('lowerShelf', 0.3)) {
        const z = h * 0.25;
        parts.push(part('shelf', block([-w + thick, -d + thick, z], [w - thick, d - thick, z + 0.03])));
      }
    }
    if (!round && dice.flag('drawers', 0.25)) {
      for (const x of evenly(dice.count('drawerCount', 1, 2), -w * 0.4, w * 0.4))
        parts.push(
          part('drawer', block([x - w * 0.3, -d * 0.85, h - 0.13], [x + w * 0.3, d * 0.5, h + 0.01])),
        );
    }
    return parts;
  },
};

export const cabinet: Family = {
  name: 'cabinet',
  build: (dice) => {
    const w = dice.size('width', 0.5, 1.6) / 2;
    const d = dice.size('depth', 0.35, 0.6) / 2;
    const h = dice.size('height', 0.6, 1.9);
    const style = dice.choice('base', ['plinth', 'legs', 'floor', 'castors']);
    const z0 = style === 'floor' ? 0 : style === 'plinth' ? 0.08 : dice.size('legHeight', 0.08, 0.22);
    const parts: PartDraft[] = [part('body', block([-w, -d, z0], [w, d, z0 + h]))];
    if (style === 'plinth')
      parts.push(part('plinth', block([-w + 0.04, -d + 0.05, 0], [w - 0.04, d, z0 + 0.01])));
    if (style === 'legs' || style === 'castors')
      for (const x of SIDES)
        for (const y of SIDES) {
          const [px, py] = [x * (w - 0.06), y * (d - 0.06)];
          parts.push(
            style === 'legs'
              ? part('leg', rod([px, py, 0], [px, py, z0 + 0.01], 0.022, 0.035, 10))
              : part(
                  'castor',
                  rod([px - 0.02, py, 0.05], [px + 0.02, py, 0.05], 0.05),
                  rod([px, py, 0.05], [px, py, z0 + 0.01], 0.018, 0.018, 10),
                ),
          );
        }
    if (dice.flag('topBoard', 0.5))
      parts.push(
        part('top', block([-w - 0.03, -d - 0.03, z0 + h - 0.005], [w + 0.03, d + 0.01, z0 + h + 0.035])),
      );
    const front = -d - 0.02;
    const panel = (x0: number, x1: number, low: number, high: number) =>
      block([x0 + 0.01, front, low + 0.01], [x1 - 0.01, -d + 0.01, high - 0.01]);
    const handles = dice.choice('handles', ['knob', 'bar', 'none']);
    const handle = (x: number, z: number, upright: boolean): void => {
      if (handles === 'none') return;
      const y = front - 0.035;
      parts.push(
        handles === 'knob'
          ? part('handle', rod([x, front + 0.01, z], [x, y, z], 0.018, 0.028, 10))
          : part(
              'handle',
              upright
                ? bar([x, y, z - 0.09], [x, y, z + 0.09], [0.024, 0.024])
                : bar([x - 0.09, y, z], [x + 0.09, y, z], [0.024, 0.024]),
              ...SIDES.map((s) => {
                const [hx, hz] = upright ? [x, z + s * 0.07] : [x + s * 0.07, z];
                return bar([hx, front + 0.01, hz], [hx, y, hz], [0.02, 0.02]);
              }),
            ),
      );
    };
    const drawers = dice.count('drawerRows', 0, 4);
    const doors = drawers === 4 ? 0 : dice.count('doors', drawers === 0 ? 1 : 0, 3);
    const split = z0 + h * (doors === 0 ? 0 : drawers === 0 ? 1 : dice.size('split', 0.4, 0.65));
    for (let i = 0; i < doors; i++) {
      const [x0, x1] = [-w + (2 * w * i) / doors, -w + (2 * w * (i + 1)) / doors];
      parts.push(part('door', panel(x0, x1, z0, split)));
      handle(i % 2 === 0 ? x1 - 0.06 : x0 + 0.06, (z0 + split) / 2, true);
    }
    const columns = drawers > 0 ? dice.count('drawerColumns', 1, w > 0.45 ? 2 : 1) : 1;
    const low = doors === 0 ? z0 : split;
    for (let row = 0; row < drawers; row++) {
      for (let column = 0; column < columns; column++) {
        const [x0, x1] = [-w + (2 * w * column) / columns, -w + (2 * w * (column + 1)) / columns];
        const z = low + ((z0 + h - low) * row) / drawers;
        const z1 = low + ((z0 + h - low) * (row + 1)) / drawers;
        parts.push(part('drawer', panel(x0, x1, z, z1)));
        handle((x0 + x1) / 2, (z + z1) / 2, false);
      }
    }
    return parts;
  },
};

export const shelf: Family = {
  name: 'shelf',
  build: (dice) => {
    const w = dice.size('width', 0.5, 1.3) / 2;
    const d = dice.size('depth', 0.24, 0.42) / 2;
    const h = dice.size('height', 0.7, 2);
    const t = dice.size('thickness', 0.025, 0.05);
    const boards = dice.count('boards', 2, 6);
    const style = dice.choice('frame', ['sides', 'sides', 'posts', 'ladder']);
    const parts: PartDraft[] = [];
    const heights = evenly(boards, style === 'sides' ? t / 2 : 0.12, h - t / 2);
    // A leaning frame narrows upwards: the front posts meet the back ones.
    const front = (z: number): number => (style === 'ladder' ? -d * (1 - (0.55 * z) / h) : -d);
    for (const z of heights) parts.push(part('board', block([-w, front(z), z - t / 2], [w, d, z + t / 2])));
    if (style === 'sides') {
      for (const s of SIDES) parts.push(part('side', block([s * w - t / 2, -d, 0], [s * w + t / 2, d, h])));
      if (dice.flag('backPanel', 0.6)) parts.push(part('back', block([-w, d - 0.02, 0], [w, d + 0.01, h])));
      const dividers = dice.count('dividers', 0, 2);
      for (const x of evenly(
        dividers,
        (-w * 0.8) / Math.max(1, dividers),
        (w * 0.8) / Math.max(1, dividers),
      )) {
        const level = dice.count('dividerFrom', 0, boards - 2);
        const upto = dice.flag('fullDivider', 0.5) ? boards - 1 : level + 1;
        parts.push(
          part('divider', block([x - t / 2, -d + 0.005, heights[level]], [x + t / 2, d, heights[upto]])),
        );
      }
      if (dice.flag('door', 0.25))
        parts.push(part('door', block([-w + 0.01, -d - 0.02, heights[0]], [0, -d + 0.01, heights[1]])));
    } else {
      const post = dice.size('post', 0.03, 0.05);
      for (const x of SIDES) {
        parts.push(part('post', bar([x * w, d, 0], [x * w, d, h], [post, post])));
        parts.push(part('post', bar([x * w, front(0), 0], [x * w, front(h), h], [post, post])));
      }
      if (dice.flag('brace', 0.4)) {
        for (const s of SIDES)
          parts.push(part('brace', bar([s * w, d, heights[0]], [-s * w, d, h - t], [0.02, 0.025])));
      }
      if (dice.flag('topRails', 0.3))
        for (const s of SIDES)
          parts.push(part('rail', bar([s * w, front(h), h - 0.01], [s * w, d, h - 0.01], [post, post])));
    }
    return parts;
  },
};

export const lamp: Family = {
  name: 'lamp',
  build: (dice) => {
    const style = dice.choice('style', ['table', 'floor', 'desk', 'arc', 'tripod']);
    const h =
      style === 'table' || style === 'desk' ? dice.size('height', 0.3, 0.5) : dice.size('tall', 0.8, 1.4);
    const r = dice.size('shade', 0.3, 0.45) * (style === 'desk' ? 0.28 : 0.36) * (0.6 + 0.4 * h);
    const pole = r * dice.size('pole', 0.1, 0.18);
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
      const b = r * dice.size('base', 0.65, 1);
      parts.push(
        part(
          'base',
          dice.flag('squareBase', 0.3)
            ? block([-b, -b, 0], [b, b, b * 0.25])
            : turned([
                [b, 0],
                [b, b * 0.15],
                [pole * 1.5, b * dice.size('dome', 0.25, 0.6)],
              ]),
        ),
      );
    }
    const shade = dice.choice('shadeStyle', ['cone', 'drum', 'dome', 'globe']);
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
      const wall = r * 0.1;
      const middle = shade === 'dome' ? 0.85 : (1 + top) / 2;
      // Open below: up the outside, over the closed top, down the inside.
      return turned(
        [
          [0, 0.5 * r - wall],
          [(top - 0.1) * r, 0.5 * r - wall],
          [(middle - 0.1) * r, 0],
          [0.9 * r, -0.7 * r],
          [r, -0.7 * r],
          [middle * r, 0],
          [top * r, 0.5 * r],
          [0, 0.5 * r],
        ],
        at,
      );
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
