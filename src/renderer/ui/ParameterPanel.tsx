import { LevaPanel, type useCreateStore } from 'leva';
import type { KeyboardEvent } from 'react';

/** Leva drawn with the window's own colours, sizes and font. */
const THEME = {
  colors: {
    elevation1: 'var(--border-strong)',
    elevation2: 'transparent',
    elevation3: 'var(--field)',
    accent1: 'var(--accent-strong)',
    accent2: 'var(--accent)',
    accent3: 'var(--accent-hover)',
    highlight1: 'var(--border-strong)',
    highlight2: 'var(--text-muted)',
    highlight3: 'var(--text)',
    vivid1: 'var(--warning)',
    toolTipBackground: 'var(--text)',
    toolTipText: 'var(--panel)',
  },
  radii: { xs: '3px', sm: '4px', lg: '6px' },
  space: { xs: '4px', sm: '8px', md: '12px', rowGap: '4px', colGap: '8px' },
  fonts: { mono: 'var(--font)', sans: 'var(--font)' },
  fontSizes: { root: '13px' },
  sizes: { rowHeight: '28px', controlWidth: '150px', numberInputMinWidth: '56px' },
  shadows: { level1: 'none', level2: 'var(--shadow)' },
  borderWidths: { focus: '1px', hover: '1px', active: '1px' },
  fontWeights: { label: 'normal' },
};

export interface ParameterPanelProps {
  readonly title: string;
  /** For a group that stands right below the facts of the same thing. */
  readonly titleHidden?: boolean;
  readonly store: ReturnType<typeof useCreateStore>;
  readonly children?: React.ReactNode;
}

/** Leva ends an edit when its field is left: Enter, which takes the value over, leaves it, so that undo knows of the edit. */
function leaveOnEnter({ key, target }: KeyboardEvent): void {
  if (key === 'Enter' && target instanceof HTMLInputElement && target.type === 'text') target.blur();
}

/** A titled group of parameters; what stands below them is passed as children. */
export function ParameterPanel({ title, titleHidden, store, children }: ParameterPanelProps) {
  return (
    <section className="parameters" aria-label={title} onKeyUp={leaveOnEnter}>
      {!titleHidden && <h2 className="panel-title">{title}</h2>}
      <LevaPanel store={store} theme={THEME} fill flat titleBar={false} hideCopyButton neverHide />
      {children}
    </section>
  );
}
