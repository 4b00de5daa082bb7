import { ChevronLeft, ChevronRight, SearchCheck } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import type { AnomalyPage, AnomalyReport } from '../../../shared/contract/explain';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { LineSample } from '../../ui/chart/CurveChart';
import { count, significant } from '../../ui/format';
import { useUi, useWorkbench, useSlice } from '../../workbench/state/hooks';
import { pageKey, ratesAt, scoresOf, setThreshold, showPage, thresholdOf, turnPage } from './anomaly';
import { AnomalyPictures } from './AnomalyPictures';
import { changeAnomaly } from './change';
import { ChartView } from './ChartView';
import type { ChartContent } from './chart';
import { Choice } from '../../ui/Choice';
import { histogramChart, rocChart } from './curves';
import { shownPictures } from './labels';
import { countMarked, highest, pageScores, unusual } from './marks';
import { currentVae } from './model';
import { ANOMALY_PAGE, type AnomalyMethod, explainSlice } from './state';
import { METHOD_WORDS } from './words';

const METHODS: readonly AnomalyMethod[] = ['attention', 'reconstruction error'];

/** What in pictures does not belong: the score's curves, a threshold, and pictures with what it marks. */
export function AnomalyView() {
  const workbench = useWorkbench();
  const anomaly = useSlice(explainSlice, (explain) => explain.anomaly);
  const vae = useUi(currentVae);
  const wanted = useUi(pageKey);
  const { report, shown, method } = anomaly;
  useEffect(() => void showPage(workbench, wanted), [workbench, wanted]);
  const scores = scoresOf(report?.report ?? null, method);
  const threshold = thresholdOf(anomaly, scores);
  const page = shown?.page ?? null;
  const pixels = useMemo(() => (page ? pageScores(page, method) : []), [page, method]);
  const most = scores ? scores.histogram.edges[scores.histogram.edges.length - 1] : highest(pixels);
  const limit = useMemo(() => threshold ?? unusual(pixels), [threshold, pixels]);
  if (!vae) {
    return (
      <p className="explain-waiting muted">Anomalies are found by a VAE that learned from normal pictures.</p>
    );
  }
  return (
    <section className="anomaly" aria-label="Anomalies">
      {report ? <Charts report={report.report} threshold={threshold} /> : <NotScored />}
      <Threshold threshold={limit} most={most} page={page} pixels={pixels} />
      {shown && (
        <AnomalyPictures
          page={shown.page}
          indices={shown.indices}
          pixels={pixels}
          threshold={limit}
          most={most}
          busy={shown.key !== wanted}
        />
      )}
      {!shown && (
        <p className="explain-waiting muted" role="status">
          Looking at the pictures...
        </p>
      )}
      <Pages />
    </section>
  );
}

function NotScored() {
  const masks = useSlice(explainSlice, (explain) => explain.collection?.opened.masks ?? false);
  return (
    <div className="anomaly-empty">
      <p className="muted">
        {masks
          ? 'Score the split to see how well the maps find what the masks mark, beside the reconstruction error.'
          : 'These pictures have no masks, so nothing can be scored. The maps below show where the network sees something unusual.'}
      </p>
      {masks && <CommandButton id="explain.anomaly" icon={SearchCheck} label="Score the split" primary />}
    </div>
  );
}

function Charts({
  report,
  threshold,
}: {
  readonly report: AnomalyReport;
  readonly threshold: number | null;
}) {
  const workbench = useWorkbench();
  const method = useSlice(explainSlice, (explain) => explain.anomaly.method);
  const theme = useUi((state) => state.theme);
  const scores = scoresOf(report, method);
  const roc = useMemo(() => rocChart(report, theme), [report, theme]);
  const histogram = useMemo(() => (scores ? histogramChart(scores, theme) : null), [scores, theme]);
  const rates = scores && threshold !== null ? ratesAt(scores, threshold) : null;
  return (
    <div className="anomaly-charts">
      <div>
        <ChartView
          title="Rates over all thresholds"
          label={report.methods
            .map(({ name, pixelAuroc }) => `${METHOD_WORDS[name]}: pixel AUROC ${pixelAuroc.toFixed(3)}`)
            .join('. ')}
          content={roc}
          mark={rates && { x: rates.falsePositive, y: rates.truePositive }}
          onPick={(x) => scores && setThreshold(workbench, nearestThreshold(scores.roc, x))}
        />
        <Legend content={roc} />
      </div>
      {histogram && (
        <div>
          <ChartView
            title="Pixels by score"
            label={`Histogram of the ${METHOD_WORDS[method].toLowerCase()} of normal and anomalous pixels`}
            content={histogram}
            mark={threshold === null ? null : { x: threshold, y: null }}
            onPick={(x) => setThreshold(workbench, x)}
          />
          <Legend content={histogram} />
        </div>
      )}
    </div>
  );
}

