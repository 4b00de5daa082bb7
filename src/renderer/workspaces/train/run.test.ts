import { describe, expect, it } from 'vitest';
import type { FileGrant, HalfspaceBridge, RunGrant } from '../../../shared/contract/bridge';
import type { DataReport } from '../../../shared/dataset/report';
import type { TrainingRun } from '../../../shared/contract/learning';
import { COMPACT_DEPTH_TRAINING, totalSteps } from '../../../shared/recipes/training';
import { DSPRITES_TRAINING } from '../../../shared/recipes/vae-presets';
import { fakeWorkbench } from '../../workbench/actions/testing';
import { runCommand } from '../../workbench/commands/run';
import { withValue } from './draft';
import { lastStep } from './run-words';
import { listRuns } from './runs';
import {
  chooseBuiltin,
  chooseData,
  choosePreset,
  dropOnTraining,
  loadConfigFile,
  setDraftValue,
} from './setup';
import { trainSlice } from './state';
import { TRAIN_COMMANDS } from './commands';

/** A workbench whose engine takes any data for something to learn from. */
function trainingWorkbench(bridge: Parameters<typeof fakeWorkbench>[1]) {
  const workbench = fakeWorkbench([], bridge, [{ name: 'train', commands: [TRAIN_COMMANDS] }]);
  const { startJob } = workbench.engine;
  const report: DataReport = { what: 'Our own data set', unfit: null, meshes: 0 };
  const known = { ok: true, value: { value: report, seconds: 0 } };
  workbench.engine.startJob = (request, listeners) =>
    request.kind === 'inspect-data'
      ? { id: 0, result: Promise.resolve(known) as never, cancel: () => undefined, control: () => undefined }
      : startJob(request, listeners);
  return workbench;
}

const grant = (token: string): FileGrant => ({ token, name: token, bytes: 0 });

