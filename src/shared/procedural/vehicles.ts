import type { TriangleMesh, Vec3 } from '../geometry/types';
import { around, evenly, part, type Dice, type Family, type PartDraft } from './dice';
import { bar, block, ellipsoid, loft, mirrored, plate, rod, spun, sweep, turned } from './solids';

const SIDES = [-1, 1] as const;

export const aeroplane: Family = {
  name: 'aeroplane',
  build: (dice) => {
    const l = dice.size('length', 0.8, 1.1) / 2;
    const r = dice.size('fuselage', 0.055, 0.1);
    const nose = dice.size('nose', 0.12, 0.3);
    const tail = dice.size('tail', 0.3, 0.5);
    const body = (s: number): number => {
      if (s < nose) return r * Math.sqrt(Math.max(0.02, 1 - (1 - s / nose) ** 2));
      return s > 1 - tail ? r * (1 - 0.8 * ((s - 1 + tail) / tail) ** 1.3) : r;
    };
    const axis = evenly(19, -l, l).map((y): Vec3 => [0, y, 0]);
    const parts: PartDraft[] = [part('fuselage', sweep(axis, body, 16))];
    const span = dice.size('span', 0.42, 0.62);
    const root = dice.size('rootChord', 0.14, 0.26);
    const tip = root * dice.size('tipChord', 0.3, 0.95);
    const sweepBack = dice.flag('swept', 0.55) ? dice.size('sweep', 0.12, 0.35) : 0;
    const dihedral = dice.size('dihedral', -0.02, 0.08);
    const y0 = dice.size('wingAt', -0.2, 0) - root / 2;
    const mount = dice.choice('wing', ['low', 'middle', 'high', 'biplane']);
    const z = mount === 'low' ? -r * 0.55 : mount === 'middle' ? 0 : r * 0.75;
    const thick = 0.022;
    const wingAt = (height: number): TriangleMesh[] => {
      const right = wing([0, y0, height], [span, y0 + sweepBack, height + dihedral], root, tip, thick);
      return [right, mirrored(right)];
    };
    for (const solid of wingAt(z)) parts.push(part('wing', solid));
    if (mount === 'biplane') {
      const low = z - 2.2 * r;
      for (const solid of wingAt(low)) parts.push(part('lower wing', solid));
      for (const s of SIDES)
        for (const x of evenly(dice.count('struts', 1, 2), 0.35 * span, 0.8 * span)) {
          const y = y0 + root / 2 + (sweepBack * x) / span;
          parts.push(
            part(
              'strut',
              rod([s * x, y, low + (dihedral * x) / span], [s * x, y, z + (dihedral * x) / span], 0.012),
            ),
          );
        }
      parts.push(part('strut', bar([0, y0 + root / 2, low], [0, y0 + root / 2, 0], [0.03, root * 0.4])));
    }
    const tailKind = dice.choice('tailplane', ['conventional', 'tee', 'vee', 'twin']);
    const finHeight = dice.size('fin', 0.13, 0.22);
    const aft = l - 0.13;
    const half = dice.size('tailSpan', 0.14, 0.24);
    const fin = (x: number, height: number): TriangleMesh =>
      plate(
        [
          [x - 0.01, aft, 0],
          [x - 0.01, aft + 0.12, 0],
          [x - 0.01, aft + 0.15, height],
          [x - 0.01, aft + 0.08, height],
        ],
        [0.02, 0, 0],
      );
    const stabiliser = (height: number, rise: number): TriangleMesh =>
      wing([0, aft, height], [half, aft + 0.06, height + rise], 0.12, 0.07, 0.018);
    if (tailKind !== 'vee') {
      const height = tailKind === 'tee' ? finHeight - 0.012 : 0;
      const right = stabiliser(height, 0);
      // On top of the fin the chord lies over the fin's.
      parts.push(part('stabiliser', right), part('stabiliser', mirrored(right)));
      if (tailKind === 'twin')
        for (const s of SIDES) parts.push(part('fin', fin(s * half * 0.7, finHeight * 0.8)));
      else parts.push(part('fin', fin(0, finHeight)));
    } else {
      const right = stabiliser(0, finHeight);
      parts.push(part('stabiliser', right), part('stabiliser', mirrored(right)));
    }
    engines(dice, parts, { l, r, span, y0, root, sweepBack, z, dihedral });
    if (dice.flag('canopy', 0.4))
      parts.push(part('canopy', ellipsoid([0, -l * 0.45, r * 0.8], [r * 0.6, 0.13, r * 0.75], 16)));
    return parts;
  },
};

