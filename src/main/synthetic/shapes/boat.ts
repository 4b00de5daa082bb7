import type { Vec3 } from '../../../shared/geometry/types';
import { around, evenly, part, type Family, type PartDraft } from './dice';
import { bar, block, loft, plate, rod } from './solids';

const SIDES = [-1, 1] as const;

export const boat: Family = {
  name: 'boat',
  build: (dice) => {
    const l = dice.size('length', 0.8, 1.1) / 2;
    const w = dice.size('beam', 0.17, 0.26);
    const h = dice.size('depth', 0.17, 0.27);
    const transom = dice.flag('transom', 0.65);
    const open = dice.flag('open', 0.45);
    // One level outline of the hull; the bow is towards -y.
    const outline = (scale: number, long: number, z: number): Vec3[] =>
      around(28).map((a): Vec3 => {
        const y = -Math.sin(a);
        const blunt = transom && y > 0 ? Math.min(0.8, y) / 0.8 : y;
        const wide =
          transom && y > 0 ? Math.sqrt(1 - 0.35 * Math.min(0.8, y) ** 2) : Math.sqrt(Math.max(0, 1 - y * y));
        return [
          w *
            scale *
            Math.sign(Math.cos(a) || 1) *
            (transom && y > 0.8 ? wide * (Math.abs(Math.cos(a)) / 0.6) : wide),
          l * long * blunt,
          z,
        ];
      });
    const keel = dice.size('keelWidth', 0.35, 0.65);
    const wall = 0.05 / w;
    const rings = [outline(keel, 0.78, 0), outline(0.8, 0.9, h * 0.45), outline(1, 1, h)];
    if (open)
      rings.push(outline(1 - wall, 0.9, h), outline(0.8 - wall, 0.8, h * 0.5), outline(0.36, 0.6, h * 0.3));
    const parts: PartDraft[] = [part('hull', loft(rings))];
    const style = dice.choice(
      'style',
      open ? ['rowing', 'sail', 'motor'] : ['sail', 'cabin', 'ferry', 'motor'],
    );
    const deck = open ? h * 0.3 : h;
    if (open)
      for (const y of evenly(dice.count('thwarts', 0, 3), -l * 0.35, l * 0.5))
        parts.push(part('thwart', block([-w * 0.86, y - 0.04, h * 0.65], [w * 0.86, y + 0.04, h * 0.9])));
    if (style === 'sail') {
      const top = h + dice.size('mast', 0.45, 0.75);
      const masts = open ? 1 : dice.count('masts', 1, 2);
      for (const y of masts === 1 ? [-l * 0.1] : [-l * 0.35, l * 0.3]) {
        parts.push(part('mast', rod([0, y, deck - 0.02], [0, y, top], 0.028, 0.022, 10)));
        const boom = h + 0.1;
        const back = y + l * (masts === 1 ? 0.75 : 0.5);
        parts.push(part('boom', rod([0, y, boom], [0, back, boom], 0.024, 0.022, 8)));
        const sail: Vec3[] = [
          [-0.02, y, boom],
          [-0.02, back - 0.02, boom],
          [-0.02, y, top - 0.03],
        ];
        parts.push(part('sail', plate(sail, [0.04, 0, 0])));
      }
      if (dice.flag('jib', 0.5)) {
        const y = masts === 1 ? -l * 0.1 : -l * 0.35;
        const jib: Vec3[] = [
          [-0.02, y, h + 0.05],
          [-0.02, -l * 0.95, h - 0.01],
          [-0.02, y, top - 0.15],
        ];
        parts.push(part('jib', plate(jib, [0.04, 0, 0])));
      }
    } else if (style === 'cabin' || style === 'ferry') {
      const decks = style === 'ferry' ? dice.count('decks', 2, 3) : 1;
      for (let i = 0; i < decks; i++) {
        const z = h - 0.01 + i * 0.1;
        const s = 1 - 0.22 * i;
        parts.push(
          part('cabin', block([-w * 0.7 * s, -l * 0.4 * s, z], [w * 0.7 * s, l * 0.6 * s, z + 0.11], 0.01)),
        );
      }
      const top = h + decks * 0.1 - 0.01;
      for (const y of evenly(dice.count('funnels', 0, 2), -0.02, l * 0.3))
        parts.push(part('funnel', rod([0, y, top - 0.02], [0, y + 0.03, top + 0.16], 0.045, 0.05)));
    } else if (style === 'motor') {
      parts.push(
        part(
          'windscreen',
          bar([0, -l * 0.25, open ? h * 0.6 : h - 0.01], [0, -l * 0.12, h + 0.12], [w * 1.4, 0.045]),
        ),
      );
      if (open)
        parts.push(part('console', block([-w * 0.72, -l * 0.3, h * 0.2], [w * 0.72, -l * 0.15, h * 0.95])));
      parts.push(
        part(
          'outboard',
          block([-0.05, l * 0.93, h * 0.6], [0.05, l + 0.09, h + 0.09], 0.015),
          bar([0, l + 0.04, h * 0.7], [0, l + 0.04, -0.06], [0.045, 0.06]),
        ),
      );
    } else {
      for (const s of SIDES)
        parts.push(
          part(
            'oar',
            rod([s * w * 0.4, 0.05, h + 0.02], [s * (w + 0.26), -0.05, h * 0.4], 0.023, 0.023, 8),
            bar([s * w * 0.9, 0.01, h - 0.02], [s * w * 0.9, 0.01, h + 0.03], [0.05, 0.05]),
            block(
              [Math.min(s * (w + 0.22), s * (w + 0.36)), -0.1, h * 0.4 - 0.03],
              [Math.max(s * (w + 0.22), s * (w + 0.36)), 0, h * 0.4 + 0.03],
            ),
          ),
        );
    }
    return parts;
  },
};
