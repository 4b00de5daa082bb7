import { describe, expect, it } from 'vitest';
import type { CameraPose } from './ray-camera';
import type { RayCaster } from './ray-cast';
import { along, buildStudio, dot, floorStrength, sampleLight, shade, unit, type Studio } from './ray-studio';
import { boxMesh } from './testing/meshes';
import type { Vec3 } from './types';

const level: CameraPose = { eye: [0, 0, 9], right: [1, 0, 0], down: [0, -1, 0], forward: [0, 0, -1] };
const box = boxMesh([-1, 0, -2], [3, 2, 4]);

function expectNear(got: readonly number[], expected: readonly number[], digits = 12): void {
  expect(got).toHaveLength(expected.length);
  expected.forEach((value, axis) => expect(got[axis]).toBeCloseTo(value, digits));
}

describe('a studio', () => {
  it('has the size, the middle and the floor of the triangles, vertices of none left out', () => {
    const loose = { ...box, positions: Float64Array.of(...box.positions, 99, -99, 99) };
    for (const mesh of [box, loose]) {
      expect(buildStudio(mesh, level, 'y', true)).toMatchObject({
        upAxis: 1,
        up: [0, 1, 0],
        floor: 0,
        middle: [1, 1, 1],
        size: expect.closeTo(Math.sqrt(16 + 4 + 36), 12),
      });
    }
    expect(buildStudio(box, level, 'z', true)).toMatchObject({ upAxis: 2, up: [0, 0, 1], floor: -2 });
    expect(buildStudio(box, level, 'y', false).floor).toBeNull();
    const none = { positions: new Float64Array(9), indices: new Uint32Array() };
    expect(buildStudio(none, level, 'y', true)).toMatchObject({ floor: null, size: 1, middle: [0, 0, 0] });
  });

  it('has its key light upper left of the camera and a weak one to the right, both on its side', () => {
    const studio = buildStudio(box, level, 'y', true);
    const key = Math.hypot(0.75, 1.1, 0.55);
    expectNear(studio.key, [-0.75 / key, 1.1 / key, 0.55 / key]);
    const fill = Math.hypot(1, 0.25, 0.5);
    expectNear(studio.fill, [1 / fill, 0.25 / fill, 0.5 / fill]);
    // A camera that looks along +y in a world whose z points up.
    const other: CameraPose = { eye: [0, -9, 0], right: [1, 0, 0], down: [0, 0, -1], forward: [0, 1, 0] };
    const turned = buildStudio(box, other, 'z', true);
    expectNear(turned.key, [-0.75 / key, -0.55 / key, 1.1 / key]);
    expectNear(turned.fill, [1 / fill, -0.5 / fill, 0.25 / fill]);
  });
});

