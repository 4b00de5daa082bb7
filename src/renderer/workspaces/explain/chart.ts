import UPlot from 'uplot';
import type { ChartLook } from '../../ui/chart/look';
import { significant } from '../../ui/format';

export interface ChartSeries {
  readonly name: string;
  readonly colour: string;
  readonly dash: readonly number[];
  readonly values: readonly (number | null)[];
}

export interface ChartContent {
  readonly x: readonly number[];
  readonly series: readonly ChartSeries[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** Draws steps that hold until the next x, filled: a histogram. */
  readonly stepped: boolean;
  /** Fixed range of both axes; what the values need when null. */
  readonly range: readonly [number, number] | null;
}

/** What is marked: a vertical line, and a point on it where `y` is given. */
export interface ChartMark {
  readonly x: number;
  readonly y: number | null;
}

export interface Chart {
  update(content: ChartContent, look: ChartLook): void;
  mark(mark: ChartMark | null): void;
  dispose(): void;
}

/** A chart over numbers, drawn by uPlot into a container that it follows in size. A click picks an x. */
export function createChart(container: HTMLElement, onPick: (x: number) => void): Chart {
  let plot: UPlot | null = null;
  let marked: ChartMark | null = null;
  let ink = '';
  const size = (): { width: number; height: number } => ({
    width: Math.max(80, container.clientWidth),
    height: Math.max(60, container.clientHeight),
  });
  const observer = new ResizeObserver(() => plot?.setSize(size()));
  observer.observe(container);

  const drawMark = (chart: UPlot): void => {
    if (!marked) return;
    const { ctx, bbox } = chart;
    const x = chart.valToPos(marked.x, 'x', true);
    if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1) return;
    const ratio = window.devicePixelRatio;
    ctx.save();
    ctx.strokeStyle = ink;
    ctx.fillStyle = ink;
    ctx.lineWidth = 1.5 * ratio;
    ctx.setLineDash([4 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    if (marked.y !== null) {
      ctx.beginPath();
      ctx.arc(x, chart.valToPos(marked.y, 'y', true), 4.5 * ratio, 0, 2 * Math.PI);
      ctx.fill();
    }
    ctx.restore();
  };

  return {
    update: (content, look) => {
      ink = look.text;
      plot?.destroy();
      const data: UPlot.AlignedData = [[...content.x], ...content.series.map(({ values }) => [...values])];
      plot = new UPlot({ ...size(), ...options(content, look, drawMark) }, data, container);
      const { over } = plot;
      over.addEventListener('click', (event) => {
        if (plot) onPick(plot.posToVal(event.clientX - over.getBoundingClientRect().left, 'x'));
      });
    },
    mark: (mark) => {
      marked = mark;
      plot?.redraw(false, false);
    },
    dispose: () => {
      observer.disconnect();
      plot?.destroy();
    },
  };
}

function options(
  { series, xLabel, yLabel, stepped, range }: ChartContent,
  { text, grid, font }: ChartLook,
  draw: (chart: UPlot) => void,
): Omit<UPlot.Options, 'width' | 'height'> {
  const axis: UPlot.Axis = {
    stroke: text,
    font,
    labelFont: font,
    labelSize: 18,
    values: (_plot, values) => values.map((value) => significant(value, 2)),
    grid: { stroke: grid, width: 1 },
    ticks: { stroke: grid, width: 1, size: 4 },
  };
  const scale: UPlot.Scale = range ? { time: false, range: [...range] } : { time: false };
  return {
    legend: { show: false },
    padding: [8, 12, 0, 0],
    cursor: { drag: { x: false, y: false }, points: { show: false } },
    scales: { x: scale, y: range ? { range: [...range] } : {} },
    axes: [
      { ...axis, size: 28, label: xLabel },
      { ...axis, size: 48, label: yLabel },
    ],
    series: [
      {},
      ...series.map(({ name, colour, dash }): UPlot.Series => ({
        label: name,
        stroke: colour,
        dash: [...dash],
        width: 1.75,
        points: { show: false },
        ...(stepped && { paths: UPlot.paths.stepped?.({ align: 1 }) }),
      })),
    ],
    hooks: { draw: [draw] },
  };
}
