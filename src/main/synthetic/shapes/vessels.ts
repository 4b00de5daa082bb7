import type { Vec3 } from '../../../shared/geometry/types';
import { around, evenly, part, type Family, type PartDraft } from './dice';
import { bar, block, rod, spun, sweep, turned, turnedHoop, type Point2 } from './solids';

export const mug: Family = {
  name: 'mug',
  build: (dice) => {
    const r = dice.size('radius', 0.3, 0.44);
    const h = dice.size('height', 0.55, 1);
    const wall = dice.size('wall', 0.055, 0.085);
    const shape = dice.choice('profile', ['straight', 'tapered', 'bellied', 'bowl']);
    const radiusAt = (s: number): number => {
      if (shape === 'tapered') return r * (0.75 + 0.25 * s);
      if (shape === 'bellied') return r * (0.82 + 0.18 * Math.sin(Math.PI * s));
      return shape === 'bowl' ? r * Math.sqrt(0.35 + 0.65 * Math.min(1, s * 1.4)) : r;
    };
    const steps = evenly(8, 0, 1);
    const foot = dice.flag('foot', 0.3) ? 0.04 : 0;
    const outside = steps.map((s): Point2 => [radiusAt(s), foot + s * h]);
    const inside = steps
      .filter((s) => s * h > wall * 1.6)
      .reverse()
      .map((s): Point2 => [radiusAt(s) - wall, foot + s * h + (s === 1 ? 0 : 0.002)]);
    const bottom: Point2 = [0, foot + wall * 1.3];
    // Under a lid nobody sees the hollow, and a sealed void is no shape to learn.
    const covered = dice.flag('lid', 0.2);
    const profile: Point2[] = covered ? [...outside, [0, foot + h]] : [...outside, ...inside, bottom];
    const parts: PartDraft[] = [part('cup', turned(profile, [0, 0, 0], 36))];
    if (foot > 0)
      parts.push(
        part(
          'foot',
          turned(
            [
              [radiusAt(0) * 0.75, 0],
              [radiusAt(0) * 0.8, foot + 0.01],
            ],
            [0, 0, 0],
            28,
          ),
        ),
      );
    const handles = dice.choice('handles', ['one', 'one', 'one', 'two', 'none']);
    const thick = dice.size('handleThickness', 0.035, 0.065);
    const reach = dice.size('handleReach', 0.18, 0.3);
    const kind = dice.choice('handle', ['ring', 'square', 'ear']);
    const [s0, s1] = kind === 'ear' ? [0.45, 0.85] : [0.18, 0.82];
    const z = (s: number): number => foot + s * h;
    const at = (s: number): number => radiusAt(s) - wall * 0.5;
    const [low, high]: [Vec3, Vec3] = [
      [at(s0), 0, z(s0)],
      [at(s1), 0, z(s1)],
    ];
    const out = Math.max(at(s0), at(s1)) + reach;
    const path: Vec3[] =
      kind === 'square'
        ? [
            low,
            [out - 0.04, 0, z(s0)],
            [out, 0, z(s0) + 0.04],
            [out, 0, z(s1) - 0.04],
            [out - 0.04, 0, z(s1)],
            high,
          ]
        : evenly(13, 0, 1).map((s): Vec3 => {
            const a = Math.PI * s;
            const x = low[0] + (high[0] - low[0]) * s;
            return [
              x + (out - x) * Math.sin(a),
              0,
              (low[2] + high[2]) / 2 - ((high[2] - low[2]) / 2) * Math.cos(a),
            ];
          });
    const turn = dice.size('handleAngle', -0.5, 0.5);
    for (const a of around(handles === 'two' ? 2 : handles === 'one' ? 1 : 0, turn))
      parts.push(part('handle', spun(sweep(path, Math.min(thick, wall), 10), a)));
    if (dice.flag('saucer', 0.25)) {
      const rim = r * dice.size('saucer', 1.4, 1.8);
      const cup = radiusAt(0) * 0.7;
      parts.push(
        part(
          'saucer',
          turned(
            [
              [cup, -0.06],
              [rim, 0.03],
              [rim, 0.075],
              [cup, 0.02],
            ],
            [0, 0, 0],
            36,
          ),
        ),
      );
    }
    if (covered) {
      const lid = radiusAt(1);
      parts.push(
        part(
          'lid',
          turned(
            [
              [lid, z(1) - 0.01],
              [lid * 0.95, z(1) + 0.04],
              [0.05, z(1) + 0.08],
            ],
            [0, 0, 0],
            32,
          ),
        ),
      );
      parts.push(part('knob', rod([0, 0, z(1) + 0.05], [0, 0, z(1) + 0.16], 0.04, 0.06)));
    }
    return parts;
  },
};

