import UPlot from 'uplot';
import type { ChartLook } from './look';
import { smoothed } from './series';

export interface PlotLine {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  readonly dash: readonly number[];
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

export interface PlotLook extends ChartLook {
  readonly logScale: boolean;
  readonly smoothing: number;
}

export interface Plot {
  update(lines: readonly PlotLine[], look: PlotLook): void;
  /** Moves the cursor to a step, from the keyboard. */
  pointAt(step: number): void;
  dispose(): void;
}

/** The step under the cursor and where that is. */
export interface PlotCursor {
  readonly step: number;
  /** CSS pixels from the container's left. */
  readonly left: number;
  /** In the right half, where a note fits on its left only. */
  readonly late: boolean;
}

export interface PlotEvents {
  /** Null when the cursor is elsewhere. */
  onCursor(at: PlotCursor | null): void;
}

/** The cursors of all plots with this key move together. */
const SYNC_KEY = 'training';

/** A chart of lines over steps, drawn by uPlot into a container that it follows in size. */
export function createPlot(container: HTMLElement, events: PlotEvents): Plot {
  let plot: UPlot | null = null;
  let structure = '';

  const size = (): { width: number; height: number } => ({
    width: Math.max(80, container.clientWidth),
    height: Math.max(60, container.clientHeight),
  });
  const observer = new ResizeObserver(() => plot?.setSize(size()));
  observer.observe(container);

  return {
    update: (lines, look) => {
      const data = alignedData(lines, look);
      const next = JSON.stringify([look, lines.map(({ id, colour, dash }) => [id, colour, dash])]);
      if (plot && next === structure) {
        plot.setData(data);
        return;
      }
      structure = next;
      plot?.destroy();
      plot = new UPlot({ ...size(), ...options(lines, look, events) }, data, container);
    },
    pointAt: (step) => {
      const left = plot?.valToPos(step, 'x') ?? 0;
      plot?.setCursor({ left, top: plot.over.clientHeight / 2 }, true);
    },
    dispose: () => {
      observer.disconnect();
      plot?.destroy();
    },
  };
}

/** Steps of all lines together, and per line what was measured and, when smoothed, its average. */
function alignedData(lines: readonly PlotLine[], { logScale, smoothing }: PlotLook): UPlot.AlignedData {
  const shown = (values: readonly number[]): (number | null)[] =>
    values.map((value) => (logScale && value <= 0 ? null : value));
  const tables = lines.map(({ steps, values }): UPlot.AlignedData => {
    const columns = smoothing > 0 ? [values, smoothed(values, smoothing)] : [values];
    return [[...steps], ...columns.map(shown)];
  });
  if (tables.length === 0) return [[], []];
  return tables.length === 1 ? tables[0] : UPlot.join(tables);
}

function options(
  lines: readonly PlotLine[],
  { logScale, smoothing, text, grid, font }: PlotLook,
  events: PlotEvents,
): Omit<UPlot.Options, 'width' | 'height'> {
  const axis: UPlot.Axis = {
    stroke: text,
    font,
    grid: { stroke: grid, width: 1 },
    ticks: { stroke: grid, width: 1, size: 4 },
  };
  const series = ({ name, colour, dash }: PlotLine): UPlot.Series[] => {
    const line: UPlot.Series = {
      label: name,
      stroke: colour,
      dash: [...dash],
      width: 1.75,
      spanGaps: true,
      points: { show: (plot) => plot.data[0].length === 1 },
    };
    return smoothing > 0 ? [{ ...line, width: 1, alpha: 0.3, dash: [] }, line] : [line];
  };
  return {
    legend: { show: false },
    padding: [8, 12, 0, 0],
    cursor: {
      sync: { key: SYNC_KEY, setSeries: false },
      drag: { x: true, y: false },
      points: { show: false },
    },
    scales: { x: { time: false }, y: logScale ? { distr: 3 } : {} },
    axes: [
      { ...axis, size: 28, values: (_plot, steps) => steps.map((step) => step.toLocaleString('en')) },
      { ...axis, size: 56 },
    ],
    series: [{}, ...(lines.length === 0 ? [{}] : lines.flatMap(series))],
    hooks: {
      setCursor: [
        (plot) => {
          const { left } = plot.cursor;
          events.onCursor(
            left === undefined || left < 0
              ? null
              : {
                  step: plot.posToVal(left, 'x'),
                  left: left + plot.over.offsetLeft,
                  late: left > plot.over.clientWidth / 2,
                },
          );
        },
      ],
    },
  };
}
