import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { memory, ready, setBackend, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { REFERENCE_RGB, type NetworkConfig } from '../../../../shared/recipes/network';
import type { LabelledPoints } from '../../../../shared/geometry/occupancy';
import { sampleBox } from '../../../../shared/geometry/sampling';
import { createRandom } from '../../../../shared/random';
import { unwrap } from '../../../../shared/result';
import { logitsOfShape } from '../../../../shared/shape/parameters';
import { packShape } from '../../../../shared/shape/pack';
import type { ConvexShape } from '../../../../shared/shape/types';
import { registerConvexField } from '../../../compute/kernels/register';
import type { ConvexFieldKernel } from '../../../compute/kernels/types';
import { createWasmFieldKernel } from '../../../compute/kernels/wasm';
import type { Weights } from '../../network/weights';
import { createBreath } from '../fit/breath';
import { decodeLatents, learnedShape } from '../infer';
import { weightSpecs } from '../network/layout';
import { CODE_STEPS, refineCode, type GuessedCode } from './code';
import { explicitField } from './explicit-field';
import { CHAIR } from './fixtures';
import { refineByDepth } from './refine';

const config: NetworkConfig = {
  ...REFERENCE_RGB,
  parts: 3,
  planes: 6,
  latent: 8,
  decoderWidths: [16],
  sharpness: 75,
  smoothness: { from: 50, to: 300 },
};
let weights: Weights;
let kernel: ConvexFieldKernel;

/** A decoder whose codes bend the chair. */
function chairDecoder(): Weights {
  const random = createRandom(3);
  const bias = unwrap(logitsOfShape(packShape(CHAIR), config.smoothness));
  return new Map(
    weightSpecs(config)
      .filter(({ name }) => name.startsWith('decoder/'))
      .map(({ name, shape }) => {
        const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
        if (name.endsWith('kernel')) values.forEach((_, i) => (values[i] = 0.05 * random.normal()));
        if (values.length === bias.length) values.set(bias);
        return [name, tensor(values, [...shape])] as const;
      }),
  );
}

function guessOf(latent: Float32Array): GuessedCode {
  return {
    latent,
    config,
    withWeights: (work) => work(weights),
    shapeOf: async (code) => learnedShape(config, (await decodeLatents(config, weights, code))[0]).shape,
  };
}

function codes(): { truth: Float32Array; guess: Float32Array } {
  const random = createRandom(8);
  const truth = Float32Array.from({ length: config.latent }, () => 2 * random.normal());
  return { truth, guess: truth.map((value) => value + random.normal()) };
}

function labelledBy(shape: ConvexShape, points: Float32Array): LabelledPoints {
  const field = explicitField(shape);
  const inside = Uint8Array.from({ length: points.length / 3 }, (_, i) =>
    field(points[i * 3], points[i * 3 + 1], points[i * 3 + 2]) <= 0 ? 1 : 0,
  );
  return { points, inside };
}

function disagreement(a: ConvexShape, b: ConvexShape): number {
  const points = sampleBox(20_000, 0.55, createRandom(9));
  const [ofA, ofB] = [labelledBy(a, points).inside, labelledBy(b, points).inside];
  return ofA.reduce((sum, one, i) => sum + Math.abs(one - ofB[i]), 0) / ofA.length;
}

const breath = () => createBreath(new AbortController().signal);
const none: LabelledPoints = { points: new Float32Array(0), inside: new Uint8Array(0) };

beforeAll(async () => {
  setThreadsCount(1);
  kernel = await createWasmFieldKernel();
  registerConvexField('wasm', kernel);
  await setBackend('wasm');
  await ready();
  weights = chairDecoder();
});

describe('a code refined on samples', () => {
  it('comes to the shape that the samples are of, even where none were seen, and leaks nothing', async () => {
    const { truth, guess } = codes();
    const target = await guessOf(truth).shapeOf(truth);
    const all = sampleBox(4000, 0.55, createRandom(1));
    // Nothing is told of the half with z below 0.
    const front = all.filter((_, i) => all[Math.floor(i / 3) * 3 + 2] > 0);
    const samples = { box: labelledBy(target, front), nearSurface: none };
    const before = disagreement(await guessOf(guess).shapeOf(guess), target);
    const held = memory().numTensors;
    let steps = 0;
    const found = await refineCode(guessOf(guess), samples, createRandom(2), breath(), () => void steps++);
    expect(memory().numTensors).toBe(held);
    expect(steps).toBe(CODE_STEPS);
    const after = disagreement(await guessOf(guess).shapeOf(found!), target);
    expect(before).toBeGreaterThan(0.01);
    expect(after).toBeLessThan(0.6 * before);
    const again = await refineCode(guessOf(guess), samples, createRandom(2), breath(), () => undefined);
    expect(again).toEqual(found);
  });

  it('stays where it is without samples, and stops when told', async () => {
    const { guess } = codes();
    const nothing = { box: none, nearSurface: none };
    expect(await refineCode(guessOf(guess), nothing, createRandom(2), breath(), () => undefined)).toBe(guess);
    const box = labelledBy(CHAIR, sampleBox(100, 0.55, createRandom(1)));
    const stopped = createBreath(AbortSignal.abort());
    const cancelled = refineCode(
      guessOf(guess),
      { box, nearSurface: none },
      createRandom(2),
      stopped,
      () => undefined,
    );
    expect(await cancelled).toBeNull();
  });

  it('is part of a refinement: the shape that is taken says the code that it began from', async () => {
    const { truth, guess } = codes();
    const target = await guessOf(truth).shapeOf(truth);
    const code = guessOf(guess);
    const progress: number[] = [];
    const field = explicitField(target);
    const refined = unwrap(
      await refineByDepth(
        {
          guess: await code.shapeOf(guess),
          code,
          kernel,
          seed: 1,
          signal: new AbortController().signal,
          onProgress: (fraction) => progress.push(fraction),
          onPreview: () => undefined,
        },
        (x, y, z) => (z > 0 ? (field(x, y, z) <= 0 ? 1 : 0) : null),
        Float64Array.from(sampleBox(200, 0.4, createRandom(5))),
      ),
    );
    expect(refined.accepted).toBe(true);
    expect(refined.observed.after).toBeLessThan(refined.observed.before / 2);
    expect(refined.latent).not.toEqual(guess);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBeLessThanOrEqual(1);
  });
});
