import type { Vec3 } from '../../../shared/geometry/types';
import { around, evenly, part, type Family, type PartDraft } from './dice';
import { plate, rod, spun, turned } from './solids';

export const rocket: Family = {
  name: 'rocket',
  build: (dice) => {
    const r = dice.size('radius', 0.13, 0.19);
    const stages = dice.count('stages', 1, 3);
    const parts: PartDraft[] = [];
    let z = 0.1;
    let radius = r;
    for (let i = 0; i < stages; i++) {
      const height = dice.size(`stage${i + 1}`, 0.18, 0.34) * (stages === 1 ? 1.6 : 1);
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
    const nose = radius * dice.size('nose', 1.3, 2.3);
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
      parts.push(part('escape tower', rod([0, 0, z + nose * 0.8], [0, 0, z + nose + 0.2], 0.03)));
    const fins = dice.count('fins', 0, 6);
    const finCount = fins < 3 ? 0 : fins;
    const span = r * dice.size('finSpan', 0.7, 1.4);
    const high = dice.size('finHeight', 0.14, 0.3);
    const drop = dice.size('finDrop', -0.09, 0.06);
    for (const a of around(finCount, Math.PI / 4)) {
      const fin = plate(
        [
          [r * 0.8, -0.025, 0.12],
          [r + span, -0.025, 0.12 + drop],
          [r + span, -0.025, 0.12 + drop + high * 0.4],
          [r * 0.8, -0.025, 0.12 + high],
        ],
        [0, 0.05, 0],
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
