import { describe, expect, it } from 'vitest';
import type { LabelledPoints } from '../../../shared/geometry/occupancy';
import { createRandom } from '../../../shared/random';
import { unwrap } from '../../../shared/result';
import { depthSource } from './depth-source';
import { box, cameraAt, plane, renderDepth, sphere, together, viewOf, type Scene } from './fixtures';
import { backProject, project } from './depth/view';
import type { LoadRequest, SourceBody } from './types';

const SEED = 7;
const ground = plane([0, 1, 0], 0);
const ball = sphere([0, 0.5, 0], 0.5);
const crate = box([0, 0.3, 0], [0.4, 0.3, 0.3]);
const camera = cameraAt([1.2, 1.3, 2.4], [0, 0.4, 0]);

const inBall = ([x, y, z]: readonly number[]): boolean => Math.hypot(x, y - 0.5, z) < 0.5;
const inCrate = ([x, y, z]: readonly number[]): boolean =>
  Math.abs(x) < 0.4 && Math.abs(y - 0.3) < 0.3 && Math.abs(z) < 0.3;

function sourceOf(scene: Scene, request: LoadRequest = {}, from = camera): SourceBody {
  return unwrap(depthSource(renderDepth(scene, from), from, 'depth.png', 'camera.json', request));
}

function metresOf(source: SourceBody, { points }: LabelledPoints, i: number): number[] {
  const { origin, metresPerUnit } = source.frame;
  return [0, 1, 2].map((c) => origin[c] + metresPerUnit * points[i * 3 + c]);
}

/** Share of the labelled points whose label is the truth. */
function agreement(
  source: SourceBody,
  set: LabelledPoints,
  truth: (p: readonly number[]) => boolean,
): number {
  let right = 0;
  for (let i = 0; i < set.inside.length; i++) {
    if (truth(metresOf(source, set, i)) === (set.inside[i] === 1)) right++;
  }
  return right / set.inside.length;
}

describe('camera', () => {
  it('back-projection undoes projection', () => {
    const view = viewOf(ground, camera);
    const image = new Float64Array(3);
    project(view, ...backProject(view, 31, 77, 1.7), image);
    expect(Array.from(image, (x) => Math.round(x * 1e9) / 1e9)).toEqual([31, 77, 1.7]);
  });

  it('without a pose the world is upright', () => {
    const { cameraToWorld: _, ...level } = cameraAt([0, 0, 0], [0, 0, -1]);
    const source = unwrap(
      depthSource(
        { ...renderDepth(sphere([0, 0.3, -3], 0.5), cameraAt([0, 0, 0], [0, 0, -1])) },
        level,
        'depth.png',
        'camera.json',
        {},
      ),
    );
    expect(source.frame.origin[1]).toBeCloseTo(0.3, 1);
    expect(source.frame.origin[2]).toBeLessThan(-2.4);
  });
});

describe.each([
  ['a ball', ball, inBall],
  ['a crate', crate, inCrate],
])('%s on the ground', (_, object, truth) => {
  const source = sourceOf(together(object, ground));

  it('is found apart from the ground', () => {
    expect(source.notes).toContain('The ground was found and taken away.');
    const low = Math.min(
      ...Array.from(
        { length: source.surface!.points.length / 3 },
        (_, i) => source.surface!.points[i * 3 + 1],
      ),
    );
    const metres = source.frame.origin[1] + source.frame.metresPerUnit * low;
    expect(metres).toBeGreaterThan(-0.01);
    expect(metres).toBeLessThan(0.2);
  });

  it(`labels agree with the truth for 99 % of the points, seed ${SEED}`, () => {
    const samples = unwrap(source.sample({ box: 4000, nearSurface: 4000 }, createRandom(SEED)));
    for (const set of [samples.box, samples.nearSurface]) {
      expect(set.inside.length).toBe(4000);
      expect(set.inside).toContain(1);
      expect(set.inside).toContain(0);
      expect(agreement(source, set, truth)).toBeGreaterThan(0.99);
    }
  });

  it(`no point lies where no ray went, seed ${SEED}`, () => {
    const { box: set } = unwrap(source.sample({ box: 4000, nearSurface: 0 }, createRandom(SEED)));
    const view = viewOf(together(object, ground), camera);
    const image = new Float64Array(3);
    for (let i = 0; i < set.inside.length; i++) {
      const [x, y, z] = metresOf(source, set, i);
      project(view, x, y, z, image);
      const measured = view.depth[Math.round(image[1]) * view.width + Math.round(image[0])];
      const seen = image[2] < measured + 0.15;
      expect(seen || y < 0.02).toBe(true);
    }
  });

  it('normals point out of the surface', () => {
    const { points, normals } = source.surface!;
    let outward = 0;
    for (let i = 0; i < points.length; i += 3) {
      const at = [0, 1, 2].map((c) => source.frame.origin[c] + source.frame.metresPerUnit * points[i + c]);
      const step = 0.02;
      const outside = !truth([0, 1, 2].map((c) => at[c] + step * normals![i + c]));
      const inside = truth([0, 1, 2].map((c) => at[c] - step * normals![i + c]));
      if (outside && inside) outward++;
    }
    expect(outward / (points.length / 3)).toBeGreaterThan(0.9);
  });

  it('the same seed gives the same samples', () => {
    const [a, b] = [1, 2].map(() => unwrap(source.sample({ box: 50, nearSurface: 50 }, createRandom(SEED))));
    expect(a).toEqual(b);
  });
});

