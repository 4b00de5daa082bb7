import { describe, expect, it } from 'vitest';
import type { FileGrant, HalfspaceBridge } from '../../../shared/contract/bridge';
import type { MadeDataset } from '../../../shared/dataset/made';
import type { DataReport } from '../../../shared/dataset/report';
import { COMPACT_DEPTH_TRAINING } from '../../../shared/recipes/training';
import { fakeWorkbench, type StartedJob } from '../../workbench/actions/testing';
import { runCommand } from '../../workbench/commands/run';
import { TRAIN_COMMANDS } from './commands';
import { dataReason } from './data';
import { setMeshesOption } from './meshes';
import { chooseData, choosePreset, dropOnTraining } from './setup';
import { trainSlice } from './state';

const grant = (token: string): FileGrant => ({ token, name: token, bytes: 0 });
const OURS: DataReport = { what: 'Our own data set: 6 shapes, 2 categories', unfit: null, meshes: 0 };
const MESHES: DataReport = {
  what: 'A folder of 34 meshes (OBJ, GLB): not yet a data set',
  unfit: { message: 'A folder of 34 meshes is not yet a data set.', hint: 'Make a data set of it first.' },
  meshes: 34,
};
const MADE: MadeDataset = {
  shapes: 33,
  families: ['meshes'],
  counts: { train: 27, validation: 3, test: 3 },
  skipped: [{ file: 'a.obj', reason: 'a.obj, line 1: it ends.' }],
};

