import { describe, expect, it } from 'vitest';
import type {
  CollectionPicture,
  ExplainedPictures,
  OpenedCollection,
  VaeEntry,
} from '../../../shared/contract/explain';
import type { Picture } from '../../../shared/contract/inputs';
import { DIGITS_TRAINING } from '../../../shared/recipes/vae-presets';
import { fakeWorkbench, type StartedJob } from '../../workbench/actions/testing';
import { reasonAgainst, runCommand } from '../../workbench/commands/run';
import { changeFilter, openBuiltin, takesDrop } from './collections';
import { followExplain } from './follow';
import { setLatent } from './LatentRows';
import { currentVae } from './model';
import { readPictures } from './pictures';
import { choosePicture, toggleIndex } from './select';
import { explainSlice } from './state';
import { modelsSlice, type VaeItem } from '../models/state';
import { EXPLAIN_COMMANDS } from './commands';

const LATENTS = 3;
const dot: Picture = { width: 1, height: 1, rgba: Uint8Array.of(9, 9, 9, 255) };

const opened: OpenedCollection = {
  name: 'Digits',
  format: 'MNIST',
  classes: ['zero', 'one'],
  factors: [],
  size: { width: 28, height: 28, channels: 1 },
  counts: { train: 0, validation: 0, test: 6 },
  masks: false,
  labels: {
    train: null,
    validation: null,
    test: { classes: Int16Array.of(0, 1, 0, 1, 1, 0), anomalous: new Int8Array(6).fill(-1) },
  },
  notes: [],
};

function vae(name: string): VaeItem {
  const entry: VaeEntry = {
    name,
    bytes: 1,
    sha256: name,
    card: {
      title: name,
      network: { ...DIGITS_TRAINING.network, latent: LATENTS },
      training: DIGITS_TRAINING,
      data: 'digits',
      stepsDone: 1,
      samplesSeen: 1,
      parameters: 1,
      layers: [
        { name: 'conv1', height: 14, width: 14, channels: 8 },
        { name: 'conv2', height: 7, width: 7, channels: 16 },
      ],
      curve: [],
      normal: { mean: [0, 0, 0], variance: [1, 1, 1], divergence: [0, 2, 1] },
      test: null,
    },
  };
  return { choice: { name }, entry };
}

/** What the engine says of `count` pictures: the code of picture n is [n, n, n]. */
function explained(count: number): ExplainedPictures {
  return {
    latent: LATENTS,
    mu: Float32Array.from({ length: count * LATENTS }, (_, i) => Math.floor(i / LATENTS)),
    logvar: new Float32Array(count * LATENTS),
    seen: Array.from({ length: count }, () => dot),
    reconstructed: Array.from({ length: count }, () => dot),
    maps: {
      layer: { name: 'conv2', height: 1, width: 1, channels: 1 },
      perPicture: LATENTS,
      values: new Float32Array(count * LATENTS),
    },
    divergence: [0, 2, 1],
    seconds: 0.1,
  };
}

/** A workbench that shows the digits, with two models; `drawn` says that what came was drawn. */
async function withDigits() {
  const workbench = fakeWorkbench([], {}, [{ name: 'explain', commands: [EXPLAIN_COMMANDS] }]);
  const waiting: (() => void)[] = [];
  followExplain(workbench, {
    afterDrawing: (callback) => void waiting.push(callback),
    now: () => 0,
    later: () => () => undefined,
  });
  modelsSlice.set(workbench, { status: 'ready', vaes: [vae('other'), vae('digits')] });
  void openBuiltin(workbench, 'digits');
  await workbench.started[0].succeed(opened);
  const drawn = (): void => waiting.splice(0).forEach((callback) => callback());
  const asked = (kind: string): readonly StartedJob[] =>
    workbench.started.filter(({ request }) => request.kind === kind);
  return { workbench, drawn, asked };
}

