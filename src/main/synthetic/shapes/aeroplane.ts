import type { TriangleMesh, Vec3 } from '../../../shared/geometry/types';
import { evenly, part, type Dice, type Family, type PartDraft } from './dice';
import { bar, block, ellipsoid, loft, mirrored, plate, rod, sweep } from './solids';

const SIDES = [-1, 1] as const;

export const aeroplane: Family = {
  name: 'aeroplane',
  build: (dice) => {
    const l = dice.size('length', 0.8, 1.1) / 2;
    const r = dice.size('fuselage', 0.09, 0.145);
    const nose = dice.size('nose', 0.12, 0.3);
    const tail = dice.size('tail', 0.3, 0.5);
    const body = (s: number): number => {
      if (s < nose) return r * Math.sqrt(Math.max(0.02, 1 - (1 - s / nose) ** 2));
      return s > 1 - tail ? r * (1 - 0.68 * ((s - 1 + tail) / tail) ** 1.3) : r;
    };
    const axis = evenly(19, -l, l).map((y): Vec3 => [0, y, 0]);
    const parts: PartDraft[] = [part('fuselage', sweep(axis, body, 16))];
    const span = dice.size('span', 0.38, 0.56);
    const root = dice.size('rootChord', 0.2, 0.32);
    const tip = root * dice.size('tipChord', 0.4, 0.95);
    const sweepBack = dice.flag('swept', 0.55) ? dice.size('sweep', 0.12, 0.35) : 0;
    const dihedral = dice.size('dihedral', -0.02, 0.08);
    const y0 = dice.size('wingAt', -0.2, 0) - root / 2;
    const mount = dice.choice('wing', ['low', 'middle', 'high', 'biplane']);
    const z = mount === 'low' ? -r * 0.55 : mount === 'middle' ? 0 : r * 0.75;
    const thick = dice.size('wingThickness', 0.042, 0.06);
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
              rod([s * x, y, low + (dihedral * x) / span], [s * x, y, z + (dihedral * x) / span], 0.022),
            ),
          );
        }
      parts.push(part('strut', bar([0, y0 + root / 2, low], [0, y0 + root / 2, 0], [0.05, root * 0.4])));
    }
    const tailKind = dice.choice('tailplane', ['conventional', 'tee', 'vee', 'twin']);
    const finHeight = dice.size('fin', 0.13, 0.22);
    const aft = l - 0.16;
    const half = dice.size('tailSpan', 0.14, 0.24);
    const fin = (x: number, height: number): TriangleMesh =>
      plate(
        [
          [x - 0.02, aft, 0],
          [x - 0.02, aft + 0.15, 0],
          [x - 0.02, aft + 0.19, height],
          [x - 0.02, aft + 0.08, height],
        ],
        [0.04, 0, 0],
      );
    const stabiliser = (height: number, rise: number): TriangleMesh =>
      wing([0, aft, height], [half, aft + 0.06, height + rise], 0.16, 0.11, 0.045);
    if (tailKind !== 'vee') {
      const height = tailKind === 'tee' ? finHeight - 0.02 : 0;
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
              block([s * x - 0.1, y - 0.075, height - 0.02], [s * x + 0.1, y - 0.035, height + 0.02]),
            ),
          );
      }
  } else if (kind === 'propeller') {
    const blade = 0.15;
    parts.push(
      part(
        'propeller',
        rod([0, -l - 0.03, 0], [0, -l + 0.03, 0], 0.035, 0.045, 10),
        ...[0, 1].map((i) =>
          i === 0
            ? block([-blade, -l - 0.025, -0.021], [blade, -l + 0.015, 0.021])
            : block([-0.021, -l - 0.025, -blade], [0.021, -l + 0.015, blade]),
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
    [x, y + chord, z + t / 4],
    [x, y + chord, z - t / 4],
    [x, y + 0.35 * chord, z - t / 2],
  ];
  return loft([section([from[0] - 0.01, from[1], from[2]], root, thick), section(to, tip, thick * 0.8)]);
}
