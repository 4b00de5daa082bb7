import type { Vec3 } from '../../../shared/geometry/types';
import { around, evenly, part, type Dice, type Family, type PartDraft } from './dice';
import { bar, block, rod, turned } from './solids';

const SIDES = [-1, 1] as const;

export const chair: Family = {
  name: 'chair',
  build: (dice) => {
    const w = dice.size('width', 0.4, 0.56) / 2;
    const d = dice.size('depth', 0.38, 0.52) / 2;
    const h = dice.size('seatHeight', 0.38, 0.5);
    const t = dice.size('seatThickness', 0.05, 0.1);
    const round = dice.flag('roundSeat', 0.25);
    const seat = round
      ? turned(
          [
            [w, h],
            [w, h + t],
          ],
          [0, 0, 0],
        )
      : block([-w, -d, h], [w, d, h + t], dice.flag('soft', 0.5) ? 0.03 : 0);
    const parts: PartDraft[] = [part('seat', seat)];
    const reach = round ? w * 0.66 : w - 0.025;
    const deep = round ? w * 0.66 : d - 0.025;
    chairLegs(dice, parts, reach, deep, h + t / 2);
    const back = dice.choice('back', ['slats', 'ladder', 'panel', 'panel', 'none']);
    const top = h + dice.size('backHeight', 0.35, 0.6);
    const lean = dice.size('lean', 0, 0.12);
    const at = (z: number): number => deep + (lean * (z - h)) / (top - h);
    if (back === 'panel') {
      parts.push(part('back', bar([0, at(h), h], [0, at(top), top], [2 * reach, 0.05])));
    } else if (back !== 'none') {
      for (const s of SIDES)
        parts.push(part('back post', bar([s * reach, at(h), h], [s * reach, at(top), top], [0.05, 0.05])));
      const rail = (z: number, thick: number) => bar([-reach, at(z), z], [reach, at(z), z], [0.04, thick]);
      parts.push(part('back rail', rail(top - 0.03, 0.07)));
      const n = dice.count('slats', 1, 3);
      if (back === 'ladder') {
        for (const z of evenly(n, h + t + 0.08, top - 0.14)) parts.push(part('back slat', rail(z, 0.055)));
      } else {
        for (const x of evenly(n, -reach * 0.65, reach * 0.65))
          parts.push(part('back slat', bar([x, at(h), h], [x, at(top - 0.03), top - 0.03], [0.05, 0.04])));
      }
    }
    if (back !== 'none' && !round && dice.flag('arms', 0.4)) {
      const z = h + dice.size('armHeight', 0.18, 0.25);
      for (const s of SIDES) {
        const x = s * (reach + 0.005);
        parts.push(
          part(
            'arm',
            bar([x, -deep, z], [x, at(z), z], [0.055, 0.045]),
            bar([x, -deep + 0.03, h], [x, -deep + 0.03, z], [0.045, 0.045]),
            ...(back === 'panel' ? [bar([x, at(z) - 0.03, h], [x, at(z) - 0.03, z], [0.045, 0.045])] : []),
          ),
        );
      }
    }
    return parts;
  },
};

