import '@tensorflow/tfjs-backend-cpu';
import { dispose, memory, setBackend, tensor, tensor4d, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NetworkConfig } from '../../../../shared/recipes/network';
import { createRandom } from '../../../../shared/random';
import { shapeOfLogits } from '../../../../shared/shape/parameters';
import type { ConvexPart } from '../../../../shared/shape/types';
import { registerConvexField } from '../../../compute/kernels/register';
import { inferencePass } from '../../network/pass';
import type { Weights } from '../../network/weights';
import { decode } from '../network/decoder';
import { encode, encodeFeatures } from '../network/encoder';
import { weightSpecs } from '../network/layout';
import { codeAttention } from './code-attention';
import { attentionLayer, attentionLayers, partAttention, partSurface, type AttentionLayer } from './index';

const tiny: NetworkConfig = {
  dims: 3,
  parts: 3,
  planes: 6,
  latent: 10,
  inputSize: 32,
  inputChannels: 1,
  encoderWidth: 1 / 16,
  decoderWidths: [16, 16],
  sharpness: 75,
  smoothness: { from: 50, to: 300 },
};

let weights: Weights;
let image: Float32Array;

beforeAll(async () => {
  await setBackend('cpu');
  registerConvexField('cpu');
  const random = createRandom(7);
  image = Float32Array.from({ length: 32 * 32 }, (_, i) => (i % 32 > 8 && i > 200 ? random.uniform() : 0));
  weights = new Map(
    weightSpecs(tiny).map(({ name, shape, role }) => {
      const size = shape.reduce((product, length) => product * length, 1);
      const fans = shape.slice(0, -1).reduce((product, length) => product * length, 1);
      const values = Float32Array.from({ length: size }, () => {
        if (role === 'kernel') return random.normal() * Math.sqrt(2 / fans);
        if (role === 'scale' || role === 'movingVariance') return 0.5 + random.uniform();
        return 0.2 * random.normal();
      });
      return [name, tensor(values, [...shape])];
    }),
  );
});

const layerOf = (name: string): AttentionLayer => {
  const layer = attentionLayer(tiny, name);
  if (layer === null) throw new Error(name);
  return layer;
};

/** Every part with the same weight on all its planes. */
const surfaces = Array.from({ length: 3 }, (_, index) => ({
  index,
  shares: new Float64Array(6).fill(1 / 6),
  radius: 0.3,
}));

/** Beside a floor for what rounding leaves of nothing. */
const relativeDifference = (a: number, b: number): number => Math.abs(a - b) / (b + 0.02);

/** The shape when a layer's difference to an empty picture is multiplied at a place. */
function shapeWith(layer: AttentionLayer, place: number, factor: number) {
  const logits = tidy(() => {
    const pass = inferencePass(weights);
    const mapsOf = (picture: Float32Array): Tensor4D => {
      const shown: Tensor4D[] = [];
      encode(tiny, pass, tensor4d(picture, [1, 32, 32, 1]), (maps) => shown.push(maps));
      return shown[layer.blocks + 1];
    };
    const maps = mapsOf(image);
    const empty = mapsOf(new Float32Array(32 * 32)).dataSync();
    const values = Float32Array.from(maps.dataSync());
    for (let c = 0; c < layer.channels; c++) {
      const at = place * layer.channels + c;
      values[at] = empty[at] + factor * (values[at] - empty[at]);
    }
    const code = encodeFeatures(tiny, pass, tensor4d(values, maps.shape), layer.blocks);
    return Float32Array.from(decode(tiny, pass, code).dataSync());
  });
  return shapeOfLogits(logits, tiny);
}