describe('light at a place', () => {
  const studio: Studio = {
    upAxis: 1,
    up: [0, 1, 0],
    key: unit(-1, 2, 2),
    fill: [1, 0, 0],
    floor: null,
    size: 10,
    middle: [0, 0, 0],
  };

  /** A caster that notes its rays: the key light is blocked or not, and the sky met at a share of what is asked. */
  function noting(blocked: boolean, nearness: number | null) {
    const keyRays: { place: Vec3; direction: Vec3 }[] = [];
    const skyRays: { place: Vec3; direction: Vec3; far: number }[] = [];
    let distance = Infinity;
    const caster: RayCaster = {
      first: (place, direction, far = Infinity) => {
        skyRays.push({ place, direction, far });
        distance = (nearness ?? 0) * far;
        return nearness === null ? -1 : 3;
      },
      distance: () => distance,
      blocked: (place, direction) => {
        keyRays.push({ place, direction });
        return blocked;
      },
    };
    return { caster, keyRays, skyRays };
  }

  it('is all of both where nothing is met, and less where something is', () => {
    const place: Vec3 = [1, 2, 3];
    expect(sampleLight(noting(false, null).caster, studio, place, [0, 1, 0], 0)).toEqual({ key: 1, sky: 1 });
    expect(sampleLight(noting(true, null).caster, studio, place, [0, 1, 0], 0)).toEqual({ key: 0, sky: 1 });
    const near = sampleLight(noting(false, 0.25).caster, studio, place, [0, 1, 0], 5);
    expect(near.key).toBe(1);
    expect(near.sky).toBeCloseTo(0.25, 12);
  });

  it('asks from just above the surface, and as far as corners are dark', () => {
    const { caster, keyRays, skyRays } = noting(false, null);
    sampleLight(caster, studio, [1, 2, 3], [0, 0, 1], 7);
    expect([keyRays.length, skyRays.length]).toEqual([1, 2]);
    for (const { place } of [...keyRays, ...skyRays]) expectNear(place, [1, 2, 3.0001]);
    for (const { far } of skyRays) expect(far).toBeCloseTo(3.5, 12);
  });

  it('has no key light behind a surface, and asks for none', () => {
    const { caster, keyRays } = noting(false, null);
    expect(sampleLight(caster, studio, [0, 0, 0], [0, -1, 0], 0).key).toBe(0);
    // At a right angle to the light, too: (2, 1, 0) . (-1, 2, 2) = 0.
    expect(sampleLight(caster, studio, [0, 0, 0], [0, Math.SQRT1_2, -Math.SQRT1_2], 0).key).toBe(0);
    expect(keyRays).toEqual([]);
  });

  it('comes evenly from the disc of the key light', () => {
    for (const key of [
      unit(-1, 2, 2),
      unit(3, -1, -2),
      [0, 0, -1] as Vec3,
      [0, 0, 1] as Vec3,
      [1, 0, 0] as Vec3,
    ]) {
      const { caster, keyRays } = noting(false, null);
      const count = 800;
      for (let index = 0; index < count; index++)
        sampleLight(caster, { ...studio, key }, [0, 0, 0], key, index);
      const across = keyRays.map(({ direction }) => {
        expect(Math.abs(dot(direction, key) - 1)).toBeLessThan(1e-12);
        return direction.map((x, axis) => x - key[axis]);
      });
      const radii = across.map((offset) => Math.hypot(...offset));
      expect(Math.max(...radii)).toBeLessThanOrEqual(0.11);
      expect(Math.max(...radii)).toBeGreaterThan(0.109);
      // A disc of radius r: the mean square of the distance from its middle is r^2 / 2, its middle is the mean.
      const meanSquare = radii.reduce((sum, radius) => sum + radius * radius, 0) / count;
      expect(meanSquare / 0.11 ** 2).toBeCloseTo(0.5, 2);
      for (const axis of [0, 1, 2]) {
        expect(across.reduce((sum, offset) => sum + offset[axis], 0) / count).toBeCloseTo(0, 3);
      }
      // As wide one way as the other: the second moments in the plane are those of a round disc.
      const moment = (i: number, j: number): number =>
        across.reduce((sum, offset) => sum + offset[i] * offset[j], 0) / count / 0.11 ** 2;
      for (const i of [0, 1, 2]) {
        for (const j of [0, 1, 2]) expect(moment(i, j)).toBeCloseTo((+(i === j) - key[i] * key[j]) / 4, 2);
      }
    }
  });

  it('comes from the half of the sky over the surface, more from where it faces', () => {
    for (const normal of [unit(-1, 2, 2), unit(3, -1, -2), [0, 0, -1] as Vec3, [0, 1, 0] as Vec3]) {
      const { caster, skyRays } = noting(false, null);
      const count = 500;
      for (let index = 0; index < count; index++) sampleLight(caster, studio, [0, 0, 0], normal, index);
      const rays = skyRays.map(({ direction }) => direction);
      expect(new Set(rays.map((ray) => ray.map((x) => x.toFixed(9)).join())).size).toBe(2 * count);
      let cosines = 0;
      for (const ray of rays) {
        expect(Math.abs(Math.hypot(...ray) - 1)).toBeLessThan(1e-12);
        const cosine = dot(ray, normal);
        if (!(cosine >= 0)) expect(cosine).toBeGreaterThanOrEqual(0);
        cosines += cosine;
      }
      // By the law of cosines: mean cosine 2/3, mean square 1/2 along the normal, 1/4 along each axis across it.
      expect(cosines / rays.length).toBeCloseTo(2 / 3, 2);
      for (const i of [0, 1, 2]) {
        for (const j of [0, 1, 2]) {
          const moment = rays.reduce((sum, ray) => sum + ray[i] * ray[j], 0) / rays.length;
          expect(moment).toBeCloseTo(+(i === j) / 4 + (normal[i] * normal[j]) / 4, 2);
        }
      }
    }
  });
});

