import { FileSpreadsheet, Image } from 'lucide-react';
import { useMemo } from 'react';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { useUi, useWorkbench, useSlice } from '../../workbench/state/hooks';
import { CurveChart, LineSample } from '../../ui/chart/CurveChart';
import { lineStyle } from '../../ui/chart/line-style';
import { metricTitle } from '../../ui/chart/metric-title';
import { curveOf } from '../../ui/chart/series';
import { metricNames } from './metrics';
import { emptyCurveWords } from './run-words';
import type { PlotLine } from '../../ui/chart/plot';
import { trainSlice, type CurveSettings, type RunEntry } from './state';
import './curves.css';

/** The curves of the runs that are ticked: one metric above, one below, over the same steps. */
export function Curves() {
  const allRuns = useSlice(trainSlice, (train) => train.runs);
  const settings = useSlice(trainSlice, (train) => train.curves);
  const runs = useMemo(() => allRuns.filter(({ compared }) => compared), [allRuns]);
  return (
    <section className="curves" aria-label="Curves">
      <CurveTools settings={settings} />
      <Legend runs={runs} />
      {settings.metrics.map((metric, slot) => (
        <MetricChart key={slot === 0 ? 'upper' : 'lower'} slot={slot} metric={metric} runs={runs} />
      ))}
    </section>
  );
}

function CurveTools({ settings }: { readonly settings: CurveSettings }) {
  const workbench = useWorkbench();
  const change = (changes: Partial<CurveSettings>): void =>
    trainSlice.set(workbench, ({ curves }) => ({ curves: { ...curves, ...changes } }));
  return (
    <div className="curve-tools">
      <label className="curve-tool" title="An average over past steps; the measured curve stays behind it">
        <span>Smoothing</span>
        <input
          type="range"
          min={0}
          max={0.99}
          step={0.01}
          value={settings.smoothing}
          onChange={(event) => change({ smoothing: Number(event.target.value) })}
        />
        <span className="figure curve-tool-value">{settings.smoothing.toFixed(2)}</span>
      </label>
      <label className="curve-tool">
        <input
          type="checkbox"
          checked={settings.logScale}
          onChange={(event) => change({ logScale: event.target.checked })}
        />
        <span>Log scale</span>
      </label>
      <span className="spacer" />
      <CommandButton id="train.export-png" icon={Image} label="PNG..." />
      <CommandButton id="train.export-csv" icon={FileSpreadsheet} label="CSV..." />
    </div>
  );
}

function Legend({ runs }: { readonly runs: readonly RunEntry[] }) {
  const theme = useUi((state) => state.theme);
  return (
    <ul className="curve-legend" aria-label="Compared runs">
      {runs.map(({ folder, colour }) => (
        <li key={folder.token}>
          <LineSample {...lineStyle(colour, theme)} />
          <span className="ellipsis">{folder.name}</span>
        </li>
      ))}
    </ul>
  );
}

interface MetricChartProps {
  readonly slot: number;
  readonly metric: string;
  readonly runs: readonly RunEntry[];
}

function MetricChart({ slot, metric, runs }: MetricChartProps) {
  const workbench = useWorkbench();
  const theme = useUi((state) => state.theme);
  const { smoothing, logScale } = useSlice(trainSlice, (train) => train.curves);
  const names = useMemo(() => [...new Set([metric, ...metricNames(runs)])], [runs, metric]);
  const lines = useMemo(
    () =>
      runs.map(({ folder, colour, rows }): PlotLine => ({
        id: folder.token,
        name: folder.name,
        ...lineStyle(colour, theme),
        ...curveOf(rows, metric),
      })),
    [runs, metric, theme],
  );
  const choose = (name: string): void =>
    trainSlice.set(workbench, ({ curves }) => ({
      curves: {
        ...curves,
        metrics: slot === 0 ? [name, curves.metrics[1]] : [curves.metrics[0], name],
      },
    }));
  return (
    <div className="metric">
      <select
        className="metric-choice"
        aria-label={slot === 0 ? 'Metric of the upper chart' : 'Metric of the lower chart'}
        value={metric}
        onChange={(event) => choose(event.target.value)}
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {metricTitle(name)}
          </option>
        ))}
      </select>
      <CurveChart
        metric={metric}
        lines={lines}
        smoothing={smoothing}
        logScale={logScale}
        theme={theme}
        empty={emptyCurveWords(runs, metric)}
      />
    </div>
  );
}
