import type { Vec3 } from '../../../shared/geometry/types';
import { around, evenly, part, type Family, type PartDraft } from './dice';
import { bar, block, rod, turned } from './solids';

const SIDES = [-1, 1] as const;

export const table: Family = {
  name: 'table',
  build: (dice) => {
    const round = dice.flag('round', 0.3);
    const w = dice.size('width', 0.7, 1.6) / 2;
    const d = round ? w : dice.size('depth', 0.5, 0.95) / 2;
    const h = dice.flag('low', 0.25) ? dice.size('lowHeight', 0.35, 0.5) : dice.size('height', 0.65, 0.8);
    // Nothing much thinner than this is seen in a small picture.
    const thin = 0.042 * Math.max(2 * w, h);
    const t = Math.max(thin, dice.size('thickness', 0.04, 0.1));
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
    const thick = Math.max(1.15 * thin, dice.size('legThickness', 0.06, 0.11));
    const style = dice.choice('base', ['legs', 'legs', 'pedestal', 'trestle', 'panels']);
    if (style === 'pedestal') {
      const columns = !round && w > 0.6 ? dice.count('columns', 1, 2) : 1;
      for (const x of evenly(columns, -w * 0.55, w * 0.55)) {
        parts.push(part('column', rod([x, 0, 0.03], [x, 0, h + 0.01], thick, thick * 0.75)));
        const spread = Math.min(w, d) * 0.7;
        if (dice.flag('disc', 0.4)) {
          parts.push(
            part(
              'foot',
              turned(
                [
                  [spread, 0],
                  [spread, thin],
                  [thick * 1.2, thin + 0.04],
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
                bar(
                  [x, 0, 0.12],
                  [x + spread * Math.cos(a), spread * Math.sin(a), 0.03],
                  [1.4 * thin, 1.3 * thin],
                  0.8,
                ),
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
                bar([s * x, -y * 0.75, h * 0.35], [s * x, y * 0.75, h * 0.35], [thin, thin]),
              ),
        );
      }
      if (dice.flag('beam', 0.6)) {
        const z = h * 0.35;
        parts.push(part('beam', bar([-x, 0, z], [x, 0, z], [thin, 0.09])));
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
              ? rod(from, [x, y, 0], thick / 2, thick * 0.4)
              : bar(from, [x, y, 0], [thick, thick], 0.8),
          ),
        );
      }
      if (!round && dice.flag('apron', 0.5)) {
        const [x, y] = [(w - thick) * (1 - lean), (d - thick) * (1 - lean)];
        for (const s of SIDES) {
          parts.push(part('apron', block([-x, s * y - thin / 2, h - 0.09], [x, s * y + thin / 2, h + 0.01])));
          parts.push(part('apron', block([s * x - thin / 2, -y, h - 0.09], [s * x + thin / 2, y, h + 0.01])));
        }
      }
      if (!round && lean === 0 && dice.flag('lowerShelf', 0.3)) {
        const z = h * 0.25;
        parts.push(part('shelf', block([-w + thick, -d + thick, z], [w - thick, d - thick, z + thin])));
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
    const h = dice.size('height', 0.6, 1.7);
    // Nothing much thinner than this is seen in a small picture.
    const thin = 0.042 * Math.max(2 * w, h);
    const style = dice.choice('base', ['plinth', 'legs', 'floor', 'castors']);
    const z0 = style === 'floor' ? 0 : style === 'plinth' ? 0.08 : dice.size('legHeight', 0.08, 0.22);
    const parts: PartDraft[] = [part('body', block([-w, -d, z0], [w, d, z0 + h]))];
    if (style === 'plinth')
      parts.push(part('plinth', block([-w + 0.04, -d + 0.05, 0], [w - 0.04, d, z0 + 0.01])));
    if (style === 'legs' || style === 'castors')
      for (const x of SIDES)
        for (const y of SIDES) {
          const [px, py] = [x * (w - 0.065), y * (d - 0.065)];
          parts.push(
            style === 'legs'
              ? part('leg', rod([px, py, 0], [px, py, z0 + 0.01], 0.55 * thin, 0.75 * thin, 10))
              : part(
                  'castor',
                  rod([px - thin / 2, py, 0.06], [px + thin / 2, py, 0.06], 0.06),
                  rod([px, py, 0.05], [px, py, z0 + 0.01], thin / 2, thin / 2, 10),
                ),
          );
        }
    if (dice.flag('topBoard', 0.5))
      parts.push(
        part('top', block([-w - 0.03, -d - 0.03, z0 + h - 0.005], [w + 0.03, d + 0.01, z0 + h + thin])),
      );
    const front = -d - 0.025;
    const panel = (x0: number, x1: number, low: number, high: number) =>
      block([x0 + 0.01, front, low + 0.01], [x1 - 0.01, -d + 0.01, high - 0.01]);
    const handles = dice.choice('handles', ['knob', 'bar', 'none']);
    const handle = (x: number, z: number, upright: boolean): void => {
      if (handles === 'none') return;
      const y = front - 0.8 * thin;
      parts.push(
        handles === 'knob'
          ? part('handle', rod([x, front + 0.01, z], [x, y, z], 0.4 * thin, 0.55 * thin, 10))
          : part(
              'handle',
              upright
                ? block([x - thin / 2, y, z - 0.12], [x + thin / 2, front + 0.01, z + 0.12])
                : block([x - 0.12, y, z - thin / 2], [x + 0.12, front + 0.01, z + thin / 2]),
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
    const d = dice.size('depth', 0.32, 0.55) / 2;
    const h = dice.size('height', 0.7, 1.7);
    // Nothing much thinner than this is seen in a small picture.
    const thin = 0.042 * Math.max(2 * w, h);
    const t = thin * dice.size('thickness', 1, 1.6);
    const boards = dice.count('boards', 2, 5);
    const style = dice.choice('frame', ['sides', 'sides', 'posts', 'ladder']);
    const parts: PartDraft[] = [];
    const heights = evenly(boards, style === 'sides' ? t / 2 : 0.12, h - t / 2);
    // A leaning frame narrows upwards: the front posts meet the back ones.
    const front = (z: number): number => (style === 'ladder' ? -d * (1 - (0.55 * z) / h) : -d);
    for (const z of heights) parts.push(part('board', block([-w, front(z), z - t / 2], [w, d, z + t / 2])));
    if (style === 'sides') {
      for (const s of SIDES) parts.push(part('side', block([s * w - t / 2, -d, 0], [s * w + t / 2, d, h])));
      if (dice.flag('backPanel', 0.6)) parts.push(part('back', block([-w, d - thin, 0], [w, d + 0.01, h])));
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
        parts.push(part('door', block([-w + 0.01, -d - 0.02, heights[0]], [0, -d + thin, heights[1]])));
    } else {
      const post = thin * dice.size('post', 1.1, 1.7);
      for (const x of SIDES) {
        parts.push(part('post', bar([x * w, d, 0], [x * w, d, h], [post, post])));
        parts.push(part('post', bar([x * w, front(0), 0], [x * w, front(h), h], [post, post])));
      }
      if (dice.flag('brace', 0.4)) {
        for (const s of SIDES)
          parts.push(part('brace', bar([s * w, d, heights[0]], [-s * w, d, h - t], [thin, thin])));
      }
      if (dice.flag('topRails', 0.3))
        for (const s of SIDES)
          parts.push(part('rail', bar([s * w, front(h), h - 0.01], [s * w, d, h - 0.01], [post, post])));
    }
    return parts;
  },
};
