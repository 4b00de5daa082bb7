import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { createInsideTest, createPointInsideTest } from './inside';
import { orientOutward } from './inside-orient';
import { meshMass } from './mass';
import { sampleBox, sampleSurface } from './sampling';
import {
  boxMesh,
  bunnyMesh,
  sphereMesh,
  teapotMesh,
  torusMesh,
  turnTriangles,
  withoutTriangles,
} from './testing/meshes';
import { joinMeshes } from './join';

const SEED = 20_262;

function share(labels: Uint8Array): number {
  return labels.reduce((sum, x) => sum + x, 0) / labels.length;
}

describe('createInsideTest', () => {
  it(`agrees with the formula of a torus (seed ${SEED})`, () => {
    const mesh = torusMesh(0.35, 0.12, 160, 64);
    const points = sampleBox(20_000, 0.55, createRandom(SEED));
    const labels = createInsideTest(mesh).inside(points);
    let wrong = 0;
    for (let i = 0; i < labels.length; i++) {
      const [x, y, z] = points.subarray(i * 3, i * 3 + 3);
      const signed = Math.hypot(Math.hypot(x, y) - 0.35, z) - 0.12;
      // The facets lie up to 3e-4 inside the smooth torus.
      if (Math.abs(signed) > 4e-4 && (signed <= 0 ? 1 : 0) !== labels[i]) wrong++;
    }
    expect(wrong).toBe(0);
  });

  it(`gives the bunny its exact volume (seed ${SEED})`, () => {
    const mesh = bunnyMesh();
    const labels = createInsideTest(mesh).inside(sampleBox(100_000, 0.55, createRandom(SEED)));
    // 4 standard deviations of a share near 0.15 of 100,000.
    expect(Math.abs(share(labels) * 1.331 - meshMass(mesh).volume)).toBeLessThan(4 * 1.331 * 0.00113);
  });

  it(`fills the teapot although it is open (seed ${SEED})`, () => {
    const { mesh } = orientOutward(teapotMesh());
    const test = createInsideTest(mesh);
    const volume = share(test.inside(sampleBox(50_000, 0.55, createRandom(SEED)))) * 1.331;
    expect(volume).toBeGreaterThan(0.085);
    expect(volume).toBeLessThan(0.105);
    expect(test.winding(0, 0, 0)).toBeGreaterThan(0.9);
    expect(Math.abs(test.winding(0.5, 0.5, 0.5))).toBeLessThan(0.05);
  });

  it(`labels a cube with a missing side like the whole cube, away from the hole (seed ${SEED})`, () => {
    const box = boxMesh([-0.4, -0.4, -0.4], [0.4, 0.4, 0.4]);
    const open = createInsideTest(withoutTriangles(box, (t) => t < 2));
    const points = sampleBox(5000, 0.55, createRandom(SEED)).map((x, i) =>
      i % 3 === 2 ? Math.abs(x) * 0.8 : x,
    );
    expect(open.inside(points)).toEqual(createInsideTest(box).inside(points));
  });

  it('writes to the buffer that it is given', () => {
    const out = new Uint8Array(2);
    const test = createInsideTest(boxMesh([0, 0, 0], [1, 1, 1]));
    expect(test.inside([0.5, 0.5, 0.5, 2, 2, 2], out)).toBe(out);
    expect([...out]).toEqual([1, 0]);
  });

  it('finds nothing inside an empty mesh', () => {
    const test = createInsideTest({ positions: new Float64Array(0), indices: new Uint32Array(0) });
    expect([...test.inside([0, 0, 0])]).toEqual([0]);
  });
});

describe('createPointInsideTest', () => {
  it(`labels an oriented cloud nearly as the surface that it was drawn from (seed ${SEED})`, () => {
    const mesh = bunnyMesh();
    const { points, normals } = sampleSurface(mesh, 6000, createRandom(SEED));
    const queries = sampleBox(10_000, 0.55, createRandom(SEED + 1));
    const truth = createInsideTest(mesh).inside(queries);
    const labels = createPointInsideTest(points, normals).inside(queries);
    const same = labels.reduce((sum, label, i) => sum + (label === truth[i] ? 1 : 0), 0);
    expect(same / labels.length).toBeGreaterThan(0.99);
  });
});

describe('orientOutward', () => {
  it('leaves a sound mesh with a cavity as it is', () => {
    const hollow = joinMeshes([sphereMesh(1, 10), turnTriangles(sphereMesh(0.5, 10), () => true)]);
    const oriented = orientOutward(hollow);
    expect(oriented.flippedTriangles).toBe(0);
    expect(oriented.notes).toEqual([]);
    expect(oriented.mesh.indices).toEqual(hollow.indices);
  });

  it('turns an inside-out mesh over and says so', () => {
    const sphere = sphereMesh(1, 8);
    const oriented = orientOutward(turnTriangles(sphere, () => true));
    expect(meshMass(oriented.mesh).volume).toBeCloseTo(meshMass(sphere).volume, 12);
    expect(oriented.notes.join(' ')).toContain('inside out');
  });

  it('makes neighbours agree', () => {
    const sphere = sphereMesh(1, 8);
    const oriented = orientOutward(turnTriangles(sphere, (t) => t % 5 === 0));
    expect(meshMass(oriented.mesh).volume).toBeCloseTo(meshMass(sphere).volume, 12);
    expect(oriented.flippedTriangles).toBe(Math.ceil(sphere.indices.length / 3 / 5));
  });

  it('turns an inside-out body beside a sound one', () => {
    const small = turnTriangles(boxMesh([2, 2, 2], [3, 3, 3]), () => true);
    const oriented = orientOutward(joinMeshes([boxMesh([-1, -1, -1], [1, 1, 1]), small]));
    expect(meshMass(oriented.mesh).volume).toBeCloseTo(9, 12);
    expect(oriented.notes).toEqual(['1 inside-out body was turned over.']);
  });
});
