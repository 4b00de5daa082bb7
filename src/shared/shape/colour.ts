import type { Vec3 } from '../geometry/types';

export type Theme = 'dark' | 'light';

export interface PartColour {
  /** sRGB as `#rrggbb`, for CSS. */
  readonly css: string;
  /** Linear-light sRGB, each component in [0, 1], for a renderer's buffers. */
  readonly linear: Vec3;
}

/** Golden angle in degrees: successive indices land as far as possible from all earlier ones. */
const GOLDEN_ANGLE = 180 * (3 - Math.sqrt(5));

/** The hue of part 0: a blue that does not collide with the accent or with warning colours. */
const FIRST_HUE = 250;

/** The largest chroma that every hue reaches inside sRGB at this lightness, less a margin. */
const TONES: Readonly<Record<Theme, { lightness: number; chroma: number }>> = {
  dark: { lightness: 0.74, chroma: 0.118 },
  light: { lightness: 0.68, chroma: 0.112 },
};

const cache: Record<Theme, Map<number, PartColour>> = { dark: new Map(), light: new Map() };

/**
 * The colour of a part by its learned index (a non-negative integer): hue by golden angle in OKLCH, lightness and
 * chroma equal for all, so that no part looks more important than another and the same index has always the same hue.
 */
export function partColour(index: number, theme: Theme): PartColour {
  const known = cache[theme].get(index);
  if (known) return known;
  const { lightness, chroma } = TONES[theme];
  const linear = oklchToLinear(lightness, chroma, (FIRST_HUE + index * GOLDEN_ANGLE) % 360);
  const colour: PartColour = { css: `#${linear.map(hexByte).join('')}`, linear };
  cache[theme].set(index, colour);
  return colour;
}

/**
 * OKLCH (lightness 0..1, chroma, hue in degrees) to linear sRGB by Ottosson's OKLab matrices ("A perceptual color
 * space for image processing", 2020). Components outside [0, 1] mean that the colour is outside sRGB.
 */
export function oklchToLinear(lightness: number, chroma: number, hue: number): Vec3 {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** Two hex digits of a linear component, by the sRGB transfer function (IEC 61966-2-1). */
function hexByte(linear: number): string {
  const encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, encoded)))
    .toString(16)
    .padStart(2, '0');
}
