import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../shared/random';
import { createBreath } from './breath';
import { coverage, coveredIou, weighPoints, type WeightedPoints } from './coverage';
import { cutAround } from './cutting-planes';
import { boxSolid, sampleSolid, unionOf, type Solid } from './fixtures';
import { parametersOfParts, type FitParameters } from './parameters';
import { polishOffsets } from './polish';
import { restructure, withoutIdleParts } from './restructure';

const LEFT = boxSolid([-0.25, 0, 0], [0.13, 0.22, 0.32]);
const RIGHT = boxSolid([0.25, 0, 0], [0.13, 0.22, 0.32]);
const breath = createBreath(new AbortController().signal);

function judged(solid: Solid): WeightedPoints {
  const { box } = sampleSolid(solid, 6000, 21);
  return weighPoints(box.points, box.inside, new Float32Array(6000).fill(1));
}

/** A part cut around the samples inside a solid. */
function partAround(solid: Solid): ReturnType<typeof cutAround> {
  const { box } = sampleSolid(solid, 4000, 22);
  const rows = (occupancy: number): Float32Array =>
    Float32Array.from(Array.from(box.points).filter((_, i) => box.inside[Math.floor(i / 3)] === occupancy));
  return cutAround(rows(1), rows(0), 8);
}

function partsOf(...solids: readonly Solid[]): FitParameters {
  return parametersOfParts(solids.map(partAround), 8, 75);
}

describe('restructuring', () => {
  it('drops a part outside and one of two equal parts, not both', async () => {
    const samples = judged(LEFT);
    const outside = boxSolid([0.3, 0.3, 0.3], [0.1, 0.1, 0.1]);
    const parameters = partsOf(LEFT, LEFT, outside);
    const polished = await polishOffsets(parameters, samples, 0, breath);
    if (polished === null) throw new Error('not cancelled');
    const kept = withoutIdleParts(parameters, samples, polished);
    expect(kept.shape.parts).toBe(1);
    expect(coveredIou(coverage(kept.shape, samples.grid).counts, samples)).toBeGreaterThan(0.85);
  });

  it('moves an idle part to the half that nothing covers', async () => {
    const samples = judged(unionOf(LEFT, RIGHT));
    const parameters = partsOf(LEFT, LEFT);
    const polished = await polishOffsets(parameters, samples, 1, breath);
    if (polished === null) throw new Error('not cancelled');
    const before = polished.iou;
    const change = await restructure(parameters, samples, polished, true, createRandom(1), breath);
    expect(change?.dropped).toBe(1);
    expect(change?.seeded).toBeGreaterThan(0);
    expect(coveredIou(coverage(parameters.shape, samples.grid).counts, samples)).toBeGreaterThan(
      before + 0.05,
    );
  });

  it('merges two halves of one box and gives the slot to a box that nothing covers', async () => {
    const whole = boxSolid([0, 0.25, 0], [0.4, 0.1, 0.25]);
    const half = (side: number): Solid => boxSolid([0.2 * side, 0.25, 0], [0.21, 0.1, 0.25]);
    const samples = judged(unionOf(whole, boxSolid([0, -0.3, 0], [0.25, 0.12, 0.18])));
    const parameters = partsOf(half(-1), half(1));
    const polished = await polishOffsets(parameters, samples, 2, breath);
    if (polished === null) throw new Error('not cancelled');
    const before = polished.iou;
    const change = await restructure(parameters, samples, polished, true, createRandom(1), breath);
    expect(change).toMatchObject({ merged: 1, seeded: 1 });
    expect(coveredIou(coverage(parameters.shape, samples.grid).counts, samples)).toBeGreaterThan(before);
  });
});

describe('polishing offsets', () => {
  it('never lowers the IoU and gains on planes that stand off', async () => {
    const samples = judged(LEFT);
    const parameters = partsOf(LEFT);
    for (let h = 0; h < 6; h++) parameters.shape.offsets[h] += 0.008;
    const before = await polishOffsets(parameters, samples, 0, breath);
    const after = await polishOffsets(parameters, samples, 3, breath);
    expect(after?.iou).toBeGreaterThan((before?.iou ?? 1) + 0.02);
  });
});
