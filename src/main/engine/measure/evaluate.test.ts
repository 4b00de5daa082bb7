import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelInput } from '../../../shared/contract/inputs';
import type { ShapeDataset } from '../../../shared/dataset/types';
import type { LabelledPoints } from '../../../shared/geometry/occupancy';
import { ok, unwrap } from '../../../shared/result';
import { boxPart } from '../../../shared/shape/box.fixture';
import { REFERENCE_SHARPNESS } from '../../../shared/shape/parameters';
import type { ConvexShape } from '../../../shared/shape/types';
import { openDataset } from '../../files/dataset';
import { writeShapesDataset } from '../../files/dataset/write-shapes';
import { TINY_DEPTH, TINY_RGB, tinyCard } from '../../files/model/fixtures';
import { createWasmFieldKernel } from '../../compute/kernels/wasm';
import type { OpenNetwork } from '../models/networks';
import { evaluateNetwork, spreadOverFamilies, type EvaluationRequest } from './evaluate';
import { refineOnView } from './refined';

const folder = mkdtempSync(join(tmpdir(), 'halfspace-evaluate-'));
let dataset: ShapeDataset;

beforeAll(async () => {
  const options = { count: 20, views: 1, imageSize: 24, pointsPerSet: 400, seed: 3 };
  unwrap(await writeShapesDataset(folder, { ...options, families: ['chair', 'mug'] }));
  dataset = unwrap(await openDataset(folder));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A cube about the origin, whatever the picture. */
const cube = (half: number): ConvexShape => ({
  parts: [boxPart(0, [0, 0, 0], [half, half, half], { smoothness: 300 })],
  sharpness: REFERENCE_SHARPNESS,
});

/** A network that codes the mean of a picture and always answers with a cube. */
function cubeNetwork(input: ModelInput): OpenNetwork {
  const config = input === 'depth' ? TINY_DEPTH : TINY_RGB;
  return {
    name: 'cube',
    input,
    config,
    card: tinyCard(config),
    sha256: '',
    bytes: 0,
    library: null,
    encode: async (images) => Float32Array.of(images.reduce((a, b) => a + b, 0) / images.length),
    decode: async () => [{ shape: cube(0.2), leftOut: [], closed: [] }],
    withWeights: (work) => work(new Map()),
  };
}

async function requestOf(more: Partial<EvaluationRequest> = {}): Promise<EvaluationRequest> {
  const kernel = await createWasmFieldKernel();
  return {
    network: cubeNetwork('depth'),
    dataset,
    split: 'test',
    baselines: false,
    fits: 0,
    refined: 0,
    tools: { kernel, seed: 1, signal: new AbortController().signal },
    onProgress: () => undefined,
    ...more,
  };
}

describe('the evaluation of a network', () => {
  it('counts inside points as by hand, and scores every baseline on the same shapes', async () => {
    const methods = unwrap(await evaluateNetwork(await requestOf({ baselines: true })));
    const by = new Map(methods.map((one) => [one.method, one]));
    const ids = dataset.shapes('test');
    const expected = await Promise.all(
      ids.map(async ({ id }) => {
        const { points, inside } = unwrap(await dataset.read(id)).samples.box;
        let both = 0;
        let either = 0;
        for (let i = 0; i < inside.length; i++) {
          const own = Math.max(...[0, 1, 2].map((c) => Math.abs(points[i * 3 + c]))) <= 0.2 ? 1 : 0;
          both += own & inside[i];
          either += own | inside[i];
        }
        return both / either;
      }),
    );
    const mean = expected.reduce((a, b) => a + b, 0) / expected.length;
    expect(by.get('network, explicit parts')?.micro.iou).toBeCloseTo(mean, 10);
    expect(by.get('network')?.micro.chamferL1).toBe(by.get('network, explicit parts')?.micro.chamferL1);
    for (const name of ['network', 'mean shape', 'nearest training shape', 'convex hull of the truth']) {
      expect(by.get(name)?.shapes).toBe(ids.length);
      expect(by.get(name)?.macro.iou).toBeGreaterThan(0);
    }
  });

  it('fits as many of the chosen shapes as asked, and says how the network does on these', async () => {
    const asked = await requestOf({ split: 'train', shapes: 3, fits: 2 });
    const methods = unwrap(await evaluateNetwork(asked));
    const shapesOf = (name: string) => methods.find(({ method }) => method === name)?.shapes;
    expect(shapesOf('network')).toBe(3);
    expect(shapesOf('direct fit')).toBe(2);
    expect(shapesOf('network, where fitted')).toBe(2);
  });

  it('chooses from every family and never takes one twice', () => {
    // Families that alternate with the period of an even choice over the list.
    const all = Array.from({ length: 60 }, (_, i) => ({ id: `shape-${i}`, family: `family-${i % 4}` }));
    for (const count of [0, 1, 7, 15, 25, 59, 60, 100]) {
      const chosen = spreadOverFamilies(all, count);
      expect(new Set(chosen.map(({ id }) => id)).size).toBe(Math.min(count, 60));
      expect(new Set(chosen.map(({ family }) => family)).size).toBe(Math.min(count, 4));
    }
  });

  it('fits on points of its own: those that it is scored on cannot mislead it', async () => {
    const request = await requestOf({ shapes: 1, fits: 1 });
    const fitIou = async (data: ShapeDataset): Promise<number | undefined> => {
      const methods = unwrap(await evaluateNetwork({ ...request, dataset: data }));
      return methods.find(({ method }) => method === 'direct fit')?.micro.iou;
    };
    const flip = ({ points, inside }: LabelledPoints): LabelledPoints => ({
      points,
      inside: inside.map((one) => 1 - one),
    });
    const flipped: ShapeDataset = {
      ...dataset,
      read: async (id) => {
        const shape = unwrap(await dataset.read(id));
        const { box, nearSurface } = shape.samples;
        return ok({ ...shape, samples: { box: flip(box), nearSurface: flip(nearSurface) } });
      },
    };
    expect(await fitIou(dataset)).toBeGreaterThan(0.5);
    expect(await fitIou(flipped)).toBeLessThan(0.2);
  });

  it('refuses a split without shapes and views that the data lacks, and stops when told', async () => {
    const empty = await evaluateNetwork(await requestOf({ dataset: { ...dataset, shapes: () => [] } }));
    expect(empty).toMatchObject({ ok: false, error: { code: 'split-empty' } });
    const five = { ...cubeNetwork('depth'), config: { ...TINY_DEPTH, inputChannels: 5 } };
    const views = await evaluateNetwork(await requestOf({ network: five }));
    expect(views).toMatchObject({ ok: false, error: { code: 'view-missing' } });
    const request = await requestOf();
    const tools = { ...request.tools, signal: AbortSignal.abort() };
    const stopped = await evaluateNetwork({ ...request, tools });
    expect(stopped).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });

  it('refines a colour network by the outline: depth that it never saw changes nothing', async () => {
    const { tools } = await requestOf();
    const [{ id }] = dataset.shapes('test');
    const [view] = unwrap(await dataset.read(id)).views;
    const guess = (input: ModelInput) => ({
      network: cubeNetwork(input),
      latent: new Float32Array(1),
      shape: cube(0.2),
    });
    const dark = { ...view, depth: null };
    const withDepth = unwrap(await refineOnView(guess('rgb'), view, tools, false));
    const without = unwrap(await refineOnView(guess('rgb'), dark, tools, false));
    expect(withDepth).toEqual(without);
    const blind = await refineOnView(guess('depth'), dark, tools, false);
    expect(unwrap(blind)).toEqual(cube(0.2));
  });
});