describe('shading', () => {
  const studio: Studio = {
    upAxis: 1,
    up: [0, 1, 0],
    key: [0, 0.8, 0.6],
    fill: [1, 0, 0],
    floor: null,
    size: 10,
    middle: [1, 2, 3],
  };

  it('adds up the key light, the weak light and the sky', () => {
    const shadeOf = (normal: Vec3, key: number, sky: number): number => shade(studio, normal, { key, sky });
    expect(shadeOf([0, 1, 0], 1, 1)).toBeCloseTo(0.85 * 0.8 + 0.34, 12);
    expect(shadeOf([0, 1, 0], 0.5, 0)).toBeCloseTo(0.85 * 0.4 + 0.34 * 0.25, 12);
    expect(shadeOf([0, 0, 1], 1, 0.5)).toBeCloseTo(0.85 * 0.6 + 0.34 * (0.25 + 0.75 * 0.25), 12);
    expect(shadeOf([1, 0, 0], 1, 1)).toBeCloseTo(0.2 + 0.34 * (0.25 + 0.75 * 0.5), 12);
    // What faces away from a light gets nothing of it, and nothing less.
    expect(shadeOf([-1, 0, 0], 1, 1)).toBeCloseTo(0.34 * (0.25 + 0.75 * 0.5), 12);
    expect(shadeOf([0, -1, 0], 1, 1)).toBeCloseTo(0.34 * 0.25, 12);
    expect(shade({ ...studio, upAxis: 2 }, [0, 0, -1], { key: 1, sky: 1 })).toBeCloseTo(0.34 * 0.25, 12);
  });

  it('lets the floor fade away from the middle, by the size of the mesh', () => {
    const at = (place: Vec3, upAxis: 1 | 2 = 1): number => floorStrength({ ...studio, upAxis }, place);
    expect(at([1, 99, 3])).toBe(1);
    expect(at([10, 0, 3])).toBeCloseTo(Math.exp(-1), 12);
    expect(at([1, 0, -6])).toBeCloseTo(Math.exp(-1), 12);
    expect(at([10, 0, 12])).toBeCloseTo(Math.exp(-2), 12);
    expect(at([1, 11, 0], 2)).toBeCloseTo(Math.exp(-1), 12);
    expect(at([1, 2, 99], 2)).toBe(1);
    expect(at([1 + 9 * Math.sqrt(4.6), 0, 3])).toBeCloseTo(Math.exp(-4.6), 12);
    expect(at([1 + 9 * Math.sqrt(4.61), 0, 3])).toBe(0);
  });
});

describe('vectors', () => {
  it('go along a direction, have a product and a unit', () => {
    expect(along([1, 2, 3], [4, -5, 6], 2)).toEqual([9, -8, 15]);
    expect(dot([1, 2, 3], [4, -5, 6])).toBe(12);
    expectNear(unit(2, -3, 6), [2 / 7, -3 / 7, 6 / 7], 15);
    expect(unit(0, 0, 0)).toEqual([0, 0, 0]);
  });
});
