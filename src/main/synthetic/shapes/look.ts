import type { Vec3 } from '../../../shared/geometry/types';
import type { Random } from '../../../shared/random';

/** Light and materials of one picture, linear light 0 to 1. */
export interface Look {
  /** Unit direction to the lamp: right, up and towards the camera. */
  readonly lamp: Vec3;
  readonly power: number;
  readonly ambient: number;
  readonly tint: Vec3;
  readonly gloss: number;
  readonly exponent: number;
  /** One per part. */
  readonly colours: readonly Vec3[];
}

/** Wood, metal, paint and cloth: hue in turns, saturation, lightness. */
const MATERIALS: readonly Vec3[] = [
  [0.08, 0.5, 0.3],
  [0.07, 0.45, 0.55],
  [0.09, 0.35, 0.16],
  [0.6, 0.04, 0.6],
  [0.6, 0.03, 0.2],
  [0, 0, 0.88],
  [0.99, 0.7, 0.4],
  [0.58, 0.6, 0.38],
  [0.35, 0.4, 0.35],
  [0.13, 0.75, 0.5],
  [0.48, 0.35, 0.5],
  [0.78, 0.3, 0.45],
];

/** Draws lamp and materials. Parts of one name share a material; at times the whole shape has one. */
export function drawLook(random: Random, names: readonly string[]): Look {
  const turn = (2 * random.uniform() - 1) * 1.3;
  const rise = 0.25 + 0.9 * random.uniform();
  const warmth = 0.12 * (random.uniform() - 0.5);
  const gloss = random.uniform() < 0.4 ? 0 : 0.35 * random.uniform();
  const exponent = 8 + 60 * random.uniform();
  const power = 0.6 + 0.5 * random.uniform();
  const ambient = 0.2 + 0.25 * random.uniform();
  const plain = random.uniform() < 0.25;
  const whole = drawMaterial(random);
  const byName = new Map<string, Vec3>();
  for (const name of names) if (!byName.has(name)) byName.set(name, drawMaterial(random));
  return {
    lamp: [Math.cos(rise) * Math.sin(turn), Math.sin(rise), Math.cos(rise) * Math.cos(turn)],
    power,
    ambient,
    tint: [1 + warmth, 1, 1 - warmth],
    gloss,
    exponent,
    colours: names.map((name) => (plain ? whole : byName.get(name)!)),
  };
}

function drawMaterial(random: Random): Vec3 {
  const [h, s, l] = MATERIALS[random.integer(MATERIALS.length)];
  const vary = (range: number): number => range * (2 * random.uniform() - 1);
  return linearColour([
    h + vary(0.03),
    Math.min(1, Math.max(0, s + vary(0.1))),
    Math.min(0.92, Math.max(0.1, l + vary(0.1))),
  ]);
}

function linearColour([h, s, l]: Vec3): Vec3 {
  const a = s * Math.min(l, 1 - l);
  const channel = (n: number): number => {
    const k = (n + h * 12 + 12) % 12;
    return (l - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))) ** 2.2;
  };
  return [channel(0), channel(8), channel(4)];
}
