import type { FileGrant } from '../../../shared/contract/bridge';
import type { JobControl, RunRow, TrainingEnd } from '../../../shared/contract/learning';
import { stageAt, type TrainingConfig } from '../../../shared/recipes/training';
import type { Problem } from '../../../shared/result';
import { attempt, reportProblem, runJob } from '../../workbench/actions/jobs';
import { count } from '../../ui/format';
import type { Workbench } from '../../workbench/state/workbench';
import { changeRun, runOf } from './change';
import { askAbout, dataOf, dataReason, inspectData } from './data';
import { checkDraft } from './draft';
import { stageWords, validated } from './run-words';
import { addRun, forgetRun, selectRun, storedRun } from './runs';
import { canResume, liveRun, type RunEntry, type RunStatus, type TrainingSource, trainSlice } from './state';
import { NETWORKS, UNSAID_KIND, isBetter } from '../../../shared/networks';

/** Starts what the setup says. */
export async function startTraining(workbench: Workbench): Promise<void> {
  const state = trainSlice.get(workbench);
  const { setup } = state;
  const { config } = checkDraft(setup.draft);
  const { data } = setup;
  if (!config || !data || dataReason(setup) !== null || liveRun(state)) return;
  const folder =
    setup.folder ??
    (await attempt(workbench, 'Start training', () => workbench.bridge.createRun(setup.name)));
  if (!folder) return;
  addRun(workbench, { folder, data, config, status: 'running' });
  selectRun(workbench, folder.token);
  trainSlice.set(workbench, ({ setup: current }) => ({ setup: { ...current, folder: null } }));
  await attempt(workbench, 'Remember the run', () =>
    workbench.bridge.rememberRun(folder.token, tokenOf(data)),
  );
  const problem = await train(workbench, folder, data, config, false);
  if (problem && !(await isRun(workbench, folder))) await withdraw(workbench, folder, problem);
}

/** Whether there is a run where one failed: it learned already, or the folder had one before. */
async function isRun(workbench: Workbench, { token }: FileGrant): Promise<boolean> {
  if ((runOf(workbench, token)?.rows.length ?? 0) > 0) return true;
  const end = await workbench.engine.startJob({ kind: 'open-run', token }).result;
  if (end.ok) changeRun(workbench, token, () => storedRun(end.value.value));
  return end.ok || end.error.code !== 'not-a-run';
}

/** Goes back to the setup of a run that never began, and says why there. */
async function withdraw(workbench: Workbench, { token }: FileGrant, problem: Problem): Promise<void> {
  await forgetRun(workbench, token);
  trainSlice.set(workbench, ({ setup }) => ({ setup: { ...setup, problem } }));
  await inspectData(workbench);
}

/** Continues the selected run from its last checkpoint; asks for its data where they are not known. */
export async function resumeTraining(workbench: Workbench): Promise<void> {
  const { selected } = trainSlice.get(workbench);
  const run = selected === null ? null : runOf(workbench, selected);
  if (!run?.config || !canResume(run) || liveRun(trainSlice.get(workbench))) return;
  const { folder, config } = run;
  const data =
    run.data ??
    (await attempt(workbench, 'Choose data', () => workbench.bridge.chooseFile({ purpose: 'data-folder' })));
  if (!data || (!run.data && !(await canLearnFrom(workbench, data, config)))) return;
  await attempt(workbench, 'Remember the run', () =>
    workbench.bridge.rememberRun(folder.token, tokenOf(data)),
  );
  // The steps after the checkpoint are done again.
  changeRun(workbench, folder.token, ({ rows, checkpointStep }) => ({
    data,
    rows: rows.filter(({ step }) => step <= checkpointStep),
    problem: null,
    ended: null,
    status: 'running',
  }));
  await train(workbench, folder, data, config, true);
}

/** Whether data that was chosen for a run will do; says so where it will not. */
async function canLearnFrom(
  workbench: Workbench,
  data: TrainingSource,
  { kind }: TrainingConfig,
): Promise<boolean> {
  const report = await askAbout(workbench, data, kind);
  const problem = report.ok ? report.value.unfit : report.error;
  if (problem) reportProblem(workbench, `Resume with ${data.name}`, { code: 'data-unfit', ...problem });
  return problem === null;
}

