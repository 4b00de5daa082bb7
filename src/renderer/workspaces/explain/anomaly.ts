import type { AnomalyOptions, AnomalyReport, AnomalyScores } from '../../../shared/contract/explain';
import { runJob } from '../../workbench/actions/jobs';
import type { Workbench } from '../../workbench/state/workbench';
import { changeAnomaly } from './change';
import { collectionKey } from './keys';
import { indexAt, shownPictures } from './labels';
import { anomalyOptionsFor, currentVae } from './model';
import { readPictures } from './pictures';
import {
  ANOMALY_PAGE,
  type AnomalyMethod,
  type AnomalyState,
  type ExplainState,
  explainSlice,
} from './state';
import type { UiState } from '../../workbench/state/ui';

/** Names what a report or a page was made for; null where nothing is open. */
export function anomalyKey(state: UiState): string | null {
  const { collection, split } = explainSlice.in(state);
  const vae = currentVae(state);
  if (!collection || !vae) return null;
  const options = anomalyOptionsFor(explainSlice.in(state), vae);
  return JSON.stringify([collectionKey(collection.choice, split), vae.choice, options]);
}

/** Changes how maps are made; what was scored with other options stays until it is scored again. */
export function changeAnomalyOptions(workbench: Workbench, changes: Partial<AnomalyOptions>): void {
  const { options } = explainSlice.get(workbench).anomaly;
  changeAnomaly(workbench, { options: { ...options, ...changes } });
}

/** Scores every picture of the split against its mask, with the reconstruction error beside. */
export async function scoreAnomalies(workbench: Workbench): Promise<void> {
  const ui = workbench.ui.getState();
  const { collection, split } = explainSlice.in(ui);
  const vae = currentVae(ui);
  const key = anomalyKey(ui);
  if (!collection || !vae || key === null) return;
  explainSlice.set(workbench, { view: 'anomaly' });
  const end = await runJob(
    workbench,
    {
      kind: 'anomaly',
      model: vae.choice,
      collection: collection.choice,
      split,
      options: anomalyOptionsFor(explainSlice.in(ui), vae),
    },
    {
      title: `Score ${collection.opened.name}`,
      outcome: ({ value }) => describeReport(value),
      onStarted: (id) => explainSlice.set(workbench, { running: id, lastJob: id }),
    },
  );
  explainSlice.set(workbench, { running: null });
  if (!end.ok) return;
  changeAnomaly(workbench, {
    report: { key, report: end.value.value },
    thresholds: { attention: null, 'reconstruction error': null },
  });
}

function describeReport({ methods, pictures }: AnomalyReport): string {
  const words = methods.map(({ name, pixelAuroc }) => `${name} ${pixelAuroc.toFixed(3)}`);
  return `Pixel AUROC over ${pictures} pictures: ${words.join(', ')}`;
}

/** The pictures of the page that is shown: of the filter, a page at a time. */
export function pageIndices(state: ExplainState): readonly number[] {
  const shown = shownPictures(state);
  const from = state.anomaly.page * ANOMALY_PAGE;
  const count = Math.max(0, Math.min(ANOMALY_PAGE, shown.count - from));
  return Array.from({ length: count }, (_, i) => indexAt(shown, from + i));
}

/** Reads the maps of the page that a key names, when it is the one of now and they are not there yet. */
export async function showPage(workbench: Workbench, key: string | null): Promise<void> {
  const ui = workbench.ui.getState();
  const { collection, split } = explainSlice.in(ui);
  const vae = currentVae(ui);
  const indices = pageIndices(explainSlice.in(ui));
  if (!collection || !vae || indices.length === 0) return;
  if (key === null || key !== pageKey(ui) || explainSlice.in(ui).anomaly.shown?.key === key) return;
  // The names of pictures come with their thumbnails, which the grid may not have read yet.
  void readPictures(workbench, indices);
  const { result } = workbench.engine.startJob({
    kind: 'anomaly-maps',
    model: vae.choice,
    selection: { collection: collection.choice, split, indices: [...indices] },
    options: anomalyOptionsFor(explainSlice.in(ui), vae),
  });
  const end = await result;
  if (pageKey(workbench.ui.getState()) !== key) return;
  if (end.ok) changeAnomaly(workbench, { shown: { key, indices, page: end.value.value } });
  else explainSlice.set(workbench, { problem: end.error });
}

export function pageKey(state: UiState): string | null {
  const key = anomalyKey(state);
  return key && JSON.stringify([key, pageIndices(explainSlice.in(state))]);
}

export function turnPage(workbench: Workbench, step: number): void {
  const state = explainSlice.get(workbench);
  const last = Math.max(0, Math.ceil(shownPictures(state).count / ANOMALY_PAGE) - 1);
  changeAnomaly(workbench, { page: Math.min(last, Math.max(0, state.anomaly.page + step)) });
}

export function scoresOf(report: AnomalyReport | null, method: AnomalyMethod): AnomalyScores | null {
  return report?.methods.find(({ name }) => name === method) ?? null;
}

/** The threshold that is shown: a person's, or the one that suits the masks best. */
export function thresholdOf(
  { thresholds, method }: AnomalyState,
  scores: AnomalyScores | null,
): number | null {
  return thresholds[method] ?? scores?.bestIou.quantile.threshold ?? null;
}

export function setThreshold(workbench: Workbench, threshold: number | null): void {
  const { thresholds, method } = explainSlice.get(workbench).anomaly;
  changeAnomaly(workbench, { thresholds: { ...thresholds, [method]: threshold } });
}

/** The rates at a threshold: of the row of the curve whose threshold is nearest from above. */
export function ratesAt(
  { roc }: Pick<AnomalyScores, 'roc'>,
  threshold: number,
): { readonly falsePositive: number; readonly truePositive: number } {
  let found: readonly [number, number, number] | null = null;
  for (const row of roc) {
    if (row[2] >= threshold && (!found || row[2] <= found[2])) found = row;
  }
  return { falsePositive: found?.[0] ?? 0, truePositive: found?.[1] ?? 0 };
}
