import type { Theme } from '../../shared/shape/colour';
import { palette } from './palette';

/** A text beside something in the viewport: HTML over the canvas, so that it is as crisp as the panels'. */
export interface Label {
  /** CSS pixels relative to the container; null hides it. `side`: where a tag lies beside its point. */
  place(at: { readonly x: number; readonly y: number } | null, side?: 'left' | 'right'): void;
  setText(text: string): void;
  setTheme(theme: Theme): void;
  dispose(): void;
}

export type LabelKind = 'tag' | 'plain';

const TAG_SHIFT = { right: 'translate(14px, -50%)', left: 'translate(calc(-100% - 14px), -50%)' };

/** `tag` is a chip beside its point, `plain` a muted text to the right of it. */
export function createLabel(parent: HTMLElement, kind: LabelKind, testId: string): Label {
  const element = document.createElement('div');
  element.dataset.testid = testId;
  Object.assign(element.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    pointerEvents: 'none',
    whiteSpace: 'nowrap',
    font: kind === 'tag' ? '500 12px/16px inherit' : '11px/14px inherit',
    fontFamily: 'inherit',
    fontSize: kind === 'tag' ? '12px' : '11px',
    lineHeight: '16px',
    fontVariantNumeric: 'tabular-nums',
    willChange: 'transform',
    visibility: 'hidden',
  });
  if (kind === 'tag') {
    Object.assign(element.style, { padding: '3px 8px', borderRadius: '6px', border: '1px solid' });
  }
  parent.append(element);
  let shift = '';

  return {
    place(at, side = 'right') {
      element.style.visibility = at ? 'visible' : 'hidden';
      if (!at) return;
      shift = kind === 'plain' ? 'translate(0, -50%)' : TAG_SHIFT[side];
      element.style.transform = `translate(${Math.round(at.x)}px, ${Math.round(at.y)}px) ${shift}`;
    },
    setText(text) {
      if (element.textContent !== text) element.textContent = text;
    },
    setTheme(theme) {
      const colours = palette(theme);
      element.style.color = kind === 'tag' ? colours.text : colours.textMuted;
      if (kind !== 'tag') return;
      element.style.background = colours.labelBackground;
      element.style.borderColor = colours.labelBorder;
    },
    dispose() {
      element.remove();
    },
  };
}