interface WingFrame {
  readonly l: number;
  readonly r: number;
  readonly span: number;
  readonly y0: number;
  readonly root: number;
  readonly sweepBack: number;
  readonly z: number;
  readonly dihedral: number;
}

function engines(dice: Dice, parts: PartDraft[], frame: WingFrame): void {
  const { l, r, span, y0, root, sweepBack, z, dihedral } = frame;
  const kind = dice.choice('engines', ['jets', 'propeller', 'props', 'rear jets', 'none']);
  const size = r * dice.size('engineSize', 0.4, 0.6);
  if (kind === 'jets' || kind === 'props') {
    for (const x of evenly(dice.count('enginesPerSide', 1, 2), 0.35 * span, 0.65 * span))
      for (const s of SIDES) {
        const y = y0 + (sweepBack * x) / span;
        const height = z + (dihedral * x) / span - (kind === 'jets' ? size * 0.75 : 0);
        parts.push(
          part(
            'engine',
            rod([s * x, y - 0.05, height], [s * x, y + root * 0.6, height], size, size * 0.7, 12),
          ),
        );
        if (kind === 'props')
          parts.push(
            part(
              'propeller',
              block([s * x - 0.09, y - 0.065, height - 0.012], [s * x + 0.09, y - 0.045, height + 0.012]),
            ),
          );
      }
  } else if (kind === 'propeller') {
    const blade = 0.12;
    parts.push(
      part(
        'propeller',
        rod([0, -l - 0.03, 0], [0, -l + 0.03, 0], 0.022, 0.03, 10),
        ...[0, 1].map((i) =>
          i === 0
            ? block([-blade, -l - 0.02, -0.014], [blade, -l, 0.014])
            : block([-0.014, -l - 0.02, -blade], [0.014, -l, blade]),
        ),
      ),
    );
  } else if (kind === 'rear jets') {
    for (const s of SIDES)
      parts.push(
        part(
          'engine',
          rod(
            [s * (r + size * 0.4), l * 0.3, r * 0.3],
            [s * (r + size * 0.4), l * 0.6, r * 0.3],
            size,
            size * 0.7,
            12,
          ),
        ),
      );
  }
}