function chairLegs(dice: Dice, parts: PartDraft[], reach: number, deep: number, h: number): void {
  const style = dice.choice('base', ['legs', 'legs', 'legs', 'pedestal', 'sled']);
  if (style === 'pedestal') {
    parts.push(part('column', rod([0, 0, 0.05], [0, 0, h], dice.size('column', 0.035, 0.06))));
    const spread = Math.max(reach, deep) * 1.1;
    if (dice.flag('disc', 0.35)) {
      parts.push(
        part(
          'base',
          turned([
            [spread, 0],
            [spread, 0.04],
            [0.08, 0.08],
          ]),
        ),
      );
    } else {
      for (const a of around(dice.count('feet', 3, 5)))
        parts.push(
          part(
            'foot',
            bar([0, 0, 0.07], [spread * Math.cos(a), spread * Math.sin(a), 0.03], [0.065, 0.06], 0.85),
          ),
        );
    }
    return;
  }
  const thick = dice.size('legThickness', 0.045, 0.075);
  if (style === 'sled') {
    for (const s of SIDES) {
      const x = s * (reach - thick / 2);
      const section = [thick, thick] as const;
      parts.push(
        part(
          'runner',
          bar([x, -deep, 0], [x, -deep, h], section),
          bar([x, deep - 0.02, 0], [x, deep - 0.02, h], section),
          bar([x, -deep - thick / 2, thick / 2], [x, deep, thick / 2], section),
        ),
      );
    }
    return;
  }
  const splay = dice.flag('splayed', 0.4) ? dice.size('splay', 0.02, 0.07) : 0;
  const round = dice.flag('roundLegs', 0.4);
  const taper = dice.size('legTaper', 0.75, 1);
  for (const x of SIDES) {
    for (const y of SIDES) {
      const from: Vec3 = [x * (reach - 0.01), y * (deep - 0.01), h];
      const to: Vec3 = [x * (reach + splay), y * (deep + splay), 0];
      parts.push(
        part(
          'leg',
          round ? rod(from, to, thick / 2, (thick / 2) * taper) : bar(from, to, [thick, thick], taper),
        ),
      );
    }
  }
  if (!dice.flag('stretchers', 0.4)) return;
  const z = h * dice.size('stretcherHeight', 0.25, 0.5);
  const [x, y] = [reach + splay * (1 - z / h) - 0.005, deep + splay * (1 - z / h) - 0.005];
  for (const s of SIDES) parts.push(part('stretcher', bar([s * x, -y, z], [s * x, y, z], [0.04, 0.045])));
  if (dice.flag('crossed', 0.5)) parts.push(part('stretcher', bar([-x, 0, z], [x, 0, z], [0.04, 0.045])));
}

export const bench: Family = {
  name: 'bench',
  build: (dice) => {
    const w = dice.size('width', 0.8, 1.4) / 2;
    // Nothing much thinner than this is seen in a small picture.
    const thin = 0.042 * Math.max(2 * w, 0.9);
    const d = dice.size('depth', 0.34, 0.5);
    const h = dice.size('height', 0.38, 0.48);
    const t = Math.max(thin, dice.size('thickness', 0.055, 0.11));
    const planks = dice.count('planks', 1, 3);
    const gap = planks > 1 ? 0.6 * thin : 0;
    const each = (d - gap * (planks - 1)) / planks;
    const parts: PartDraft[] = [];
    for (let i = 0; i < planks; i++) {
      const y = -d / 2 + i * (each + gap);
      parts.push(part('seat plank', block([-w, y, h], [w, y + each, h + t])));
    }
    const style = dice.choice('supports', ['slab', 'legs', 'trestle']);
    const inset = w * dice.size('inset', 0.05, 0.25);
    const back = dice.flag('back', 0.5);
    const xs = evenly(dice.count('supportCount', 2, w > 0.7 ? 3 : 2), -w + inset + 0.03, w - inset - 0.03);
    for (const x of xs) {
      // Every support carries all planks.
      const beam = block([x - thin / 2, -d / 2 + 0.01, h - thin], [x + thin / 2, d / 2 - 0.01, h + 0.01]);
      if (style === 'slab') {
        parts.push(
          part('support', block([x - 0.045, -d / 2 + 0.02, 0], [x + 0.045, d / 2 - 0.02, h + 0.01])),
        );
      } else if (style === 'legs') {
        parts.push(
          part(
            'support',
            beam,
            ...SIDES.map((s) =>
              bar([x, s * (d / 2 - 0.05), h], [x, s * (d / 2 - 0.03), 0], [1.3 * thin, 1.3 * thin]),
            ),
          ),
        );
      } else {
        parts.push(
          part(
            'support',
            beam,
            bar([x, 0, 0.02], [x, 0, h], [1.3 * thin, 0.12]),
            block([x - 0.05, -d / 2, 0], [x + 0.05, d / 2, 0.07]),
          ),
        );
      }
    }
    if (back) {
      const top = h + dice.size('backHeight', 0.3, 0.48);
      for (const x of xs)
        parts.push(
          part(
            'back post',
            bar([x, d / 2 - 0.03, h - 0.02], [x, d / 2 + 0.05, top], [1.1 * thin, 1.1 * thin]),
          ),
        );
      for (const z of evenly(dice.count('rails', 1, 2), top - 0.06, h + 0.16)) {
        const y = d / 2 - 0.03 + (0.08 * (z - h)) / (top - h);
        parts.push(part('back rail', block([-w, y - thin, z - 0.05], [w, y, z + 0.05])));
      }
    }
    if (dice.flag('arms', 0.35)) {
      for (const s of SIDES)
        parts.push(
          part(
            'arm',
            block([s * w - 0.035, -d / 2, h + 0.2], [s * w + 0.035, d / 2 + 0.02, h + 0.2 + thin]),
            ...SIDES.map((y) =>
              block(
                [s * (w - 0.005) - thin / 2, y * (d / 2 - 0.04) - thin / 2, h - 0.01],
                [s * (w - 0.005) + thin / 2, y * (d / 2 - 0.04) + thin / 2, h + 0.21],
              ),
            ),
          ),
        );
    }
    return parts;
  },
};

