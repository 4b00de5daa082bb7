import type { Theme } from '../../../shared/shape/colour';

/** A theme's colours and font, as a chart's canvas takes them. */
export interface ChartLook {
  readonly theme: Theme;
  /** CSS colours. */
  readonly text: string;
  readonly grid: string;
  readonly font: string;
}

export function chartLook(element: HTMLElement, theme: Theme): ChartLook {
  const style = getComputedStyle(element);
  return {
    theme,
    text: style.getPropertyValue('--text-muted').trim(),
    grid: style.getPropertyValue('--border').trim(),
    font: `11px ${style.getPropertyValue('--font')}`,
  };
}