function training() {
  const chosen: string[] = [];
  const forgotten: string[] = [];
  let made = 0;
  const bridge: Partial<HalfspaceBridge> = {
    chooseFile: async ({ purpose }) => grant(chosen.shift() ?? purpose),
    createRun: async (name) => grant(`${name}-${++made}`),
    rememberRun: async () => undefined,
    forgetRun: async (token) => void forgotten.push(token),
  };
  const workbench = fakeWorkbench([], bridge, [{ name: 'train', commands: [TRAIN_COMMANDS] }]);
  const setup = () => trainSlice.get(workbench).setup;
  const reason = () => dataReason(setup());
  const jobs = (kind: string): StartedJob[] =>
    workbench.started.filter(({ request }) => request.kind === kind);
  return { workbench, chosen, forgotten, setup, reason, jobs };
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe('the data that was chosen', () => {
  it('is asked about at once, and nothing is started until it is known to do', async () => {
    const { workbench, jobs, reason } = training();
    await chooseData(workbench);
    expect(jobs('inspect-data').map(({ request }) => request)).toEqual([
      { kind: 'inspect-data', network: 'cvxnet', data: ['data-folder'] },
    ]);
    expect(reason()).toBe('Looking at what data-folder is');
    expect(runCommand(workbench, 'train.start')).toBe(false);
    await jobs('inspect-data')[0].succeed(OURS);
    expect(reason()).toBeNull();
    expect(runCommand(workbench, 'train.start')).toBe(true);
  });

  it('says why nothing can be learned from it', async () => {
    const { workbench, jobs, reason } = training();
    await dropOnTraining(workbench, [{ file: {} as File, grant: grant('meshes') }]);
    await jobs('inspect-data')[0].succeed(MESHES);
    expect(reason()).toBe('A folder of 34 meshes is not yet a data set.');
    expect(runCommand(workbench, 'train.start')).toBe(false);
    await chooseData(workbench);
    await jobs('inspect-data')[1].fail({ code: 'engine-stopped', message: 'The engine stopped.' });
    expect(reason()).toBe('The engine stopped.');
  });

  it('is what was chosen last, whichever answer comes last', async () => {
    const { workbench, chosen, jobs, setup, reason } = training();
    chosen.push('first', 'second');
    await chooseData(workbench);
    await chooseData(workbench);
    await jobs('inspect-data')[1].succeed(OURS);
    await jobs('inspect-data')[0].succeed(MESHES);
    expect(setup()).toMatchObject({ data: { name: 'second' }, found: { state: 'known', report: OURS } });
    expect(reason()).toBeNull();
  });

  it('is asked about again for another kind of network, not for another figure', async () => {
    const { workbench, jobs } = training();
    await chooseData(workbench);
    choosePreset(workbench, 'cvxnet-rgb');
    expect(jobs('inspect-data')).toHaveLength(1);
    choosePreset(workbench, 'vae-digits');
    expect(jobs('inspect-data')[1].request).toMatchObject({ network: 'vae', data: { builtin: 'digits' } });
  });
});

describe('a folder of meshes', () => {
  it('becomes a data set, which is chosen then', async () => {
    const { workbench, jobs, setup } = training();
    expect(runCommand(workbench, 'train.make-data')).toBe(false);
    await chooseData(workbench);
    await jobs('inspect-data')[0].succeed(MESHES);
    setMeshesOption(workbench, 'views', 3);
    expect(runCommand(workbench, 'train.make-data')).toBe(true);
    await settle();
    const [job] = jobs('make-dataset');
    expect(job.request).toEqual({
      kind: 'make-dataset',
      meshes: 'data-folder',
      destination: 'new-data-folder',
      options: { views: 3, imageSize: 80, pointsPerSet: 16_384, seed: 1 },
    });
    expect(runCommand(workbench, 'train.make-data')).toBe(false);
    await job.succeed(MADE);
    expect(setup()).toMatchObject({
      data: { name: 'new-data-folder' },
      made: MADE,
      found: { state: 'asking' },
    });
    expect(workbench.jobs.store.getState()[0].outcome).toMatch(
      /^33 shapes in one category.*one mesh was left out$/,
    );
    await jobs('inspect-data')[1].succeed(OURS);
    expect(runCommand(workbench, 'train.start')).toBe(true);
  });

  it('is not made with options that are wrong, and takes nothing when it fails or is cancelled', async () => {
    const { workbench, jobs, setup } = training();
    await chooseData(workbench);
    await jobs('inspect-data')[0].succeed(MESHES);
    setMeshesOption(workbench, 'views', 'many');
    expect(runCommand(workbench, 'train.make-data')).toBe(false);
    setMeshesOption(workbench, 'views', 2);
    expect(runCommand(workbench, 'train.make-data')).toBe(true);
    await settle();
    workbench.jobs.cancel(workbench.jobs.store.getState()[0].id);
    expect(jobs('make-dataset')[0].cancelled()).toBe(true);
    await jobs('make-dataset')[0].fail({ code: 'cancelled', message: 'Stopped.' });
    expect(setup()).toMatchObject({
      data: { name: 'data-folder' },
      making: false,
      found: { report: MESHES },
    });
  });

  it('does not take the place of data that was chosen meanwhile', async () => {
    const { workbench, chosen, jobs, setup } = training();
    await chooseData(workbench);
    await jobs('inspect-data')[0].succeed(MESHES);
    runCommand(workbench, 'train.make-data');
    await settle();
    chosen.push('other');
    await chooseData(workbench);
    await jobs('make-dataset')[0].succeed(MADE);
    expect(setup()).toMatchObject({ data: { name: 'other' }, made: null });
  });
});

describe('a start that fails over its data', () => {
  it('leaves no run, says why, and looks at the data again', async () => {
    const { workbench, forgotten, jobs, setup } = training();
    await chooseData(workbench);
    await jobs('inspect-data')[0].succeed(OURS);
    runCommand(workbench, 'train.start');
    await settle();
    expect(trainSlice.get(workbench).runs).toHaveLength(1);
    await jobs('train')[0].fail({ code: 'file-damaged', message: 'a.npz is damaged.' });
    await jobs('open-run')[0].fail({ code: 'not-a-run', message: 'No run.' });
    expect(trainSlice.get(workbench)).toMatchObject({ runs: [], selected: null });
    expect(forgotten).toEqual(['cvxnet-depth-1']);
    expect(setup()).toMatchObject({
      problem: { message: 'a.npz is damaged.' },
      data: { name: 'data-folder' },
    });
    expect(jobs('inspect-data')).toHaveLength(2);
  });

  it('shows the run that was in the chosen folder already', async () => {
    const { workbench, jobs } = training();
    await chooseData(workbench);
    await jobs('inspect-data')[0].succeed(OURS);
    runCommand(workbench, 'train.start');
    await settle();
    await jobs('train')[0].fail({ code: 'run-exists', message: 'It holds a run.' });
    const rows = [{ step: 10, values: { total: 2 } }];
    const config = { ...COMPACT_DEPTH_TRAINING, steps: 7 };
    await jobs('open-run')[0].succeed({
      name: 'x',
      config,
      builtin: null,
      rows,
      checkpointStep: 10,
      best: null,
      notes: [],
    });
    expect(trainSlice.get(workbench).runs).toMatchObject([{ config, rows, problem: { code: 'run-exists' } }]);
  });

  it('keeps a run that is there to be resumed', async () => {
    const { workbench, forgotten, jobs } = training();
    await chooseData(workbench);
    await jobs('inspect-data')[0].succeed(OURS);
    runCommand(workbench, 'train.start');
    await settle();
    jobs('train')[0].listeners.onRows?.([{ step: 1, values: { total: 1 } }]);
    await jobs('train')[0].fail({ code: 'training-failed', message: 'It failed.' });
    expect(trainSlice.get(workbench).runs).toMatchObject([{ status: 'failed' }]);
    expect([forgotten, jobs('open-run')]).toEqual([[], []]);
  });
});

describe('a run that is resumed with data that was chosen for it', () => {
  it('is not begun with a folder that nothing can be learned from', async () => {
    const { workbench, jobs } = training();
    await chooseData(workbench);
    await jobs('inspect-data')[0].succeed(OURS);
    runCommand(workbench, 'train.start');
    await settle();
    jobs('train')[0].listeners.onRows?.([{ step: 1, values: { total: 1, checkpoint: 1 } }]);
    await jobs('train')[0].fail({ code: 'training-failed', message: 'It failed.' });
    trainSlice.set(workbench, ({ runs }) => ({ runs: runs.map((run) => ({ ...run, data: null })) }));
    runCommand(workbench, 'train.resume');
    await settle();
    await jobs('inspect-data')[1].succeed(MESHES);
    expect(jobs('train')).toHaveLength(1);
    expect(trainSlice.get(workbench).runs).toMatchObject([{ status: 'failed', data: null }]);
    expect(workbench.jobs.store.getState()[0].problem?.message).toBe(MESHES.unfit!.message);
  });
});
