import type { Theme } from '../../shared/shape/colour';

/** Colours of the viewport's own furniture, sRGB. Part colours are data and come from shared/shape/colour. */
export interface Palette {
  readonly backgroundTop: string;
  readonly backgroundBottom: string;
  readonly gridMinor: string;
  readonly gridMajor: string;
  readonly text: string;
  readonly textMuted: string;
  readonly labelBackground: string;
  readonly labelBorder: string;
  /** What can be acted on: selection, hovered faces, the handle. */
  readonly accent: string;
  /** Runs inside accent lines, so that they read on parts of the accent's own hue. */
  readonly core: string;
  /** Outline of what the pointer is over, before a click. */
  readonly hover: string;
  readonly ghost: string;
  readonly shadow: string;
  readonly shadowStrength: number;
  /** Edges are the part's colour times this, in linear light. */
  readonly edgeShade: number;
  readonly axes: readonly [string, string, string];
}

const DARK: Palette = {
  backgroundTop: '#1b1d21',
  backgroundBottom: '#2b2e34',
  gridMinor: '#42464e',
  gridMajor: '#646a76',
  text: '#eceef2',
  textMuted: '#a3a8b3',
  labelBackground: 'rgba(22, 23, 27, 0.92)',
  labelBorder: 'rgba(255, 255, 255, 0.14)',
  accent: '#4d80f0',
  core: '#ffffff',
  hover: '#ffffff',
  ghost: '#c9ced8',
  shadow: '#000000',
  shadowStrength: 0.85,
  edgeShade: 0.16,
  axes: ['#ff6b6b', '#5fd08a', '#6aa8ff'],
};

const LIGHT: Palette = {
  backgroundTop: '#fbfbfc',
  backgroundBottom: '#e6e8ec',
  gridMinor: '#d3d6dc',
  gridMajor: '#aab0bb',
  text: '#1b1d21',
  textMuted: '#565c68',
  labelBackground: 'rgba(255, 255, 255, 0.95)',
  labelBorder: 'rgba(0, 0, 0, 0.16)',
  accent: '#2b62d9',
  core: '#ffffff',
  hover: '#15171b',
  ghost: '#727986',
  shadow: '#1a2233',
  shadowStrength: 0.4,
  edgeShade: 0.2,
  axes: ['#cc2f3d', '#1c7f45', '#1f62c9'],
};

export function palette(theme: Theme): Palette {
  return theme === 'dark' ? DARK : LIGHT;
}
