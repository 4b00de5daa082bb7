import '@tensorflow/tfjs-backend-cpu';
import { dispose, setBackend, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMPACT_DEPTH_TRAINING, type CvxNetTraining } from '../../../../shared/recipes/training';
import type { DatasetShape } from '../../../../shared/dataset/types';
import type { LabelledPoints } from '../../../../shared/geometry/occupancy';
import { createRandom } from '../../../../shared/random';
import { unwrap } from '../../../../shared/result';
import { shapeOfLogits } from '../../../../shared/shape/parameters';
import { initialWeights } from '../network/initialise';
import { drawRow } from './row';
import { startFromClusters } from './start';
import { occupancyGrid } from './teacher';

const config: CvxNetTraining = {
  ...COMPACT_DEPTH_TRAINING,
  network: {
    ...COMPACT_DEPTH_TRAINING.network,
    parts: 4,
    planes: 9,
    inputSize: 16,
    encoderWidth: 0.0625,
    latent: 6,
    decoderWidths: [8],
  },
  teacher: null,
  boxPoints: 40,
  nearPoints: 24,
};

/** A ball whose radius decides how many of the points lie inside. */
function ball(radius: number, count = 400): DatasetShape {
  const random = createRandom(4);
  const sample = (): LabelledPoints => {
    const points = Float32Array.from({ length: count * 3 }, () => 1.1 * (random.uniform() - 0.5));
    const inside = Uint8Array.from({ length: count }, (_, i) =>
      Math.hypot(...points.subarray(i * 3, i * 3 + 3)) < radius ? 1 : 0,
    );
    return { points, inside };
  };
  const depth = new Float32Array(400).map((_, i) => (Math.hypot((i % 20) - 10, i / 20 - 10) < 6 ? 2 : 0));
  return {
    id: 'ball-1',
    family: 'ball',
    samples: { box: sample(), nearSurface: sample() },
    views: [{ colour: null, depth: { width: 20, height: 20, depth }, camera: null }],
  };
}

describe('a row of a batch', () => {
  it('keeps labels with their points and follows from its generator', () => {
    const row = unwrap(drawRow(ball(0.4), config, true, createRandom(1)));
    expect(row.points.length).toBe(64 * 3);
    row.labels.forEach((label, i) => {
      expect(Math.hypot(...row.points.subarray(i * 3, i * 3 + 3)) < 0.4).toBe(label === 1);
    });
    expect(row.image?.length).toBe(256);
    expect(unwrap(drawRow(ball(0.4), config, true, createRandom(1)))).toEqual(row);
    expect(unwrap(drawRow(ball(0.4), config, true, createRandom(2))).points).not.toEqual(row.points);
  });

  it('draws interior points again where there are too few, and says where there are none', () => {
    const thin = ball(0.13, 2000);
    const share = thin.samples.box.inside.reduce((a, b) => a + b, 0) / 2000;
    expect(share).toBeLessThan(0.02);
    const row = unwrap(drawRow(thin, config, true, createRandom(1)));
    expect(row.labels.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(20);
    const hollow = drawRow(ball(0), config, true, createRandom(1));
    expect(hollow).toMatchObject({ ok: false, error: { code: 'shape-without-inside' } });
    if (!hollow.ok) expect(hollow.error.message).toContain('ball-1');
  });

  it('takes no picture where the stage needs none, and names a view that is missing', () => {
    const blind = { ...ball(0.4), views: [] };
    expect(unwrap(drawRow(blind, config, false, createRandom(1))).image).toBeNull();
    expect(drawRow(blind, config, true, createRandom(1))).toMatchObject({ error: { code: 'view-missing' } });
    const rgb = { ...config, network: { ...config.network, inputChannels: 3 } };
    expect(drawRow(ball(0.4), rgb, true, createRandom(1))).toMatchObject({ error: { code: 'view-missing' } });
  });

  it('holds the share of interior samples per cell', () => {
    const points = Float32Array.of(-0.5, -0.5, -0.5, -0.4, -0.5, -0.5, 0.5, 0.5, 0.5);
    const box = { points, inside: Uint8Array.of(1, 0, 1) };
    const grid = occupancyGrid(
      { box, nearSurface: { points: new Float32Array(0), inside: new Uint8Array(0) } },
      4,
    );
    expect(grid.length).toBe(64);
    expect([grid[0], grid[63], grid.reduce((a, b) => a + b, 0)]).toEqual([0.5, 1, 1.5]);
  });
});

describe('the start from clusters', () => {
  beforeAll(() => setBackend('cpu'));

  it('stands a part on every cluster, its planes around it at the cluster extent', async () => {
    const random = createRandom(2);
    const centres = [
      [0.3, 0.3, 0],
      [-0.3, 0.3, 0],
      [0.3, -0.3, 0],
      [-0.3, -0.3, 0.2],
    ];
    const interior = Float32Array.from({ length: 2400 }, (_, i) => {
      const cluster = Math.floor(i / 3) % 4;
      return centres[cluster][i % 3] + 0.2 * (random.uniform() - 0.5);
    });
    const weights = await startFromClusters(
      config.network,
      initialWeights(config.network, createRandom(1)),
      interior,
      createRandom(3),
    );
    const bias = weights.get('decoder/dense2/bias') as Tensor;
    const shape = shapeOfLogits(Float64Array.from(bias.dataSync()), config.network);
    for (const centre of centres) {
      const nearest = Math.min(
        ...[0, 1, 2, 3].map((k) => Math.hypot(...centre.map((c, a) => c - shape.translations[k * 3 + a]))),
      );
      expect(nearest).toBeLessThan(0.02);
    }
    const along = (component: number) => [...shape.normals].filter((_, i) => i % 3 === component);
    for (const component of [0, 1, 2]) {
      expect(Math.min(...along(component))).toBeLessThan(-0.5);
      expect(Math.max(...along(component))).toBeGreaterThan(0.5);
    }
    for (const offset of shape.offsets) {
      expect(offset).toBeGreaterThan(0.04);
      expect(offset).toBeLessThan(0.13);
    }
    dispose([...weights.values()]);
  });
});