function nearestThreshold(roc: readonly (readonly [number, number, number])[], rate: number): number {
  const nearest = roc.reduce((best, row) =>
    Math.abs(row[0] - rate) < Math.abs(best[0] - rate) ? row : best,
  );
  return nearest[2];
}

function Legend({ content }: { readonly content: ChartContent }) {
  return (
    <ul className="curve-legend">
      {content.series.map(({ name, colour, dash }) => (
        <li key={name}>
          <LineSample colour={colour} dash={dash} />
          <span>{name}</span>
        </li>
      ))}
    </ul>
  );
}

interface ThresholdProps {
  readonly threshold: number;
  readonly most: number;
  readonly page: AnomalyPage | null;
  readonly pixels: readonly Float32Array[];
}

function Threshold({ threshold, most, page, pixels }: ThresholdProps) {
  const workbench = useWorkbench();
  const { method, report, thresholds } = useSlice(explainSlice, (explain) => explain.anomaly);
  const scores = scoresOf(report?.report ?? null, method);
  const rates = scores ? ratesAt(scores, threshold) : null;
  const marked = pixels.reduce((sum, values) => sum + countMarked(values, threshold), 0);
  const all = pixels.reduce((sum, { length }) => sum + length, 0);
  const words = [
    significant(threshold),
    rates && `finds ${percent(rates.truePositive)} of what does not belong`,
    rates && `marks ${percent(rates.falsePositive)} of what does`,
    page && all > 0 && `${percent(marked / all)} of this page marked`,
  ].filter((each): each is string => typeof each === 'string');
  return (
    <div className="anomaly-threshold">
      <Choice
        label="Map"
        value={method}
        options={METHODS}
        words={METHOD_WORDS}
        onChange={(next) => changeAnomaly(workbench, { method: next })}
      />
      <label className="field threshold-field">
        <span>Threshold</span>
        <input
          type="range"
          min={0}
          max={most || 1}
          step={(most || 1) / 1000}
          value={Math.min(threshold, most || 1)}
          aria-label="Threshold"
          aria-valuetext={words.join(', ')}
          data-testid="threshold"
          onChange={({ currentTarget }) => setThreshold(workbench, currentTarget.valueAsNumber)}
        />
      </label>
      <button
        type="button"
        className="button"
        aria-disabled={scores === null || thresholds[method] === null}
        title={
          scores
            ? 'The threshold of the best intersection over union: it is chosen by the masks'
            : 'Score the split first'
        }
        onClick={() => setThreshold(workbench, null)}
      >
        Best <span className="oracle">oracle</span>
      </button>
      <span className="figure muted small threshold-words" data-testid="threshold-words">
        {words.join(' · ')}
      </span>
    </div>
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function Pages() {
  const workbench = useWorkbench();
  const page = useSlice(explainSlice, (explain) => explain.anomaly.page);
  const all = useSlice(explainSlice, (explain) => shownPictures(explain).count);
  const pages = Math.max(1, Math.ceil(all / ANOMALY_PAGE));
  return (
    <nav className="anomaly-pages" aria-label="Pages of pictures">
      <button
        type="button"
        className="button icon"
        aria-label="Previous page"
        aria-disabled={page === 0}
        onClick={() => turnPage(workbench, -1)}
      >
        <ChevronLeft size={16} aria-hidden />
      </button>
      <span className="figure" role="status">
        Page {count(page + 1)} of {count(pages)}
      </span>
      <button
        type="button"
        className="button icon"
        aria-label="Next page"
        aria-disabled={page >= pages - 1}
        onClick={() => turnPage(workbench, 1)}
      >
        <ChevronRight size={16} aria-hidden />
      </button>
    </nav>
  );
}