describe('a collection', () => {
  it('is opened with the model of its name, and its first picture is explained at once', async () => {
    const { workbench, asked } = await withDigits();
    expect(explainSlice.get(workbench)).toMatchObject({ split: 'test', chosen: [0] });
    expect(currentVae(workbench.ui.getState())?.entry.name).toBe('digits');
    expect(asked('explain')[0].request).toMatchObject({
      model: { name: 'digits' },
      selection: { split: 'test', indices: [0] },
      options: { layer: 'conv2', variant: 'paper' },
    });
  });

  it('is filtered by class without reading a picture, and the arrow commands step through what is left', async () => {
    const { workbench, asked } = await withDigits();
    changeFilter(workbench, { class: 1 });
    choosePicture(workbench, 0);
    expect(explainSlice.get(workbench).chosen).toEqual([1]);
    expect(runCommand(workbench, 'explain.next')).toBe(true);
    expect(explainSlice.get(workbench).chosen).toEqual([3]);
    expect(asked('read-pictures')).toEqual([]);
    runCommand(workbench, 'explain.previous');
    runCommand(workbench, 'explain.previous');
    expect(explainSlice.get(workbench).chosen).toEqual([1]);
  });

  it('reads each picture once, however often it scrolls by, and drops what came too late', async () => {
    const { workbench, asked } = await withDigits();
    void readPictures(workbench, [0, 1, 2]);
    void readPictures(workbench, [1, 2, 3]);
    expect(asked('read-pictures').map(({ request }) => request)).toMatchObject([
      { selection: { indices: [0, 1, 2] } },
      { selection: { indices: [3] } },
    ]);
    const picture = (index: number): CollectionPicture => ({
      id: `${index}`,
      index,
      class: 0,
      anomalous: null,
      picture: dot,
    });
    await asked('read-pictures')[0].succeed({ pictures: [0, 1, 2].map(picture) });
    expect([...explainSlice.get(workbench).pictures.keys()]).toEqual([0, 1, 2]);
    explainSlice.set(workbench, {
      collection: { choice: { builtin: 'planted' }, opened },
      pictures: new Map(),
    });
    await asked('read-pictures')[1].succeed({ pictures: [picture(3)] });
    expect(explainSlice.get(workbench).pictures.size).toBe(0);
  });

  it('takes folders and pictures that are dropped, and leaves projects and meshes to their own workspaces', async () => {
    const { workbench } = await withDigits();
    expect(takesDrop(workbench, [{ name: 'pictures' }, { name: 'a.png' }])).toBe(true);
    expect(takesDrop(workbench, [{ name: 'chair.halfspace' }])).toBe(false);
    explainSlice.set(workbench, { view: 'parts' });
    expect(takesDrop(workbench, [{ name: 'a.png' }])).toBe(false);
  });
});

