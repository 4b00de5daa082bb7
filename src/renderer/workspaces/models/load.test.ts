import { describe, expect, it } from 'vitest';
import type { ModelEntry } from '../../../shared/contract/learning';
import type { ModelInput } from '../../../shared/contract/inputs';
import { COMPACT_DEPTH_TRAINING } from '../../../shared/recipes/training';
import { fakeWorkbench } from '../../workbench/actions/testing';
import { ensureModels, openModelFile, reconstructWith } from './load';
import { modelsSlice } from './state';

function model(name: string, input: ModelInput, token?: string): ModelEntry {
  return {
    name,
    ...(token !== undefined && { token }),
    input,
    bytes: 1,
    sha256: '0'.repeat(64),
    card: {
      title: `Title of ${name}`,
      network: COMPACT_DEPTH_TRAINING.network,
      training: COMPACT_DEPTH_TRAINING,
      data: 'shapes',
      stepsDone: 1,
      samplesSeen: 32,
      parameters: 1,
      curve: [],
      test: null,
    },
  };
}

describe('models', () => {
  it('are read once, and the first of each kind reconstructs', async () => {
    const workbench = fakeWorkbench();
    void ensureModels(workbench);
    void ensureModels(workbench);
    const models = [model('depth', 'depth'), model('other', 'depth'), model('colour', 'rgb')];
    await workbench.started[0].succeed({ models, vaes: [], notes: [] });
    expect(workbench.started).toHaveLength(1);
    expect(modelsSlice.get(workbench).active).toEqual({
      depth: { choice: { name: 'depth' }, title: 'Title of depth' },
      rgb: { choice: { name: 'colour' }, title: 'Title of colour' },
    });
    reconstructWith(workbench, modelsSlice.get(workbench).items[1]);
    expect(modelsSlice.get(workbench).active.depth?.choice).toEqual({ name: 'other' });
  });

  it('are opened from files after those that ship, each once', async () => {
    const workbench = fakeWorkbench();
    void ensureModels(workbench);
    await workbench.started[0].succeed({ models: [model('depth', 'depth')], vaes: [], notes: [] });
    for (const title of ['best', 'best again']) {
      void openModelFile(workbench, { token: 'file', name: 'best.safetensors', bytes: 1 });
      const models = [model('depth', 'depth'), model(title, 'depth', 'file')];
      await workbench.started.at(-1)?.succeed({ models, vaes: [], notes: [] });
    }
    const { items, selected } = modelsSlice.get(workbench);
    expect(items.map(({ entry }) => entry.name)).toEqual(['depth', 'best again']);
    expect(items[selected].choice).toEqual({ token: 'file' });
    expect(modelsSlice.get(workbench).active.depth?.choice).toEqual({ name: 'depth' });
  });

  it('that are none say so and change nothing', async () => {
    const workbench = fakeWorkbench();
    void openModelFile(workbench, { token: 'file', name: 'notes.safetensors', bytes: 1 });
    const problem = { code: 'file-damaged', message: 'notes.safetensors, the header: no model.' };
    await workbench.started[0].fail(problem);
    expect(workbench.jobs.store.getState()[0]).toMatchObject({ state: 'failed', problem });
    expect(modelsSlice.get(workbench).items).toEqual([]);
  });
});
