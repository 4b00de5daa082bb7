import type { FileGrant } from '../../../shared/contract/bridge';
import type { TrainingRun } from '../../../shared/contract/learning';
import { totalSteps, type NetworkKind } from '../../../shared/recipes/training';
import { attempt, runJob } from '../../workbench/actions/jobs';
import type { Workbench } from '../../workbench/state/workbench';
import { changeRun, runOf } from './change';
import { builtinSource } from './sources';
import { trainSlice, type CurveSettings, type RunEntry } from './state';
import { modelsSlice } from '../models/state';
import { NETWORKS } from '../../../shared/networks';

/** Lists a run first, or again with other values. A new one is drawn among the curves. */
export function addRun(
  workbench: Workbench,
  entry: Pick<RunEntry, 'folder' | 'data' | 'status'> & Partial<RunEntry>,
): void {
  trainSlice.set(workbench, ({ runs }) => {
    const known = runs.find(({ folder }) => folder.token === entry.folder.token);
    const fresh: RunEntry = {
      colour: known?.colour ?? freeColour(runs),
      compared: true,
      config: null,
      rows: [],
      checkpointStep: 0,
      best: null,
      notes: [],
      problem: null,
      figures: {},
      ended: null,
      control: null,
      ...entry,
    };
    return { runs: [fresh, ...runs.filter((run) => run !== known)] };
  });
}

function freeColour(runs: readonly RunEntry[]): number {
  const used = new Set(runs.map(({ colour }) => colour));
  let colour = 0;
  while (used.has(colour)) colour++;
  return colour;
}

/** Asks once for the runs of earlier starts and reads them one after another. */
export async function listRuns(workbench: Workbench): Promise<void> {
  if (trainSlice.get(workbench).listed) return;
  trainSlice.set(workbench, () => ({ listed: true }));
  const known = await attempt(workbench, 'List runs', () => workbench.bridge.listRuns());
  for (const { folder, data } of [...(known ?? [])].reverse()) {
    if (!runOf(workbench, folder.token))
      addRun(workbench, { folder, data, status: 'loading', compared: false });
  }
  for (const { folder } of known ?? []) {
    if (runOf(workbench, folder.token)?.status !== 'loading') continue;
    const end = await workbench.engine.startJob({ kind: 'open-run', token: folder.token }).result;
    changeRun(workbench, folder.token, () =>
      end.ok ? read(end.value.value) : { status: 'unreadable', problem: end.error },
    );
  }
  const { runs, selected } = trainSlice.get(workbench);
  const latest = runs.find(({ status }) => status !== 'unreadable');
  if (latest && selected === null && !runs.some(({ compared }) => compared))
    selectRun(workbench, latest.folder.token);
}

/** A run as the engine read it. */
export function storedRun(run: TrainingRun): Pick<RunEntry, keyof TrainingRun & keyof RunEntry> {
  const { config, rows, checkpointStep, best, notes } = run;
  return { config, rows, checkpointStep, best, notes };
}

function read(run: TrainingRun) {
  const status = run.checkpointStep >= totalSteps(run.config) ? ('done' as const) : ('stopped' as const);
  const data = run.builtin === null ? {} : { data: builtinSource(run.builtin) };
  return { ...storedRun(run), ...data, status, problem: null };
}

export async function openRunByDialog(workbench: Workbench): Promise<void> {
  const folder = await attempt(workbench, 'Open run', () =>
    workbench.bridge.chooseFile({ purpose: 'open-run' }),
  );
  if (folder) await openRun(workbench, folder);
}

async function openRun(workbench: Workbench, folder: FileGrant): Promise<void> {
  workbench.ui.setState({ workspace: 'train' });
  modelsSlice.set(workbench, { shown: false });
  const known = runOf(workbench, folder.token);
  if (known && known.status !== 'unreadable') {
    selectRun(workbench, folder.token);
    return;
  }
  const end = await runJob(
    workbench,
    { kind: 'open-run', token: folder.token },
    { title: `Open ${folder.name}` },
  );
  if (!end.ok) return;
  addRun(workbench, { folder, data: known?.data ?? null, ...read(end.value.value) });
  selectRun(workbench, folder.token);
  await attempt(workbench, 'Remember the run', () => workbench.bridge.rememberRun(folder.token, null));
}

/** Shows a run, and draws it among the curves: the validation of its kind where that of another one is drawn. */
export function selectRun(workbench: Workbench, token: string): void {
  const config = runOf(workbench, token)?.config;
  trainSlice.set(workbench, ({ curves }) => ({
    selected: token,
    curves: config ? { ...curves, metrics: metricsOf(config.kind, curves.metrics) } : curves,
  }));
  changeRun(workbench, token, () => ({ compared: true }));
}

export function compareRun(workbench: Workbench, token: string, compared: boolean): void {
  changeRun(workbench, token, () => ({ compared }));
}

function metricsOf(kind: NetworkKind, metrics: CurveSettings['metrics']): CurveSettings['metrics'] {
  const validations: readonly string[] = Object.values(NETWORKS).map(({ validation }) => validation.metric);
  const shown = (metric: string): string =>
    validations.includes(metric) ? NETWORKS[kind].validation.metric : metric;
  return [shown(metrics[0]), shown(metrics[1])];
}

/** Takes a run off the list. Its folder stays where it is. */
export async function forgetRun(workbench: Workbench, token: string): Promise<void> {
  const run = runOf(workbench, token);
  if (!run || run.control) return;
  trainSlice.set(workbench, ({ runs, selected }) => ({
    runs: runs.filter(({ folder }) => folder.token !== token),
    selected: selected === token ? null : selected,
  }));
  await attempt(workbench, 'Forget the run', () => workbench.bridge.forgetRun(token));
}
