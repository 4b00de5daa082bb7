import { beforeAll, describe, expect, it } from 'vitest';
import { shapeSchema } from '../../../../shared/document/schema';
import type { FitOptions } from '../../../../shared/contract/jobs';
import type { ConvexShape } from '../../../../shared/shape/types';
import type { ConvexFieldKernel } from '../../../compute/kernels/types';
import { createWasmFieldKernel } from '../../../compute/kernels/wasm';
import { boxSolid, freshIou, sampleSolid, sphereSolid, unionOf, type Solid } from './fixtures';
import { fitShape, type FitOutcome, type FitProgress, type FitRequest } from './index';

const SAMPLES = 12_000;
const THREE_BOXES = unionOf(
  boxSolid([0, -0.2, 0], [0.4, 0.08, 0.3]),
  boxSolid([-0.25, 0.1, 0], [0.1, 0.3, 0.12]),
  boxSolid([0.25, 0.05, 0.1], [0.08, 0.25, 0.15]),
);

let kernel: ConvexFieldKernel;
beforeAll(async () => {
  kernel = await createWasmFieldKernel();
});

function requestFor(solid: Solid, options: Partial<FitOptions>, more: Partial<FitRequest> = {}): FitRequest {
  return {
    samples: sampleSolid(solid, SAMPLES, 7),
    options: { parts: 6, planes: 10, steps: 250, pointsPerStep: 1024, seed: 3, ...options },
    kernel,
    signal: new AbortController().signal,
    onProgress: () => {},
    onPreview: () => {},
    ...more,
  };
}

async function fitted(request: FitRequest): Promise<FitOutcome> {
  const result = await fitShape(request);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('what a fit recovers', () => {
  it('a union of three boxes', async () => {
    const { shape, iou } = await fitted(requestFor(THREE_BOXES, { parts: 8, planes: 12, steps: 500 }));
    expect(freshIou(shape, THREE_BOXES, 40_000, 11)).toBeGreaterThan(0.95);
    expect(iou).toBeGreaterThan(0.95);
    expect(() => shapeSchema.parse(shape)).not.toThrow();
  });

  it('a sphere by one part of 16 planes, as well as a polytope can', async () => {
    const { shape } = await fitted(requestFor(sphereSolid(0.4), { parts: 1, planes: 16 }));
    expect(shape.parts).toHaveLength(1);
    expect(freshIou(shape, sphereSolid(0.4), 20_000, 12)).toBeGreaterThan(0.86);
  });

  it('a single box by one part, of which only the six planes that make faces remain', async () => {
    const box = boxSolid([0.05, -0.1, 0], [0.3, 0.2, 0.15]);
    const { shape } = await fitted(requestFor(box, { parts: 1, planes: 6 }));
    expect(freshIou(shape, box, 20_000, 13)).toBeGreaterThan(0.97);
    expect(shape.parts[0].planes).toHaveLength(6);
  });

  it('a thin plate', async () => {
    const plate = boxSolid([0, 0, 0], [0.45, 0.015, 0.4]);
    const { shape } = await fitted(requestFor(plate, { parts: 2, planes: 8 }));
    expect(freshIou(shape, plate, 60_000, 14)).toBeGreaterThan(0.9);
  });

  it('a box without near-surface samples', async () => {
    const box = boxSolid([0, 0, 0], [0.3, 0.3, 0.3]);
    const request = requestFor(box, { parts: 2, planes: 8 });
    const none = { points: new Float32Array(0), inside: new Uint8Array(0) };
    const { shape } = await fitted({ ...request, samples: { ...request.samples, nearSurface: none } });
    expect(freshIou(shape, box, 20_000, 15)).toBeGreaterThan(0.9);
  });
});

describe('the shape that a fit returns', () => {
  it('names its parts in order, with positive offsets and no redundant plane beyond the options', async () => {
    const { shape } = await fitted(requestFor(THREE_BOXES, { steps: 100 }));
    shape.parts.forEach((part, i) => {
      expect(part).toMatchObject({ id: `part-0${i + 1}`, name: `Part ${i + 1}`, index: i, locked: false });
      expect(part.planes.length).toBeGreaterThanOrEqual(4);
      for (const plane of part.planes) expect(plane.offset).toBeGreaterThan(0);
    });
  });

  it('is the same, bit for bit, for the same seed, and another for another', async () => {
    const first = await fitted(requestFor(THREE_BOXES, { steps: 200 }));
    const second = await fitted(requestFor(THREE_BOXES, { steps: 200 }));
    const other = await fitted(requestFor(THREE_BOXES, { steps: 200, seed: 4 }));
    expect(second).toEqual(first);
    expect(other.shape).not.toEqual(first.shape);
  });

  it('is better than what the first steps had', async () => {
    const short = await fitted(requestFor(THREE_BOXES, { steps: 1 }));
    const long = await fitted(requestFor(THREE_BOXES, { steps: 250 }));
    expect(long.iou).toBeGreaterThan(short.iou + 0.02);
  });
});

describe('progress, previews and cancelling', () => {
  it('reports rising steps within the bound and previews that are valid shapes', async () => {
    const seen: FitProgress[] = [];
    const previews: ConvexShape[] = [];
    const { steps } = await fitted(
      requestFor(
        THREE_BOXES,
        { steps: 120 },
        { onProgress: (progress) => seen.push(progress), onPreview: (shape) => previews.push(shape()) },
      ),
    );
    expect(seen.length).toBeGreaterThan(5);
    for (let i = 1; i < seen.length; i++) expect(seen[i].step).toBeGreaterThanOrEqual(seen[i - 1].step);
    expect(seen.every((progress) => progress.step <= 120)).toBe(true);
    expect(steps).toBeLessThanOrEqual(120);
    expect(previews.length).toBeGreaterThan(5);
    for (const preview of previews) expect(() => shapeSchema.parse(preview)).not.toThrow();
  });

  it('stops soon after its signal aborts, as a problem', async () => {
    const controller = new AbortController();
    let last = 0;
    const result = await fitShape(
      requestFor(
        THREE_BOXES,
        { steps: 100_000 },
        {
          signal: controller.signal,
          onProgress: ({ step }) => {
            last = step;
            if (step >= 20) controller.abort();
          },
        },
      ),
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(last).toBeLessThan(60);
  });

  it('lets a timer in while it runs', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await fitted(requestFor(THREE_BOXES, { steps: 200 }));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  it('refuses samples without an interior one', async () => {
    const result = await fitShape(requestFor(THREE_BOXES, {}, { samples: emptySamples() }));
    expect(result).toMatchObject({ ok: false, error: { code: 'no-interior' } });
  });
});

function emptySamples(): FitRequest['samples'] {
  const points = Float32Array.from({ length: 300 }, (_, i) => (i % 11) / 22);
  const set = { points, inside: new Uint8Array(100) };
  return { box: set, nearSurface: set };
}