describe('a depth camera with noise, drop-outs and millimetre steps', () => {
  it.each([
    ['a ball', ball, inBall],
    ['a crate', crate, inCrate],
  ])(`%s: labels agree with the truth for 99 in 100 points, seed ${SEED}`, (_, object, truth) => {
    const fine = cameraAt([1.2, 1.3, 2.4], [0, 0.4, 0], 320, 240);
    const clean = renderDepth(together(object, ground), fine);
    const random = createRandom(SEED);
    // Noise of 1.5 mm at 1 m, growing with the square of the depth; two percent of the pixels measure nothing.
    const values = clean.values.map((stored) => {
      const noisy = stored + 1.5 * (stored / 1000) ** 2 * random.normal();
      return random.uniform() < 0.02 || noisy > 65_535 ? 0 : Math.round(noisy);
    });
    const source = unwrap(depthSource({ ...clean, values }, fine, 'depth.png', 'camera.json', {}));
    expect(source.notes).toContain('The ground was found and taken away.');
    const samples = unwrap(source.sample({ box: 4000, nearSurface: 4000 }, createRandom(SEED)));
    expect(agreement(source, samples.box, truth)).toBeGreaterThan(0.99);
    expect(agreement(source, samples.nearSurface, truth)).toBeGreaterThan(0.99);
    expect(samples.nearSurface.inside.reduce((sum, label) => sum + label, 0)).toBeGreaterThan(1000);
  });
});

describe('a wall behind the object', () => {
  it('is taken away', () => {
    const front = cameraAt([0, 0.5, 3], [0, 0.5, 0]);
    const source = sourceOf(together(ball, plane([0, 0, 1], -1)), {}, front);
    expect(source.notes).toContain('A flat background was found and taken away.');
    expect(source.frame.metresPerUnit).toBeGreaterThan(0.8);
    expect(source.frame.metresPerUnit).toBeLessThan(1.1);
  });

  it('an object that fills the image stays', () => {
    const close = cameraAt([0, 0.5, 0.9], [0, 0.5, 0]);
    const source = sourceOf(ball, {}, close);
    expect(source.facts.vertices).toBeGreaterThan(0.9 * 160 * 120);
  });
});

describe('completion', () => {
  it('without background the space beside the object stays unknown, which a note says', () => {
    const source = sourceOf(ball);
    expect(source.notes.some((note) => note.startsWith('Around the object nothing was measured'))).toBe(true);
    const { box: set } = unwrap(source.sample({ box: 2000, nearSurface: 0 }, createRandom(SEED)));
    expect(agreement(source, set, inBall)).toBeGreaterThan(0.99);
  });

  it(`the ground: a crate is filled down to it, seed ${SEED}`, () => {
    const open = sourceOf(together(crate, ground));
    const filled = sourceOf(together(crate, ground), { completion: 'ground' });
    const count = (source: SourceBody): number => {
      const { box: set } = unwrap(source.sample({ box: 4000, nearSurface: 0 }, createRandom(SEED)));
      expect(agreement(source, set, inCrate)).toBeGreaterThan(0.97);
      return set.inside.reduce((sum, label) => sum + label, 0);
    };
    expect(count(filled)).toBeGreaterThan(2 * count(open));
  });

  it.each([
    ['a ball', ball, inBall],
    ['a crate', crate, inCrate],
  ])(`the mirror: %s gets its far side, seed ${SEED}`, (_, object, truth) => {
    const scene = together(object, ground);
    const source = sourceOf(scene, { completion: 'mirror' });
    expect(source.notes).toContain('The unseen side was completed by the symmetry of what was seen.');
    const { box: set } = unwrap(source.sample({ box: 6000, nearSurface: 0 }, createRandom(SEED)));
    expect(agreement(source, set, truth)).toBeGreaterThan(0.97);
    const { box: open } = unwrap(sourceOf(scene).sample({ box: 6000, nearSurface: 0 }, createRandom(SEED)));
    const count = (inside: Uint8Array): number => inside.reduce((sum, label) => sum + label, 0);
    expect(count(set.inside)).toBeGreaterThan(2 * count(open.inside));
  });

  it(`a shape without symmetry is mirrored across the view, which a note says, seed ${SEED}`, () => {
    const crooked = together(
      sphere([-0.2, 0.5, -0.3], 0.3),
      box([0.3, 0.15, 0.3], [0.2, 0.15, 0.05]),
      ground,
    );
    const source = sourceOf(crooked, { completion: 'mirror' });
    expect(source.notes.some((note) => note.startsWith('No vertical symmetry was found'))).toBe(true);
    expect(unwrap(source.sample({ box: 500, nearSurface: 0 }, createRandom(SEED))).box.inside).toContain(1);
  });
});

describe('depth images that are not usable', () => {
  it('all zeros', () => {
    const read = { ...renderDepth(ball, camera), values: new Float32Array(camera.width * camera.height) };
    const result = depthSource(read, camera, 'depth.png', 'camera.json', {});
    expect(result).toMatchObject({ ok: false, error: { code: 'no-depth' } });
    expect(!result.ok && result.error.message).toMatch(/^depth\.png, all 19200 pixels: no pixel has a depth/);
  });

  it('nothing but ground', () => {
    const result = depthSource(renderDepth(ground, camera), camera, 'depth.png', 'camera.json', {});
    expect(result).toMatchObject({ ok: false, error: { code: 'no-depth' } });
  });

  it('a camera of another size', () => {
    const result = depthSource(
      renderDepth(ball, camera),
      { ...camera, width: 80 },
      'depth.png',
      'camera.json',
      {},
    );
    expect(!result.ok && result.error.message).toMatch(
      /^camera\.json, fields "width" and "height": they say 80 x 120/,
    );
  });
});
