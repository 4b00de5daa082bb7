import type { Vec3 } from '../../../shared/geometry/types';
import { evenly, part, type Family, type PartDraft } from './dice';
import { bar, block, loft, rod } from './solids';

const SIDES = [-1, 1] as const;

export const car: Family = {
  name: 'car',
  build: (dice) => {
    const kind = dice.choice('type', ['saloon', 'hatchback', 'pickup', 'van', 'lorry', 'open']);
    const lorry = kind === 'lorry';
    const l = (lorry ? dice.size('lorryLength', 1.1, 1.6) : dice.size('length', 0.85, 1.1)) / 2;
    const w = dice.size('width', 0.19, 0.24);
    const wheel = dice.size('wheel', 0.075, 0.11);
    const floor = wheel * 0.9;
    const deck = floor + dice.size('bodyHeight', 0.11, 0.17);
    const roof = deck + dice.size('cabin', 0.12, 0.18) * (kind === 'van' ? 1.5 : lorry ? 1.7 : 1);
    const parts: PartDraft[] = [
      part('body', block([-w, -l, floor], [w, l, lorry ? floor + 0.07 : deck], 0.02)),
    ];
    const [c0, c1] = {
      saloon: [-0.35, 0.6],
      hatchback: [-0.3, 0.98],
      pickup: [-0.4, 0.15],
      van: [-0.75, 0.98],
      lorry: [-1, -0.55],
      open: [-0.2, -0.14],
    }[kind].map((s) => s * l);
    const base = lorry ? floor + 0.05 : deck - 0.02;
    const rake = lorry ? 0.03 : dice.size('rake', 0.05, 0.13);
    if (kind === 'open') {
      parts.push(part('windscreen', bar([0, c0, base], [0, c0 + 0.06, roof - 0.03], [1.8 * w, 0.045])));
      for (const x of SIDES) {
        const seat = x * w * 0.45;
        parts.push(part('seat', block([seat - 0.07, 0.1, base], [seat + 0.07, 0.16, deck + 0.12], 0.02)));
      }
    } else {
      const inset = w * 0.15;
      const aft = kind === 'hatchback' || kind === 'saloon' ? rake * 0.8 : 0.02;
      const ring = (x: number, front: number, back: number, z: number): Vec3[] => [
        [-x, front, z],
        [x, front, z],
        [x, back, z],
        [-x, back, z],
      ];
      parts.push(
        part(
          'cabin',
          loft([ring(w * 0.97, c0, c1, base), ring(w * 0.97 - inset, c0 + rake, c1 - aft, roof)]),
        ),
      );
    }
    if (kind === 'pickup') {
      for (const s of SIDES) {
        const x = s * (w - 0.022);
        parts.push(
          part('bed side', block([x - 0.022, c1 - 0.01, deck - 0.02], [x + 0.022, l - 0.005, deck + 0.07])),
        );
      }
      parts.push(
        part('tailgate', block([-w + 0.01, l - 0.05, deck - 0.02], [w - 0.01, l - 0.005, deck + 0.07])),
      );
    }
    if (lorry) {
      const load = dice.choice('load', ['box', 'tank', 'flat']);
      const [y0, y1] = [c1 + 0.06, l];
      const z = floor + 0.06;
      if (load === 'box')
        parts.push(
          part('load', block([-w - 0.01, y0, z], [w + 0.01, y1, roof + dice.size('boxHeight', 0, 0.12)])),
        );
      else if (load === 'tank')
        parts.push(part('load', rod([0, y0, z + w * 0.85], [0, y1, z + w * 0.85], w * 0.95, w * 0.95, 20)));
      else
        for (const y of evenly(dice.count('crates', 1, 3), y0 + 0.15, y1 - 0.15))
          parts.push(part('crate', block([-w * 0.8, y - 0.13, z - 0.02], [w * 0.8, y + 0.13, z + 0.22])));
    }
    const axles = lorry ? dice.count('rearAxles', 1, 2) + 1 : 2;
    const ys = [-l * 0.65, ...evenly(axles - 1, axles === 3 ? l * 0.4 : l * 0.62, l * 0.4 + 2.3 * wheel)];
    for (const y of axles === 2 ? [ys[0], l * 0.62] : ys)
      for (const s of SIDES)
        parts.push(
          part('wheel', rod([s * (w - 0.05), y, wheel], [s * (w + 0.02), y, wheel], wheel, wheel, 18)),
        );
    if (dice.flag('spoiler', 0.2) && (kind === 'saloon' || kind === 'open'))
      parts.push(
        part(
          'spoiler',
          block([-w, l - 0.1, deck + 0.05], [w, l, deck + 0.09]),
          ...SIDES.map((s) =>
            block([s * w * 0.7 - 0.02, l - 0.07, deck - 0.01], [s * w * 0.7 + 0.02, l - 0.03, deck + 0.07]),
          ),
        ),
      );
    if (!lorry && dice.flag('bumpers', 0.5))
      for (const s of SIDES)
        parts.push(
          part(
            'bumper',
            block([-w * 0.95, s * l - 0.03, floor + 0.01], [w * 0.95, s * l + 0.03, floor + 0.06]),
          ),
        );
    if (kind !== 'open' && dice.flag('roofRack', 0.25))
      parts.push(
        part(
          'roof rack',
          block([-w * 0.6, (c0 + c1) / 2 + 0.02, roof - 0.01], [w * 0.6, c1 - rake - 0.02, roof + 0.04]),
        ),
      );
    return parts;
  },
};
