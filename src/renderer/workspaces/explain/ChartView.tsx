import { useEffect, useRef } from 'react';
import { chartLook } from '../../ui/chart/look';
import { useUi } from '../../workbench/state/hooks';
import { createChart, type Chart, type ChartContent, type ChartMark } from './chart';

export interface ChartViewProps {
  readonly title: string;
  /** What the chart says, for those who cannot see it. */
  readonly label: string;
  readonly content: ChartContent;
  readonly mark: ChartMark | null;
  readonly onPick: (x: number) => void;
}

/** A chart with its mark, which moves without drawing anything anew. */
export function ChartView({ title, label, content, mark, onPick }: ChartViewProps) {
  const container = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  const pick = useRef(onPick);
  const theme = useUi((state) => state.theme);
  useEffect(() => {
    pick.current = onPick;
  });
  useEffect(() => {
    if (!container.current) return;
    const created = createChart(container.current, (x) => pick.current(x));
    chart.current = created;
    return () => {
      chart.current = null;
      created.dispose();
    };
  }, []);
  useEffect(() => {
    if (container.current) chart.current?.update(content, chartLook(container.current, theme));
  }, [content, theme]);
  const { x, y } = mark ?? { x: null, y: null };
  useEffect(() => chart.current?.mark(x === null ? null : { x, y }), [x, y]);
  return (
    <figure className="chart-view">
      <figcaption>{title}</figcaption>
      <div ref={container} className="curve-canvas chart-canvas" role="img" aria-label={label} />
    </figure>
  );
}
