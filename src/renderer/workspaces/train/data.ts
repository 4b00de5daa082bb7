import type { RequestOf } from '../../../shared/contract/job-client';
import type { DataReport } from '../../../shared/dataset/report';
import type { NetworkKind } from '../../../shared/recipes/training';
import { ok, type Result } from '../../../shared/result';
import type { Workbench } from '../../workbench/state/workbench';
import { kindOf } from './draft';
import { trainSlice, type DataFinding, type TrainingSource, type TrainSetup } from './state';

/** Changes what the next run is asked for. Other data, or another kind of network, is asked about at once. */
export function changeSetup(workbench: Workbench, changes: Partial<TrainSetup>): void {
  const before = trainSlice.get(workbench).setup;
  trainSlice.set(workbench, ({ setup }) => ({ setup: { ...setup, problem: null, ...changes } }));
  const { setup } = trainSlice.get(workbench);
  if (setup.data !== before.data)
    trainSlice.set(workbench, () => ({ setup: { ...setup, made: changes.made ?? null } }));
  if (setup.data !== before.data || kindOf(setup.draft) !== kindOf(before.draft)) void inspectData(workbench);
}

/** Asks what the chosen data is. What was asked last counts, whichever answer comes last. */
export async function inspectData(workbench: Workbench): Promise<void> {
  const { data, draft } = trainSlice.get(workbench).setup;
  const asking: DataFinding = { state: 'asking' };
  const find = (found: DataFinding | null): void =>
    trainSlice.set(workbench, ({ setup }) => ({ setup: { ...setup, found } }));
  find(data && asking);
  if (!data) return;
  const report = await askAbout(workbench, data, kindOf(draft));
  if (trainSlice.get(workbench).setup.found !== asking) return;
  find(report.ok ? { state: 'known', report: report.value } : { state: 'failed', problem: report.error });
}

/** What some data is, to a network of this kind. */
export async function askAbout(
  workbench: Workbench,
  data: TrainingSource,
  network: NetworkKind,
): Promise<Result<DataReport>> {
  const end = await workbench.engine.startJob({ kind: 'inspect-data', network, data: dataOf(data) }).result;
  return end.ok ? ok(end.value.value) : end;
}

/** Data as the engine is asked for it. */
export function dataOf(data: TrainingSource): RequestOf<'train'>['data'] {
  return 'builtin' in data ? { builtin: data.builtin } : [data.token];
}

/** What stands against learning from the chosen data, or is not known yet. Null when nothing does. */
export function dataReason({ data, found }: TrainSetup): string | null {
  if (!data) return 'Choose the data first';
  if (found === null || found.state === 'asking') return `Looking at what ${data.name} is`;
  if (found.state === 'failed') return found.problem.message;
  return found.report.unfit?.message ?? null;
}

/** The meshes of which the chosen folder could be made a data set; 0 for anything else. */
export function meshesIn({ found }: TrainSetup): number {
  return found?.state === 'known' ? found.report.meshes : 0;
}
