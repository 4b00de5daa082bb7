import type { Theme } from '../../../shared/shape/colour';
import { palette } from '../palette';

/** CSS pixels relative to the canvas. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

/** A text beside something in the viewport: HTML over the canvas, so that it is as crisp as the panels'. */
export interface Label {
  /** The same text from frame to frame has the same id; unique in the viewport, for tests "viewport-" and it. */
  readonly id: string;
  /** A tag is a chip beside its point, plain a muted text to the right of it. */
  readonly kind: 'tag' | 'plain';
  readonly text: string;
  readonly at: ScreenPoint;
  /** Where a tag lies beside its point; right when absent. */
  readonly side?: 'left' | 'right';
}

export interface LabelBoard {
  /** Shows these labels and no others. */
  show(labels: readonly Label[], theme: Theme): void;
  dispose(): void;
}

const TAG_SHIFT = { right: 'translate(14px, -50%)', left: 'translate(calc(-100% - 14px), -50%)' };

export function createLabelBoard(parent: HTMLElement): LabelBoard {
  const board = document.createElement('div');
  parent.append(board);
  const elements = new Map<string, HTMLElement>();

  return {
    show(labels, theme) {
      const shown = new Set<string>();
      for (const label of labels) {
        shown.add(label.id);
        let element = elements.get(label.id);
        if (!element) {
          element = createElement(label);
          elements.set(label.id, element);
          board.append(element);
        }
        if (element.textContent !== label.text) element.textContent = label.text;
        const { x, y } = label.at;
        const shift = label.kind === 'plain' ? 'translate(0, -50%)' : TAG_SHIFT[label.side ?? 'right'];
        element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px) ${shift}`;
        dress(element, label.kind, theme);
      }
      for (const [id, element] of elements) {
        if (shown.has(id)) continue;
        element.remove();
        elements.delete(id);
      }
    },
    dispose: () => board.remove(),
  };
}

function createElement({ id, kind }: Label): HTMLElement {
  const element = document.createElement('div');
  element.dataset.testid = `viewport-${id}`;
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
  });
  if (kind === 'tag') {
    Object.assign(element.style, { padding: '3px 8px', borderRadius: '6px', border: '1px solid' });
  }
  return element;
}

function dress(element: HTMLElement, kind: Label['kind'], theme: Theme): void {
  if (element.dataset.theme === theme) return;
  element.dataset.theme = theme;
  const colours = palette(theme);
  element.style.color = kind === 'tag' ? colours.text : colours.textMuted;
  if (kind !== 'tag') return;
  element.style.background = colours.labelBackground;
  element.style.borderColor = colours.labelBorder;
}