function bridge(earlier: readonly RunGrant[] = []) {
  const remembered: (string | null)[][] = [];
  let made = 0;
  const calls: Partial<HalfspaceBridge> = {
    chooseFile: async ({ purpose }) => grant(purpose),
    createRun: async (name) => grant(`${name}-${++made}`),
    rememberRun: async (folder, data) => void remembered.push([folder, data]),
    forgetRun: async () => undefined,
    listRuns: async () => earlier,
  };
  return { calls, remembered };
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

async function training() {
  const { calls, remembered } = bridge();
  const workbench = trainingWorkbench(calls);
  await chooseData(workbench);
  await settle();
  expect(runCommand(workbench, 'train.start')).toBe(true);
  await settle();
  const [job] = workbench.started;
  const run = () => trainSlice.get(workbench).runs[0];
  return { workbench, job, run, remembered };
}

const stored = (steps: readonly number[]): TrainingRun => ({
  name: 'cvxnet-depth-1',
  config: COMPACT_DEPTH_TRAINING,
  builtin: null,
  rows: steps.map((step) => ({ step, values: { total: 1 / step } })),
  checkpointStep: steps.at(-1) ?? 0,
  best: 0.5,
  notes: [],
});

describe('a training', () => {
  it('needs data and a right configuration, and says what is missing', async () => {
    const workbench = trainingWorkbench(bridge().calls);
    expect(runCommand(workbench, 'train.start')).toBe(false);
    await chooseData(workbench);
    await settle();
    setDraftValue(workbench, 'network.parts', 0);
    expect(runCommand(workbench, 'train.start')).toBe(false);
    setDraftValue(workbench, 'network.parts', 8);
    expect(runCommand(workbench, 'train.start')).toBe(true);
    await settle();
    expect(workbench.started[0].request).toMatchObject({
      kind: 'train',
      config: withValue(COMPACT_DEPTH_TRAINING, 'network.parts', 8),
      data: ['data-folder'],
      destination: 'cvxnet-depth-1',
      resume: false,
    });
  });

  it('collects rows, figures and the best IoU while it runs, and is remembered with its data', async () => {
    const { workbench, job, run, remembered } = await training();
    job.listeners.onRows?.([{ step: 10, values: { total: 1 } }]);
    job.listeners.onRows?.([{ step: 20, values: { total: 0.5, validationIou: 0.4, checkpoint: 20 } }]);
    job.listeners.onRows?.([{ step: 30, values: { validationIou: 0.3 } }]);
    job.listeners.onProgress?.({ fraction: 0.1, stage: 'Training', figures: { stepsDone: 31 } });
    expect(run()).toMatchObject({
      status: 'running',
      best: 0.4,
      checkpointStep: 20,
      figures: { stepsDone: 31 },
    });
    expect(run().rows.map(({ step }) => step)).toEqual([10, 20, 30]);
    expect(remembered).toEqual([['cvxnet-depth-1', 'data-folder']]);
    expect(runCommand(workbench, 'train.start')).toBe(false);
  });

  it('goes on while another workspace is shown', async () => {
    const { workbench, job, run } = await training();
    workbench.ui.setState({ workspace: 'shape' });
    job.listeners.onRows?.([{ step: 10, values: { total: 1 } }]);
    expect(run().rows).toHaveLength(1);
    expect(workbench.ui.getState().workspace).toBe('shape');
  });

  it('pauses, continues and stops as it is told, and says "Paused" only when it is', async () => {
    const { workbench, job, run } = await training();
    runCommand(workbench, 'train.pause');
    expect(run().status).toBe('pausing');
    job.listeners.onProgress?.({ fraction: 0.1, stage: 'Training', figures: {} });
    expect(run().status).toBe('pausing');
    job.listeners.onProgress?.({ fraction: 0.1, stage: 'Paused', figures: {} });
    expect(run().status).toBe('paused');
    runCommand(workbench, 'train.pause');
    expect(run().status).toBe('running');
    runCommand(workbench, 'train.stop');
    expect(run().status).toBe('stopping');
    expect(runCommand(workbench, 'train.stop')).toBe(false);
    expect(job.controls).toEqual(['pause', 'resume', 'stop']);
    await job.succeed({ run: stored([10, 20]), stopped: 'stopped', samplesPerSecond: 9 });
    expect(run()).toMatchObject({ status: 'stopped', ended: 'stopped', checkpointStep: 20, control: null });
    // What was read between two rows is older than the last row.
    expect(run().figures).toEqual({});
    expect(workbench.jobs.store.getState()[0].outcome).toBe(
      'Stopped at step 20 of the first stage, best IoU 0.500',
    );
  });

  it('keeps its last figures on view while it is paused, and goes on from them', async () => {
    const { workbench, job, run } = await training();
    const figures = {
      stepsDone: 31,
      step: 31,
      steps: 2000,
      loss: 0.25,
      samplesPerSecond: 40,
      secondsLeft: 90,
    };
    job.listeners.onProgress?.({ fraction: 0.1, stage: 'Learning shapes', figures });
    runCommand(workbench, 'train.pause');
    job.listeners.onProgress?.({ fraction: 0.1, stage: 'Paused', figures: { stepsDone: 31 } });
    expect(run()).toMatchObject({ status: 'paused', figures });
    runCommand(workbench, 'train.pause');
    job.listeners.onProgress?.({ fraction: null, stage: 'Reading the data', figures: {} });
    expect(run()).toMatchObject({ status: 'running', figures });
  });

  it('forgets the figures of steps that it does again', async () => {
    const { workbench, job, run } = await training();
    job.listeners.onRows?.([{ step: 10, values: { total: 1, checkpoint: 10 } }]);
    job.listeners.onProgress?.({
      fraction: 0.1,
      stage: 'Learning shapes',
      figures: { stepsDone: 19, loss: 0.5 },
    });
    await job.fail({ code: 'engine-stopped', message: 'The engine stopped.' });
    runCommand(workbench, 'train.resume');
    await settle();
    expect(lastStep(run())).toBe(10);
  });

  it('is stopped, not thrown away, by the button in the list of jobs', async () => {
    const { workbench, job } = await training();
    workbench.jobs.cancel(workbench.jobs.store.getState()[0].id);
    expect(job.controls).toEqual(['stop']);
    expect(job.cancelled()).toBe(false);
  });

  it('is resumed from its checkpoint when the engine died, without the steps after it', async () => {
    const { workbench, job, run } = await training();
    job.listeners.onRows?.([
      { step: 10, values: { total: 1, checkpoint: 10 } },
      { step: 20, values: { total: 0.5 } },
    ]);
    await job.fail({ code: 'engine-stopped', message: 'The engine stopped.' });
    expect(run()).toMatchObject({ status: 'failed', problem: { code: 'engine-stopped' } });
    expect(runCommand(workbench, 'train.resume')).toBe(true);
    await settle();
    expect(workbench.started[1].request).toMatchObject({ resume: true, destination: 'cvxnet-depth-1' });
    expect(run()).toMatchObject({ status: 'running', problem: null });
    expect(run().rows.map(({ step }) => step)).toEqual([10]);
  });
});

describe('the list of runs', () => {
  it('reads the runs of earlier starts once, newest first, and keeps the ones that cannot be read', async () => {
    const earlier = ['a', 'b'].map((name) => ({ folder: grant(name), data: null }));
    const workbench = trainingWorkbench(bridge(earlier).calls);
    const listing = listRuns(workbench);
    void listRuns(workbench);
    await settle();
    await workbench.started[0].fail({ code: 'not-a-run', message: 'No run.' });
    await workbench.started[1].succeed(stored([10, totalSteps(COMPACT_DEPTH_TRAINING)]));
    await listing;
    expect(workbench.started).toHaveLength(2);
    expect(trainSlice.get(workbench).runs.map(({ folder, status }) => [folder.name, status])).toEqual([
      ['a', 'unreadable'],
      ['b', 'done'],
    ]);
    expect(trainSlice.get(workbench).selected).toBe('b');
  });

  it('opens a run from its folder, and asks for its data when it is resumed', async () => {
    const { calls, remembered } = bridge();
    const workbench = trainingWorkbench(calls);
    runCommand(workbench, 'train.open-run');
    await settle();
    await workbench.started[0].succeed(stored([10, 20]));
    expect(trainSlice.get(workbench)).toMatchObject({ selected: 'open-run', runs: [{ status: 'stopped' }] });
    expect(runCommand(workbench, 'train.resume')).toBe(true);
    await settle();
    expect(workbench.started[1].request).toMatchObject({ resume: true, data: ['data-folder'] });
    expect(remembered).toEqual([
      ['open-run', null],
      ['open-run', 'data-folder'],
    ]);
  });

  it('gives every run a colour of its own, also after one left', async () => {
    const earlier = ['a', 'b', 'c'].map((name) => ({ folder: grant(name), data: null }));
    const workbench = trainingWorkbench(bridge(earlier).calls);
    void listRuns(workbench);
    await settle();
    const colours = trainSlice.get(workbench).runs.map(({ colour }) => colour);
    expect(new Set(colours).size).toBe(3);
  });
});

describe('what is dropped while training is shown', () => {
  const json = (name: string, text: string) => ({ name, size: text.length, text: async () => text }) as File;

  it('is data, or a configuration by its name', async () => {
    const workbench = trainingWorkbench(bridge().calls);
    await dropOnTraining(workbench, [{ file: json('shapes', ''), grant: grant('shapes') }]);
    expect(trainSlice.get(workbench).setup.data?.name).toBe('shapes');
    const config = { ...COMPACT_DEPTH_TRAINING, steps: 7 };
    await dropOnTraining(workbench, [
      { file: json('mine.json', JSON.stringify(config)), grant: grant('mine.json') },
    ]);
    expect(trainSlice.get(workbench).setup).toMatchObject({
      origin: 'mine.json',
      name: 'mine',
      draft: config,
    });
  });

  it('keeps the configuration that was there when a file is no JSON', async () => {
    const workbench = trainingWorkbench(bridge().calls);
    trainSlice.set(workbench, ({ setup }) => ({ setup: { ...setup, name: 'kept' } }));
    await loadConfigFile(workbench, json('broken.json', '{'));
    expect(trainSlice.get(workbench).setup).toMatchObject({ name: 'kept', draft: COMPACT_DEPTH_TRAINING });
    expect(trainSlice.get(workbench).setup.fileProblem).toMatch(/^broken\.json is not valid JSON/);
  });

  it('of a VAE takes pictures that ship with its preset, compares by the loss, and finds them again', async () => {
    const { calls, remembered } = bridge();
    const workbench = trainingWorkbench(calls);
    choosePreset(workbench, 'vae-digits');
    expect(trainSlice.get(workbench).setup.data).toEqual({ builtin: 'digits', name: 'Digits' });
    choosePreset(workbench, 'vae-dsprites');
    chooseBuiltin(workbench, 'planted');
    await settle();
    expect(runCommand(workbench, 'train.start')).toBe(true);
    await settle();
    const [job] = workbench.started;
    expect(job.request).toMatchObject({ config: { kind: 'vae' }, data: { builtin: 'planted' } });
    expect(remembered).toEqual([[expect.any(String), null]]);
    expect(trainSlice.get(workbench).curves.metrics).toEqual(['total', 'validationLoss']);
    for (const validationLoss of [90, 70, 80]) {
      job.listeners.onRows?.([{ step: validationLoss, values: { validationLoss } }]);
    }
    expect(trainSlice.get(workbench).runs[0].best).toBe(70);
    const run = { ...stored([5]), config: DSPRITES_TRAINING, builtin: 'planted' as const, best: 70 };
    const again = trainingWorkbench(bridge([{ folder: grant('kept'), data: null }]).calls);
    const listing = listRuns(again);
    await settle();
    await again.started[0].succeed(run);
    await listing;
    expect(trainSlice.get(again).runs[0]).toMatchObject({ best: 70, data: { builtin: 'planted' } });
  });

  it('of shapes does not begin with pictures that a VAE was to learn from', async () => {
    const workbench = trainingWorkbench(bridge().calls);
    choosePreset(workbench, 'vae-digits');
    choosePreset(workbench, 'cvxnet-depth');
    expect(trainSlice.get(workbench).setup.data).toBeNull();
    await chooseData(workbench);
    await settle();
    choosePreset(workbench, 'cvxnet-rgb');
    expect(trainSlice.get(workbench).setup.data).toMatchObject({ name: 'data-folder' });
  });
});
