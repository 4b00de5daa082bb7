import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Theme } from '../../../shared/shape/colour';
import 'uplot/dist/uPlot.min.css';
import './curve-chart.css';
import { chartLook } from './look';
import { count, significant } from '../format';
import { metricTitle } from './metric-title';
import { nearestIndex } from './series';
import { createPlot, type Plot, type PlotCursor, type PlotLine } from './plot';

export interface CurveChartProps {
  readonly metric: string;
  readonly lines: readonly PlotLine[];
  readonly smoothing: number;
  readonly logScale: boolean;
  readonly theme: Theme;
  /** What stands there while no line has a point. */
  readonly empty?: string;
}

/** One metric of all compared runs. The arrow keys move the cursor along the steps. */
export function CurveChart({
  metric,
  lines,
  smoothing,
  logScale,
  theme,
  empty = 'Nothing measured yet',
}: CurveChartProps) {
  const container = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | null>(null);
  const [cursor, setCursor] = useState<PlotCursor | null>(null);
  useEffect(() => {
    if (!container.current) return;
    const created = createPlot(container.current, { onCursor: setCursor });
    plot.current = created;
    return () => {
      plot.current = null;
      created.dispose();
    };
  }, []);
  useEffect(() => {
    if (container.current) {
      plot.current?.update(lines, { smoothing, logScale, ...chartLook(container.current, theme) });
    }
  }, [lines, smoothing, logScale, theme]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const way = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const steps = lines[0]?.steps ?? [];
    if (way === 0 || steps.length === 0) return;
    event.preventDefault();
    const at = cursor ? nearestIndex(steps, cursor.step) + way : steps.length - 1;
    plot.current?.pointAt(steps[Math.min(steps.length - 1, Math.max(0, at))]);
  };

  const title = metricTitle(metric);
  const points = lines.reduce((sum, { steps }) => sum + steps.length, 0);
  return (
    <div
      className="curve-chart"
      role="group"
      aria-label={`${title}: ${lines.length === 1 ? 'one run' : `${lines.length} runs`}`}
      tabIndex={0}
      data-testid={`curve-${metric}`}
      data-points={points}
      onKeyDown={onKeyDown}
    >
      <div ref={container} className="curve-canvas" />
      {points === 0 && <p className="curve-empty muted">{empty}</p>}
      {cursor && points > 0 && <Readout cursor={cursor} lines={lines} />}
    </div>
  );
}

/** What every run measured nearest to the cursor. */
function Readout({ cursor, lines }: { readonly cursor: PlotCursor; readonly lines: readonly PlotLine[] }) {
  const found = lines
    .map((line) => ({ line, at: nearestIndex(line.steps, cursor.step) }))
    .filter(({ at }) => at >= 0);
  const style = { left: cursor.left };
  return (
    <div className={cursor.late ? 'curve-readout before' : 'curve-readout'} role="status" style={style}>
      {found.map(({ line, at }) => (
        <p key={line.id}>
          <LineSample colour={line.colour} dash={line.dash} />
          <span className="curve-readout-name ellipsis">{line.name}</span>
          <span className="figure muted">{count(line.steps[at])}</span>
          <span className="figure">{significant(line.values[at], 4)}</span>
        </p>
      ))}
    </div>
  );
}

export function LineSample({ colour, dash }: { readonly colour: string; readonly dash: readonly number[] }) {
  return (
    <svg width="20" height="8" aria-hidden className="line-sample">
      <line x1="0" y1="4" x2="20" y2="4" stroke={colour} strokeWidth="2" strokeDasharray={dash.join(' ')} />
    </svg>
  );
}