export const bottle: Family = {
  name: 'bottle',
  build: (dice) => {
    const r = dice.size('radius', 0.14, 0.23);
    const h = dice.size('height', 0.4, 0.65);
    const neck = r * dice.size('neck', 0.3, 0.55);
    const tall = dice.size('neckHeight', 0.08, 0.25);
    const shoulder = dice.size('shoulder', 0.05, 0.2);
    const square = dice.flag('square', 0.3);
    const parts: PartDraft[] = [];
    const waist = dice.flag('waist', 0.3) ? 0.82 : 1;
    if (square) {
      parts.push(part('body', block([-r, -r * 0.75, 0], [r, r * 0.75, h], 0.03)));
    } else {
      parts.push(
        part(
          'body',
          turned(
            [
              [r * 0.92, 0],
              [r, 0.03],
              [r, h * 0.3],
              [r * waist, h * 0.55],
              [r, h * 0.8],
              [r, h],
            ],
            [0, 0, 0],
            28,
          ),
        ),
      );
    }
    const wide = square ? r * 0.72 : r;
    const rounded = dice.flag('roundShoulder', 0.5);
    parts.push(
      part(
        'shoulder',
        turned(
          evenly(6, 0, 1).map((s): Point2 => [
            neck + (wide - neck) * (rounded ? Math.sqrt(Math.max(0, 1 - s * s)) : 1 - s),
            h - 0.004 + (shoulder + 0.004) * s,
          ]),
          [0, 0, 0],
          28,
        ),
      ),
    );
    const top = h + shoulder + tall;
    parts.push(
      part(
        'neck',
        rod([0, 0, h + shoulder * 0.5], [0, 0, top], neck, neck * dice.size('neckTaper', 0.8, 1), 20),
      ),
    );
    if (dice.flag('collar', 0.35))
      parts.push(
        part(
          'collar',
          turnedHoop([
            [neck * 0.6, top - tall * 0.45],
            [neck * 1.3, top - tall * 0.45],
            [neck * 1.3, top - tall * 0.25],
            [neck * 0.6, top - tall * 0.25],
          ]),
        ),
      );
    const closure = dice.choice('closure', ['cap', 'cork', 'pump', 'none', 'sport']);
    const end = top - 0.01;
    if (closure === 'cap')
      parts.push(
        part('cap', rod([0, 0, top - tall * 0.3], [0, 0, top + 0.03], neck * 1.25, neck * 1.25, 20)),
      );
    if (closure === 'cork')
      parts.push(part('cork', rod([0, 0, end], [0, 0, top + 0.06], neck * 0.7, neck * 0.85)));
    if (closure === 'sport')
      parts.push(
        part(
          'cap',
          turned([
            [neck * 1.3, end - 0.04],
            [neck * 1.3, top + 0.02],
            [neck * 0.5, top + 0.06],
            [neck * 0.5, top + 0.12],
          ]),
        ),
      );
    if (closure === 'pump')
      parts.push(
        part('pump', rod([0, 0, end], [0, 0, top + 0.1], neck * 0.6)),
        part(
          'spout',
          bar([0, neck * 0.8, top + 0.1], [0, -r * 0.9, top + 0.09], [1.2 * neck, 0.9 * neck], 0.8),
        ),
      );
    const handles = square ? 0 : dice.count('handles', 0, 3) - 1;
    for (const a of around(Math.max(0, handles), dice.size('handleAngle', -0.6, 0.6))) {
      const path = evenly(9, 0, 1).map((s): Vec3 => {
        const angle = s * Math.PI;
        const from = r * 0.9;
        const x = from + (neck * 0.6 - from) * s;
        return [x + Math.sin(angle) * r * 0.8, 0, h * 0.7 + (top - tall * 0.5 - h * 0.7) * s];
      });
      parts.push(part('handle', spun(sweep(path, r * 0.18), a)));
    }
    if (dice.flag('label', 0.35) && !square && waist === 1) {
      const z = h * 0.25;
      parts.push(
        part(
          'label',
          turnedHoop(
            [
              [r * 0.7, z],
              [r * 1.03, z],
              [r * 1.03, z + h * 0.4],
              [r * 0.7, z + h * 0.4],
            ],
            [0, 0, 0],
            28,
          ),
        ),
      );
    }
    return parts;
  },
};
