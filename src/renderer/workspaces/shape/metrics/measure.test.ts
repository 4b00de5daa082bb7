import { describe, expect, it } from 'vitest';
import type { EvaluationSamples } from '../../../../shared/contract/jobs';
import type { Frame } from '../../../../shared/document/types';
import { createRandom, type Random } from '../../../../shared/random';
import { partContains } from '../../../../shared/shape/explicit';
import { boxPart } from '../../../../shared/shape/box.fixture';
import type { ConvexPart } from '../../../../shared/shape/types';
import { createMeasurer } from './measure';

const frame: Frame = { origin: [0, 0, 0], metresPerUnit: 2, upAxis: 'y' };

function randomBoxes(count: number, random: Random): ConvexPart[] {
  return Array.from({ length: count }, (_, i) => {
    const centre = [0, 0, 0].map(() => random.uniform() - 0.5) as unknown as readonly [
      number,
      number,
      number,
    ];
    const half = 0.05 + 0.2 * random.uniform();
    return boxPart(i, centre, [half, half, half]);
  });
}

function randomSamples(count: number, truth: readonly ConvexPart[], random: Random): EvaluationSamples {
  const points = Float32Array.from({ length: 3 * count }, () => 1.1 * (random.uniform() - 0.5));
  const inside = Uint8Array.from({ length: count }, (_, i) =>
    truth.some((part) => partContains(part, points[3 * i], points[3 * i + 1], points[3 * i + 2])) ? 1 : 0,
  );
  return { points, inside };
}

describe('createMeasurer', () => {
  it('measures a box: volume in cubic metres, vertices, faces, IoU 1 against itself (seed 5)', () => {
    const measurer = createMeasurer();
    const part = boxPart(0, [0, 0, 0], [0.25, 0.25, 0.25]);
    measurer.setSamples(randomSamples(2000, [part], createRandom(5)));
    const figures = measurer.measure([part], frame, null);
    expect(figures).toMatchObject({ iou: 1, parts: 1, planes: 6, vertices: 8, unionVolume: null });
    expect(figures.sumOfVolumes).toBeCloseTo(0.125 * 8, 12);
    expect(figures.perPart.get('part-0')).toMatchObject({ vertices: 8, faces: 6, problem: null });
  });

  it.each([11, 12, 13])('gives after any edits what a fresh measurer gives (seed %i)', (seed) => {
    const random = createRandom(seed);
    const samples = randomSamples(1500, randomBoxes(6, random), random);
    const measurer = createMeasurer();
    measurer.setSamples(samples);
    let parts = randomBoxes(8, random);
    for (let edit = 0; edit < 20; edit++) {
      const at = random.integer(parts.length);
      const choice = random.integer(3);
      if (choice === 0 && parts.length > 2) parts = parts.filter((_, i) => i !== at);
      else if (choice === 1) parts = [...parts, { ...parts[at], id: `copy-${edit}` }];
      else {
        const planes = parts[at].planes.map((plane, i) =>
          i === 0 ? { ...plane, offset: 0.3 * random.uniform() } : plane,
        );
        parts = parts.map((part, i) => (i === at ? { ...part, planes } : part));
      }
      // A structured clone, as the worker receives it.
      const figures = measurer.measure(structuredClone(parts), frame, null);
      const fresh = createMeasurer();
      fresh.setSamples(samples);
      expect(figures).toEqual(fresh.measure(parts, frame, null));
    }
  });

  it('measures one part when one plane of fifty parts moves (seed 21)', () => {
    const measurer = createMeasurer();
    const parts = randomBoxes(50, createRandom(21));
    measurer.setSamples(randomSamples(200, parts, createRandom(22)));
    measurer.measure(parts, frame, null);
    expect(measurer.measuredParts()).toBe(50);
    const planes = parts[7].planes.map((plane, i) =>
      i === 2 ? { ...plane, offset: plane.offset + 0.01 } : plane,
    );
    measurer.measure(
      structuredClone(parts.map((part, i) => (i === 7 ? { ...part, planes } : part))),
      frame,
      null,
    );
    expect(measurer.measuredParts()).toBe(51);
  });

  it('says why a part has no body and counts the others', () => {
    const measurer = createMeasurer();
    const empty = boxPart(1, [0, 0, 0], [-0.1, -0.1, -0.1]);
    const figures = measurer.measure([boxPart(0, [0, 0, 0], [0.1, 0.1, 0.1]), empty], frame, null);
    expect(figures.perPart.get('part-1')).toMatchObject({ volume: 0, problem: expect.any(String) });
    expect(figures.vertices).toBe(8);
    expect(figures.iou).toBeNull();
  });
});
