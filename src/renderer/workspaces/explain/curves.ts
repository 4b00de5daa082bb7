import type { AnomalyReport, AnomalyScores } from '../../../shared/contract/explain';
import type { Theme } from '../../../shared/shape/colour';
import { lineStyle } from '../../ui/chart/line-style';
import type { ChartContent } from './chart';
import { METHOD_WORDS } from './words';

/** Points of a curve; closer together where thresholds are high and rates low, which is where they are read. */
const POINTS = 201;

/** The rates of every method over the same false-positive rates. */
export function rocChart({ methods }: AnomalyReport, theme: Theme): ChartContent {
  const x = Array.from({ length: POINTS }, (_, i) => (i / (POINTS - 1)) ** 2);
  return {
    x,
    series: methods.map((scores, i) => ({
      name: METHOD_WORDS[scores.name],
      ...lineStyle(i, theme),
      values: x.map((rate) => truePositiveAt(scores, rate)),
    })),
    xLabel: 'False-positive rate',
    yLabel: 'True-positive rate',
    stepped: false,
    range: [0, 1],
  };
}

/** The true-positive rate at a false-positive rate, straight between the curve's points. */
export function truePositiveAt({ roc }: Pick<AnomalyScores, 'roc'>, rate: number): number {
  let below: readonly [number, number] = [0, 0];
  let above: readonly [number, number] = [1, 1];
  for (const [falsePositive, truePositive] of roc) {
    if (falsePositive <= rate) {
      if (falsePositive > below[0] || (falsePositive === below[0] && truePositive > below[1]))
        below = [falsePositive, truePositive];
    } else if (falsePositive < above[0] || (falsePositive === above[0] && truePositive < above[1])) {
      above = [falsePositive, truePositive];
    }
  }
  const span = above[0] - below[0];
  return span <= 0 ? below[1] : below[1] + ((rate - below[0]) / span) * (above[1] - below[1]);
}

/** Shares of the normal and the anomalous pixels by score, percent: there are far more of the first. */
export function histogramChart({ histogram, name }: AnomalyScores, theme: Theme): ChartContent {
  const shares = (counts: readonly number[]): (number | null)[] => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const values = counts.map((count) => (total > 0 ? (100 * count) / total : 0));
    // A step holds until the next edge, so the last edge repeats the last bin.
    return [...values, values[values.length - 1] ?? null];
  };
  return {
    x: histogram.edges,
    series: [
      { name: 'Normal', ...lineStyle(2, theme), values: shares(histogram.normal) },
      { name: 'Anomalous', ...lineStyle(1, theme), values: shares(histogram.anomalous) },
    ],
    xLabel: `${METHOD_WORDS[name]} of a pixel`,
    yLabel: '% of its pixels',
    stepped: true,
    range: null,
  };
}
