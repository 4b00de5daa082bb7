import { createRandom, type Random } from '../../../shared/random';

/** Pixels along a side. */
export const PLANTED_SIZE = 64;

const WAVES = 3;
/** Cycles over the picture. */
const MOST_CYCLES = 3;
const AMPLITUDE = 0.12;
const NOISE = 0.03;
const CONTRAST = 0.35;

/** A drawn picture and what does not belong in it. */
export interface PlantedPicture {
  /** [64 * 64] 0 to 255 */
  readonly pixels: Uint8Array;
  /** [64 * 64] 255 where something was planted; all 0 in a normal picture. */
  readonly mask: Uint8Array;
}

/**
 * A texture of three slow waves of random phase with noise; an anomalous one holds a disc or a bar that is brighter or
 * darker by 0.35, of radius or half-width 4 to 8. The same name, the same picture.
 */
export function drawPlanted(name: string, anomalous: boolean): PlantedPicture {
  const random = createRandom(hash(name));
  const waves = Array.from({ length: WAVES }, () => ({
    x: (2 * random.uniform() - 1) * MOST_CYCLES,
    y: (2 * random.uniform() - 1) * MOST_CYCLES,
    phase: random.uniform() * 2 * Math.PI,
  }));
  const values = new Float64Array(PLANTED_SIZE * PLANTED_SIZE);
  for (let i = 0; i < values.length; i++) {
    const x = (i % PLANTED_SIZE) / PLANTED_SIZE;
    const y = Math.floor(i / PLANTED_SIZE) / PLANTED_SIZE;
    values[i] = 0.5 + NOISE * random.normal();
    for (const wave of waves) {
      values[i] += AMPLITUDE * Math.cos(2 * Math.PI * (wave.x * x + wave.y * y) + wave.phase);
    }
  }
  const mask = new Uint8Array(values.length);
  if (anomalous) plant(values, mask, random);
  return { pixels: Uint8Array.from(values, (v) => Math.round(255 * Math.min(1, Math.max(0, v)))), mask };
}

function plant(values: Float64Array, mask: Uint8Array, random: Random): void {
  const radius = 4 + 4 * random.uniform();
  const centre = (): number => radius + random.uniform() * (PLANTED_SIZE - 2 * radius);
  const x = centre();
  const y = centre();
  const bar = random.uniform() < 0.5;
  const turn = random.uniform() * Math.PI;
  const contrast = random.uniform() < 0.5 ? CONTRAST : -CONTRAST;
  for (let i = 0; i < values.length; i++) {
    const across = (i % PLANTED_SIZE) + 0.5 - x;
    const down = Math.floor(i / PLANTED_SIZE) + 0.5 - y;
    const along = Math.cos(turn) * across + Math.sin(turn) * down;
    const aside = Math.cos(turn) * down - Math.sin(turn) * across;
    const inside = bar
      ? Math.abs(along) < 2 * radius && Math.abs(aside) < radius / 2
      : Math.hypot(across, down) < radius;
    if (!inside) continue;
    values[i] += contrast;
    mask[i] = 255;
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