describe('an explanation', () => {
  it('asks for the newest choice only while an answer is on its way', async () => {
    const { workbench, drawn, asked } = await withDigits();
    for (const place of [1, 2, 3]) choosePicture(workbench, place);
    expect(asked('explain')).toHaveLength(1);
    await asked('explain')[0].succeed(explained(1));
    drawn();
    expect(asked('explain').map(({ request }) => request)).toMatchObject([
      { selection: { indices: [0] } },
      { selection: { indices: [3] } },
    ]);
    expect(explainSlice.get(workbench).explaining).toBe(true);
    await asked('explain')[1].succeed(explained(1));
    expect(explainSlice.get(workbench)).toMatchObject({ explaining: false, explained: { indices: [3] } });
  });

  it('is followed by strips of the latents, the most informative first', async () => {
    const { workbench, asked } = await withDigits();
    await asked('explain')[0].succeed(explained(1));
    const [strips] = asked('decode-codes');
    const { codes } = strips.request as unknown as { codes: number[][] };
    expect(codes).toHaveLength(LATENTS * 7);
    expect(codes[0]).toEqual([0, -3, 0]);
    expect(codes[7]).toEqual([0, 0, -3]);
    await strips.succeed({ pictures: codes.map(() => dot), maps: null });
    expect([...explainSlice.get(workbench).strips!.pictures.keys()]).toEqual([1, 2, 0]);
  });

  it('decodes one code at a time while a slider moves, and the newest next; a reset goes back to the picture', async () => {
    const { workbench, drawn, asked } = await withDigits();
    await asked('explain')[0].succeed(explained(1));
    const before = asked('decode-codes').length;
    for (const value of [0.1, 0.2, 0.3]) setLatent(workbench, 1, value);
    expect(asked('decode-codes')).toHaveLength(before + 1);
    await asked('decode-codes')[before].succeed({ pictures: [dot], maps: null });
    drawn();
    expect(asked('decode-codes')[before + 1].request).toMatchObject({ codes: [[0, 0.3, 0]] });
    expect(explainSlice.get(workbench).decoded).toBe(dot);
    workbench.ui.setState({ workspace: 'explain' });
    expect(runCommand(workbench, 'explain.reset')).toBe(true);
    expect(explainSlice.get(workbench)).toMatchObject({ code: null, decoded: null });
  });

  it('of two pictures makes a path between them, with maps', async () => {
    const { workbench, asked, drawn } = await withDigits();
    await asked('explain')[0].succeed(explained(1));
    drawn();
    toggleIndex(workbench, 4);
    await asked('explain')[1].succeed(explained(2));
    const before = asked('decode-codes').length;
    explainSlice.set(workbench, { view: 'between' });
    const requests = asked('decode-codes')
      .slice(before)
      .map(({ request }) => request as unknown as { codes: number[][]; options: unknown });
    expect(requests.map(({ codes }) => codes.length)).toEqual([9, 1]);
    expect(requests[0].codes[4]).toEqual([0.5, 0.5, 0.5]);
    expect(requests[1].codes[0]).toEqual([0.5, 0.5, 0.5]);
    expect(requests[0].options).toMatchObject({ layer: 'conv2' });
  });

  it('that fails says so and can be tried with another picture', async () => {
    const { workbench, asked, drawn } = await withDigits();
    await asked('explain')[0].fail({ code: 'no-layer', message: 'There is no such layer.' });
    expect(explainSlice.get(workbench)).toMatchObject({ explaining: false, problem: { code: 'no-layer' } });
    drawn();
    choosePicture(workbench, 1);
    await asked('explain')[1].succeed(explained(1));
    expect(explainSlice.get(workbench).problem).toBeNull();
  });
});

describe('commands of Explain', () => {
  it('say what they wait for', async () => {
    const empty = fakeWorkbench([], {}, [{ name: 'explain', commands: [EXPLAIN_COMMANDS] }]);
    expect(reasonAgainst(empty, 'explain.open')).toBeNull();
    expect(reasonAgainst(empty, 'explain.export')).toBe('Open pictures first');
    const { workbench, asked } = await withDigits();
    expect(reasonAgainst(workbench, 'explain.sign')).toBe('Choose a picture first');
    expect(reasonAgainst(workbench, 'explain.factors')).toContain('no known factors');
    expect(reasonAgainst(workbench, 'explain.anomaly')).toContain('no masks');
    await asked('explain')[0].succeed(explained(1));
    expect(reasonAgainst(workbench, 'explain.between-export')).toContain('second picture');
    expect(reasonAgainst(workbench, 'explain.export')).toBeNull();
  });

  it('show signed maps in colours that part at zero, and no others', async () => {
    const { workbench, asked } = await withDigits();
    await asked('explain')[0].succeed(explained(1));
    const signs: string[] = [];
    for (let i = 0; i < 3; i++) {
      runCommand(workbench, 'explain.sign');
      const { sign, colourMap } = explainSlice.get(workbench).look;
      signs.push(`${sign} ${colourMap}`);
    }
    expect(signs).toEqual(['abs viridis', 'signed diverging', 'relu viridis']);
  });
});