export const sofa: Family = {
  name: 'sofa',
  build: (dice) => {
    const seats = dice.count('seats', 1, 4);
    const each = dice.size('seatWidth', 0.55, 0.75);
    const w = (seats * each) / 2;
    const d = dice.size('depth', 0.7, 0.95) / 2;
    const foot = dice.flag('feet', 0.65) ? dice.size('footHeight', 0.06, 0.16) : 0;
    const base = foot + dice.size('baseHeight', 0.14, 0.24);
    const soft = dice.size('soft', 0.01, 0.06);
    const cushion = dice.size('cushion', 0.1, 0.18);
    const backThick = dice.size('backThickness', 0.14, 0.26);
    const top = base + dice.size('backHeight', 0.35, 0.6);
    const armStyle = dice.choice('arms', ['block', 'block', 'roll', 'low', 'none', 'left']);
    const armWidth = dice.size('armWidth', 0.1, 0.24);
    const parts: PartDraft[] = [
      part('base', block([-w, -d, foot], [w, d, base], 0.01)),
      part('back', block([-w, d - backThick, foot + 0.01], [w, d, top], soft)),
    ];
    for (let i = 0; i < seats; i++) {
      const x = -w + i * each;
      parts.push(
        part(
          'seat cushion',
          block(
            [x + 0.006, -d - 0.02, base - 0.02],
            [x + each - 0.006, d - backThick + 0.02, base + cushion],
            soft,
          ),
        ),
      );
    }
    if (dice.flag('backCushions', 0.5)) {
      for (let i = 0; i < seats; i++) {
        const x = -w + i * each;
        parts.push(
          part(
            'back cushion',
            block(
              [x + 0.015, d - backThick - 0.13, base + cushion - 0.02],
              [x + each - 0.015, d - backThick + 0.02, top - 0.03],
              soft + 0.02,
            ),
          ),
        );
      }
    }
    if (armStyle !== 'none') {
      const armTop =
        armStyle === 'low' ? base + cushion + 0.04 : base + cushion + dice.size('armHeight', 0.1, 0.22);
      for (const s of armStyle === 'left' ? [-1] : SIDES) {
        const inner = s * (w - 0.01);
        const outer = s * (w + armWidth);
        const [x0, x1] = [Math.min(inner, outer), Math.max(inner, outer)];
        const arm = [block([x0, -d, foot], [x1, d, armTop], Math.min(soft, 0.03))];
        if (armStyle === 'roll') {
          const r = armWidth * 0.62;
          arm.push(rod([(x0 + x1) / 2, -d - 0.01, armTop], [(x0 + x1) / 2, d + 0.005, armTop], r));
        }
        parts.push(part('arm', ...arm));
      }
    }
    if (seats > 1 && dice.flag('chaise', 0.3)) {
      const x = w - each;
      const long = dice.size('chaiseLength', 0.4, 0.7);
      parts.push(
        part(
          'chaise',
          block([x, -d - long, foot], [w, -d + 0.02, base], 0.01),
          block([x + 0.006, -d - long - 0.02, base - 0.02], [w - 0.006, -d, base + cushion], soft),
        ),
      );
    }
    if (foot > 0) {
      for (const x of SIDES)
        for (const y of SIDES)
          parts.push(
            part(
              'foot',
              rod(
                [x * (w - 0.07), y * (d - 0.07), 0],
                [x * (w - 0.07), y * (d - 0.07), foot + 0.02],
                0.04,
                0.05,
                10,
              ),
            ),
          );
    }
    return parts;
  },
};