describe('attention of parts', () => {
  it('lists the last map of each stage with its size', () => {
    const sizes = (inputSize: number) =>
      attentionLayers({ ...tiny, inputSize }).map(({ name, height, channels }) => [name, height, channels]);
    expect(sizes(64)).toEqual([
      ['stage1', 16, 4],
      ['stage2', 8, 8],
      ['stage3', 4, 16],
      ['stage4', 2, 32],
    ]);
    expect(sizes(224).map(([, height]) => height)).toEqual([56, 28, 14, 7]);
    expect(attentionLayer(tiny)?.name).toBe('stage2');
    expect(attentionLayer(tiny, 'stage5')).toBeNull();
  });

  for (const name of ['stage1', 'stage2', 'stage3']) {
    it(`${name}: is what the parts lose by central differences of what the layer says at a place`, async () => {
      const layer = layerOf(name);
      const places = layer.height * layer.width;
      const place = await partAttention(tiny, weights, image, layer, surfaces, 'place');
      const planes = await partAttention(tiny, weights, image, layer, surfaces, 'planes');
      // Small, so that few rectifiers change sides.
      const step = 0.001;
      for (const p of [0, Math.floor(places / 2), places - 1]) {
        const [less, more] = [shapeWith(layer, p, 1 - step), shapeWith(layer, p, 1 + step)];
        const change = (key: 'translations' | 'offsets' | 'normals', at: number): number =>
          (more[key][at] - less[key][at]) / (2 * step);
        for (let k = 0; k < 3; k++) {
          const moved = Math.hypot(...[0, 1, 2].map((axis) => change('translations', k * 3 + axis)));
          let squares = 0;
          for (let h = k * 6; h < (k + 1) * 6; h++) {
            const turn = Math.hypot(...[0, 1, 2].map((axis) => change('normals', h * 3 + axis)));
            squares += (change('offsets', h) ** 2 + (0.3 * turn) ** 2) / 6;
          }
          expect(relativeDifference(place[k * places + p], moved)).toBeLessThan(0.02);
          expect(relativeDifference(planes[k * places + p], Math.sqrt(squares))).toBeLessThan(0.02);
        }
      }
      expect(Math.max(...place)).toBeGreaterThan(0.02);
      expect(Math.max(...planes)).toBeGreaterThan(0.02);
    });
  }

  it('accounts on the last map for the whole code but that of an empty picture', async () => {
    const last = { ...tiny, inputSize: 64 };
    const large = Float32Array.from({ length: 64 * 64 }, (_, i) => image[i % image.length]);
    const layer = attentionLayer(last, 'stage4') as AttentionLayer;
    const { code, shares } = await codeAttention(last, weights, large, layer);
    const nothing = await codeAttention(last, weights, new Float32Array(64 * 64), layer);
    expect(nothing.shares.every((share) => share === 0)).toBe(true);
    for (let l = 0; l < code.length; l++) {
      let sum = 0;
      for (let p = 0; p < 4; p++) sum += shares[p * code.length + l];
      expect(sum).toBeCloseTo(code[l] - nothing.code[l], 4);
    }
  });

  it('has place and planes at right angles in all', async () => {
    const layer = layerOf('stage2');
    const targets = ['all', 'place', 'planes'] as const;
    const [all, place, planes] = await Promise.all(
      targets.map((target) => partAttention(tiny, weights, image, layer, surfaces, target)),
    );
    all.forEach((value, i) => expect(value).toBeCloseTo(Math.hypot(place[i], planes[i]), 5));
  });

  it('does not change when the parts are moved by a constant, and follows parts that change places', async () => {
    const layer = layerOf('stage3');
    const maps = await partAttention(tiny, weights, image, layer, surfaces, 'place');
    const biasName = 'decoder/dense3/bias';
    const bias = Float32Array.from((weights.get(biasName) as Tensor4D).dataSync());
    for (let i = tiny.parts; i < 4 * tiny.parts; i++) bias[i] += 0.3;
    const moved = new Map(weights).set(biasName, tensor(bias));
    expect(await partAttention(tiny, moved, image, layer, surfaces, 'place')).toEqual(maps);
    const reversed = await partAttention(tiny, weights, image, layer, surfaces.toReversed(), 'place');
    const places = layer.height * layer.width;
    expect(reversed.slice(2 * places)).toEqual(maps.slice(0, places));
    expect(maps.slice(0, places)).not.toEqual(maps.slice(2 * places));
    dispose(moved.get(biasName) as Tensor4D);
  });

  it('counts planes by the surface that they make, and leaves no tensor behind', async () => {
    const layer = layerOf('stage2');
    const before = memory().numTensors;
    const none = { index: 1, shares: new Float64Array(6), radius: 0.3 };
    const values = await partAttention(tiny, weights, image, layer, [none], 'planes');
    expect(values.every((value) => value === 0)).toBe(true);
    expect(memory().numTensors).toBe(before);
  });
});

describe('the surface of a part', () => {
  it('shares it among the planes that make faces', () => {
    const half = [0.2, 0.1, 0.1];
    const planes = [0, 1, 2].flatMap((axis) =>
      [-1, 1].map((sign) => ({
        normal: [0, 1, 2].map((i) => (i === axis ? sign : 0)) as [number, number, number],
        offset: half[axis],
        locked: false,
      })),
    );
    const idle = { normal: [Math.SQRT1_2, Math.SQRT1_2, 0] as const, offset: 0.45, locked: false };
    const part: ConvexPart = {
      id: 'part-02',
      name: 'Part 2',
      index: 1,
      translation: [0.1, 0, 0],
      planes: [...planes, idle],
      smoothness: 100,
      visible: true,
      locked: false,
    };
    // Faces of 0.04 twice and 0.08 four times.
    const { index, shares, radius } = partSurface(part, 7);
    expect(index).toBe(1);
    [0.1, 0.1, 0.2, 0.2, 0.2, 0.2, 0].forEach((share, h) => expect(shares[h]).toBeCloseTo(share, 9));
    expect(radius).toBeCloseTo(Math.sqrt(0.4 / (4 * Math.PI)), 9);
    // A plane that was added behind the learned ones is not learned.
    expect(partSurface(part, 5).shares.length).toBe(5);
  });
});