/** A wing from the root's leading edge to the tip's, thickest at the root. */
function wing(from: Vec3, to: Vec3, root: number, tip: number, thick: number): TriangleMesh {
  const section = ([x, y, z]: Vec3, chord: number, t: number): Vec3[] => [
    [x, y, z],
    [x, y + 0.35 * chord, z + t / 2],
    [x, y + chord, z + 0.003],
    [x, y + chord, z - 0.003],
    [x, y + 0.35 * chord, z - t / 2],
  ];
  return loft([section([from[0] - 0.01, from[1], from[2]], root, thick), section(to, tip, thick * 0.6)]);
}

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
      parts.push(part('windscreen', bar([0, c0, base], [0, c0 + 0.06, roof - 0.03], [1.8 * w, 0.025])));
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
        const x = s * (w - 0.015);
        parts.push(
          part('bed side', block([x - 0.015, c1 - 0.01, deck - 0.02], [x + 0.015, l - 0.005, deck + 0.07])),
        );
      }
      parts.push(
        part('tailgate', block([-w + 0.01, l - 0.035, deck - 0.02], [w - 0.01, l - 0.005, deck + 0.07])),
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
          block([-w, l - 0.08, deck + 0.06], [w, l, deck + 0.08]),
          ...SIDES.map((s) =>
            block([s * w * 0.7 - 0.012, l - 0.06, deck - 0.01], [s * w * 0.7 + 0.012, l - 0.03, deck + 0.07]),
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

export const boat: Family = {
  name: 'boat',
  build: (dice) => {
    const l = dice.size('length', 0.8, 1.1) / 2;
    const w = dice.size('beam', 0.12, 0.2);
    const h = dice.size('depth', 0.12, 0.2);
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
    const keel = dice.size('keelWidth', 0.2, 0.5);
    const wall = 0.15;
    const rings = [outline(keel, 0.78, 0), outline(0.8, 0.9, h * 0.45), outline(1, 1, h)];
    if (open)
      rings.push(
        outline(1 - wall, 1 - wall / 2, h),
        outline(0.8 - wall, 0.9 - wall / 2, h * 0.5),
        outline(0.5, 0.6, h * 0.3),
      );
    const parts: PartDraft[] = [part('hull', loft(rings))];
    const style = dice.choice(
      'style',
      open ? ['rowing', 'sail', 'motor'] : ['sail', 'cabin', 'ferry', 'motor'],
    );
    const deck = open ? h * 0.3 : h;
    if (open)
      for (const y of evenly(dice.count('thwarts', 1, 3), -l * 0.35, l * 0.5))
        parts.push(part('thwart', block([-w * 0.86, y - 0.04, h * 0.72], [w * 0.86, y + 0.04, h * 0.9])));
    if (style === 'sail') {
      const top = h + dice.size('mast', 0.6, 1);
      const masts = open ? 1 : dice.count('masts', 1, 2);
      for (const y of masts === 1 ? [-l * 0.1] : [-l * 0.35, l * 0.3]) {
        parts.push(part('mast', rod([0, y, deck - 0.02], [0, y, top], 0.02, 0.013, 10)));
        const boom = h + 0.1;
        const back = y + l * (masts === 1 ? 0.75 : 0.5);
        parts.push(part('boom', rod([0, y, boom], [0, back, boom], 0.013, 0.013, 8)));
        const sail: Vec3[] = [
          [-0.008, y, boom],
          [-0.008, back - 0.02, boom],
          [-0.008, y, top - 0.03],
        ];
        parts.push(part('sail', plate(sail, [0.016, 0, 0])));
      }
      if (dice.flag('jib', 0.5)) {
        const y = masts === 1 ? -l * 0.1 : -l * 0.35;
        const jib: Vec3[] = [
          [-0.008, y, h + 0.05],
          [-0.008, -l * 0.95, h - 0.01],
          [-0.008, y, top - 0.15],
        ];
        parts.push(part('jib', plate(jib, [0.016, 0, 0])));
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
        parts.push(part('funnel', rod([0, y, top - 0.02], [0, y + 0.03, top + 0.16], 0.035, 0.04)));
    } else if (style === 'motor') {
      parts.push(
        part(
          'windscreen',
          bar([0, -l * 0.25, open ? h * 0.6 : h - 0.01], [0, -l * 0.12, h + 0.12], [w * 1.4, 0.02]),
        ),
      );
      if (open)
        parts.push(part('console', block([-w * 0.72, -l * 0.3, h * 0.2], [w * 0.72, -l * 0.15, h * 0.95])));
      parts.push(
        part(
          'outboard',
          block([-0.035, l * 0.93, h * 0.6], [0.035, l + 0.09, h + 0.09], 0.015),
          bar([0, l + 0.04, h * 0.7], [0, l + 0.04, -0.06], [0.03, 0.05]),
        ),
      );
    } else {
      for (const s of SIDES)
        parts.push(
          part(
            'oar',
            rod([s * w * 0.4, 0.05, h + 0.02], [s * (w + 0.26), -0.05, h * 0.4], 0.012, 0.012, 8),
            bar([s * w * 0.9, 0.01, h - 0.02], [s * w * 0.9, 0.01, h + 0.03], [0.03, 0.03]),
            block(
              [Math.min(s * (w + 0.22), s * (w + 0.36)), -0.08, h * 0.4 - 0.03],
              [Math.max(s * (w + 0.22), s * (w + 0.36)), -0.02, h * 0.4 + 0.03],
            ),
          ),
        );
    }
    return parts;
  },
};

export const rocket: Family = {
  name: 'rocket',
  build: (dice) => {
    const r = dice.size('radius', 0.06, 0.12);
    const stages = dice.count('stages', 1, 3);
    const parts: PartDraft[] = [];
    let z = 0.1;
    let radius = r;
    for (let i = 0; i < stages; i++) {
      const height = dice.size(`stage${i + 1}`, 0.22, 0.45) * (stages === 1 ? 1.6 : 1);
      parts.push(
        part(
          'stage',
          turned(
            [
              [radius, z],
              [radius, z + height],
            ],
            [0, 0, 0],
            22,
          ),
        ),
      );
      z += height;
      if (i + 1 < stages) {
        const next = radius * dice.size(`narrowing${i + 1}`, 0.6, 1);
        parts.push(
          part(
            'adapter',
            turned(
              [
                [radius, z - 0.004],
                [next, z + 0.05],
              ],
              [0, 0, 0],
              22,
            ),
          ),
        );
        radius = next;
        z += 0.046;
      }
    }
    const bulge = dice.flag('fairing', 0.3) ? 1.25 : 1;
    const nose = radius * dice.size('nose', 1.8, 3.6);
    const ogive = dice.flag('ogive', 0.6);
    parts.push(
      part(
        'nose',
        turned(
          [
            [radius, z - 0.01],
            [radius * bulge, z + 0.03],
            ...evenly(5, 0, 0.85).map((s): [number, number] => [
              radius * bulge * (ogive ? Math.sqrt(1 - s * s) : 1 - s),
              z + 0.05 + nose * s,
            ]),
            [0, z + 0.05 + nose],
          ],
          [0, 0, 0],
          22,
        ),
      ),
    );
    if (dice.flag('escapeTower', 0.2))
      parts.push(part('escape tower', rod([0, 0, z + nose * 0.8], [0, 0, z + nose + 0.2], 0.014)));
    const fins = dice.count('fins', 0, 6);
    const finCount = fins < 3 ? 0 : fins;
    const span = r * dice.size('finSpan', 0.8, 1.8);
    const high = dice.size('finHeight', 0.14, 0.3);
    const drop = dice.size('finDrop', -0.09, 0.06);
    for (const a of around(finCount, Math.PI / 4)) {
      const fin = plate(
        [
          [r * 0.8, -0.01, 0.12],
          [r + span, -0.01, 0.12 + drop],
          [r + span, -0.01, 0.12 + drop + high * 0.4],
          [r * 0.8, -0.01, 0.12 + high],
        ],
        [0, 0.02, 0],
      );
      parts.push(part('fin', spun(fin, a)));
    }
    const boosters = finCount > 0 ? 0 : dice.count('boosters', 2, 4);
    const booster = r * dice.size('boosterRadius', 0.4, 0.7);
    const tall = dice.size('boosterHeight', 0.25, 0.5);
    for (const a of around(boosters)) {
      const at: Vec3 = [(r + booster * 0.9) * Math.cos(a), (r + booster * 0.9) * Math.sin(a), 0];
      parts.push(
        part(
          'booster',
          turned(
            [
              [booster * 0.75, 0.02],
              [booster * 0.5, 0.08],
              [booster, 0.09],
              [booster, 0.1 + tall],
              [0, 0.1 + tall + booster * 2],
            ],
            at,
            16,
          ),
        ),
      );
    }
    const nozzles = dice.count('nozzles', 1, 4);
    const bell = nozzles === 1 ? r * 0.75 : r * 0.4;
    for (const a of around(nozzles)) {
      const off = nozzles === 1 ? 0 : r * 0.5;
      parts.push(
        part(
          'nozzle',
          rod(
            [off * Math.cos(a), off * Math.sin(a), 0],
            [off * Math.cos(a), off * Math.sin(a), 0.12],
            bell,
            bell * 0.5,
          ),
        ),
      );
    }
    return parts;
  },
};