export const bed: Family = {
  name: 'bed',
  build: (dice) => {
    const w = dice.size('width', 0.85, 1.85) / 2;
    const l = dice.size('length', 1.9, 2.15) / 2;
    const bunk = w < 0.6 && dice.flag('bunk', 0.6);
    const h = dice.size('frameHeight', 0.2, 0.4);
    const frame = dice.size('frameThickness', 0.1, 0.2);
    const mattress = dice.size('mattress', 0.14, 0.28);
    const parts: PartDraft[] = [];
    const levels = bunk ? [h, h + dice.size('bunkHeight', 0.85, 1.05)] : [h];
    const pillows = w > 0.6 ? dice.count('pillows', 1, 3) : 1;
    for (const z of levels) {
      parts.push(part('frame', block([-w - 0.03, -l - 0.03, z], [w + 0.03, l + 0.03, z + frame])));
      parts.push(part('mattress', block([-w, -l, z + frame - 0.02], [w, l, z + frame + mattress], 0.05)));
      for (const x of evenly(pillows, -w + w / pillows, w - w / pillows)) {
        const half = (w / pillows) * 0.85;
        const at = z + frame + mattress;
        parts.push(
          part('pillow', block([x - half, l - 0.42, at - 0.03], [x + half, l - 0.04, at + 0.1], 0.06)),
        );
      }
    }
    const top = levels[levels.length - 1] + frame + mattress;
    const canopy = !bunk && dice.flag('canopy', 0.2);
    const high = canopy ? dice.size('canopyHeight', 1.6, 2) : bunk ? top + 0.2 : h + 0.02;
    for (const x of SIDES)
      for (const y of SIDES)
        parts.push(
          part(canopy || bunk ? 'post' : 'leg', bar([x * w, y * l, 0], [x * w, y * l, high], [0.1, 0.1])),
        );
    if (canopy) {
      for (const s of SIDES) {
        parts.push(part('canopy rail', bar([s * w, -l, high - 0.04], [s * w, l, high - 0.04], [0.09, 0.09])));
        parts.push(part('canopy rail', bar([-w, s * l, high - 0.04], [w, s * l, high - 0.04], [0.09, 0.09])));
      }
      if (dice.flag('roof', 0.4))
        parts.push(
          part('canopy', block([-w - 0.05, -l - 0.05, high - 0.02], [w + 0.05, l + 0.05, high + 0.07])),
        );
    }
    const head = top + dice.size('headboard', 0.2, 0.7);
    const style = dice.choice('headStyle', ['panel', 'panel', 'bars', 'none']);
    const board = (name: string, y: number, height: number): void => {
      if (style === 'bars') {
        parts.push(
          part(
            name,
            bar([-w - 0.03, y, height - 0.05], [w + 0.03, y, height - 0.05], [0.09, 0.1]),
            ...evenly(dice.count('bars', 3, 5), -w, w).map((x) =>
              bar([x, y, h + 0.02], [x, y, height - 0.04], [0.085, 0.085]),
            ),
          ),
        );
      } else {
        parts.push(part(name, block([-w - 0.05, y - 0.045, h * 0.6], [w + 0.05, y + 0.045, height], 0.02)));
      }
    };
    if (style !== 'none') board('headboard', l + 0.04, bunk ? top + 0.2 : head);
    if (style !== 'none' && dice.flag('footboard', 0.45)) board('footboard', -l - 0.04, top + 0.08);
    if (bunk)
      parts.push(
        part(
          'ladder',
          ...[-0.7, -0.2].map((y) => bar([w + 0.16, y, 0], [w + 0.05, y, top], [0.09, 0.08])),
          ...evenly(3, 0.35, top - 0.25).map((z) => {
            const x = w + 0.16 - (0.11 * z) / top;
            return bar([x, -0.7, z], [x, -0.2, z], [0.08, 0.08]);
          }),
        ),
      );
    return parts;
  },
};