/** What a later start finds the data by; pictures that ship are named in the run's folder. */
function tokenOf(data: TrainingSource): string | null {
  return 'builtin' in data ? null : data.token;
}

/** Pauses the running training, or lets a paused one go on. */
export function togglePause(workbench: Workbench): void {
  const run = liveRun(trainSlice.get(workbench));
  if (!run || run.status === 'stopping') return;
  const paused = run.status === 'paused' || run.status === 'pausing';
  tell(workbench, run, paused ? 'resume' : 'pause', paused ? 'running' : 'pausing');
}

/** Ends the running training with a checkpoint, from which it can be resumed. */
export function stopTraining(workbench: Workbench): void {
  const run = liveRun(trainSlice.get(workbench));
  if (run) tell(workbench, run, 'stop', 'stopping');
}

function tell(workbench: Workbench, run: RunEntry, control: JobControl, status: RunStatus): void {
  run.control?.(control);
  changeRun(workbench, run.folder.token, () => ({ status }));
}

/** @returns the problem when it failed */
async function train(
  workbench: Workbench,
  folder: FileGrant,
  data: TrainingSource,
  config: TrainingConfig,
  resume: boolean,
): Promise<Problem | null> {
  const { token } = folder;
  const end = await runJob(
    workbench,
    {
      kind: 'train',
      config,
      data: dataOf(data),
      destination: token,
      resume,
    },
    {
      title: `Train ${folder.name}`,
      outcome: ({ value }) => describeEnd(value),
      reveal: token,
      stops: true,
      onStarted: (_id, handle) =>
        changeRun(workbench, token, () => ({ control: (control) => handle.control(control) })),
    },
    {
      onProgress: ({ stage, figures }) =>
        changeRun(workbench, token, ({ status, figures: known }) => ({
          // What is not measured anew, while data is read or the run is paused, is still what was measured last.
          figures: { ...known, ...figures },
          ...(status === 'pausing' && stage === 'Paused' && { status: 'paused' }),
        })),
      onRows: (rows) => changeRun(workbench, token, (run) => withRows(run, rows)),
      onPreview: (shape) => trainSlice.set(workbench, () => ({ preview: { run: token, shape } })),
      onPicturePreview: (picture) => trainSlice.set(workbench, () => ({ preview: { run: token, picture } })),
    },
  );
  changeRun(workbench, token, () => ({
    control: null,
    // From now on the rows say what was measured, as they will at a later start.
    figures: {},
    ...(end.ok
      ? {
          ...storedRun(end.value.value.run),
          status: end.value.value.stopped === 'steps done' ? ('done' as const) : ('stopped' as const),
          ended: end.value.value.stopped,
        }
      : { status: 'failed' as const, problem: end.error }),
  }));
  return end.ok ? null : end.error;
}

function withRows(run: RunEntry, rows: readonly RunRow[]): Partial<RunEntry> {
  let { checkpointStep, best } = run;
  const kind = run.config?.kind ?? UNSAID_KIND;
  for (const { values } of rows) {
    checkpointStep = values.checkpoint ?? checkpointStep;
    const value = values[NETWORKS[kind].validation.metric];
    if (value !== undefined && isBetter(kind, value, best)) best = value;
  }
  return { rows: [...run.rows, ...rows], checkpointStep, best };
}

/** "6,000 steps done, best IoU 0.78". */
function describeEnd({ run, stopped }: TrainingEnd): string {
  const best =
    run.best === null
      ? ''
      : `, best ${NETWORKS[run.config.kind].validation.words} ${validated(run.config.kind, run.best)}`;
  const { checkpointStep, config } = run;
  if (stopped === 'steps done') return `${count(stageAt(config, checkpointStep).step)} steps done${best}`;
  const why = stopped === 'early stop' ? 'Stopped early, because it no longer improves,' : 'Stopped';
  return `${why} at ${stageWords(config, checkpointStep)}${best}`;
}
