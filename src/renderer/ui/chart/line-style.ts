import type { Theme } from '../../../shared/shape/colour';

export interface LineStyle {
  readonly colour: string;
  /** Lengths of dashes and gaps, pixels: what tells lines apart without their colour. */
  readonly dash: readonly number[];
}

const GOLDEN_ANGLE = 180 * (3 - Math.sqrt(5));
const FIRST_HUE = 250;
const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3]];
/** Against the panel at least 3 to 1 in either theme, for every hue. */
const TONES: Readonly<Record<Theme, string>> = { dark: '0.78 0.13', light: '0.52 0.13' };

/** The line of a run: hues by golden angle at equal lightness, as parts have them, and a dash. */
export function lineStyle(index: number, theme: Theme): LineStyle {
  return {
    colour: `oklch(${TONES[theme]} ${((FIRST_HUE + index * GOLDEN_ANGLE) % 360).toFixed(1)})`,
    dash: DASHES[index % DASHES.length],
  };
}
