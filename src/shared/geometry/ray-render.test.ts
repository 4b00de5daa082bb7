import { describe, expect, it } from 'vitest';
import { lookAt } from './ray-camera';
import { renderMesh, type RenderOptions } from './ray-render';
import type { TriangleMesh } from './types';

const SIZE = 64;
const camera = lookAt([2, 2, 4], [0, 0.5, 0], [0, 1, 0], SIZE, SIZE, 0.7);
const cube = box(-0.5, 0, -0.5, 0.5, 1, 0.5);

function box(x0: number, y0: number, z0: number, x1: number, y1: number, z1: number): TriangleMesh {
  const corners = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((i) => [
    i & 1 ? x1 : x0,
    i & 2 ? y1 : y0,
    i & 4 ? z1 : z0,
  ]);
  const quads = [0, 4, 6, 2, 1, 3, 7, 5, 0, 1, 5, 4, 2, 6, 7, 3, 0, 2, 3, 1, 4, 5, 7, 6];
  const indices = [0, 1, 2, 3, 4, 5].flatMap((q) => {
    const [a, b, c, d] = quads.slice(q * 4, q * 4 + 4);
    return [a, b, c, a, c, d];
  });
  return { positions: Float64Array.from(corners), indices: Uint32Array.from(indices) };
}

function both(a: TriangleMesh, b: TriangleMesh): TriangleMesh {
  const first = a.positions.length / 3;
  return {
    positions: Float64Array.of(...a.positions, ...b.positions),
    indices: Uint32Array.of(...a.indices, ...b.indices.map((i) => i + first)),
  };
}

function brightness(image: Uint8Array, u: number, v: number): number {
  const at = (v * SIZE + u) * 4;
  return image[at] + image[at + 1] + image[at + 2];
}

const render = (mesh: TriangleMesh, options?: RenderOptions): Uint8Array => renderMesh(mesh, camera, options);

describe('a picture', () => {
  it('is opaque, and the same every time', () => {
    const image = render(cube);
    expect(image.length).toBe(SIZE * SIZE * 4);
    for (let i = 3; i < image.length; i += 4) expect(image[i]).toBe(255);
    expect(render(cube)).toEqual(image);
  });

  it('shows the colours of the triangles', () => {
    const colours = Uint8Array.from({ length: cube.indices.length }, (_, i) => (i % 3 === 0 ? 200 : 0));
    const image = render(cube, { colours });
    const middle = (32 * SIZE + 32) * 4;
    expect(image[middle]).toBeGreaterThan(60);
    expect([image[middle + 1], image[middle + 2]]).toEqual([0, 0]);
  });

  it('has a shadow on the floor, unless there is no floor', () => {
    const bare = render(cube, { floor: false });
    const standing = render(cube);
    const darker = Array.from({ length: SIZE * SIZE }, (_, p) => p).filter(
      (p) =>
        brightness(standing, p % SIZE, Math.floor(p / SIZE)) <
        brightness(bare, p % SIZE, Math.floor(p / SIZE)) - 20,
    );
    expect(darker.length).toBeGreaterThan(20);
  });

  it('is darker where something stands between a surface and the key light', () => {
    const { cameraToWorld } = camera;
    const m = cameraToWorld!;
    // A slab on the way from the cube's top to the light: up, left of the camera and a little towards it.
    const [x, z] = [-0.75 * m[0] - 0.55 * m[2], -0.75 * m[8] - 0.55 * m[10]];
    const slab = box(x * 1.5 - 0.9, 3.2, z * 1.5 - 0.9, x * 1.5 + 0.9, 3.3, z * 1.5 + 0.9);
    const top = (image: Uint8Array): number => brightness(image, 32, 24);
    expect(top(render(both(cube, slab)))).toBeLessThan(0.8 * top(render(cube)));
  });

  it('of nothing is the backdrop', () => {
    const image = render({ positions: new Float64Array(0), indices: new Uint32Array(0) });
    const rows = [0, 20, 40, 63].map((v) => brightness(image, 5, v));
    expect([...rows].sort((a, b) => a - b)).toEqual(rows);
    for (const v of [0, 30, 63]) expect(brightness(image, 60, v)).toBe(brightness(image, 2, v));
  });
});

describe('a picture of one wide wall', () => {
  const SMALL = 24;
  const front = lookAt([0, 0, 5], [0, 0, 0], [0, 1, 0], SMALL, SMALL, 0.7);
  /** Where x = 1 at the wall is, in pixels from the middle. */
  const scale = front.fx / 5;

  /** A square across the view from x = left on, at z = 0; it faces the camera, or away. */
  function wall(left: number, away = false): TriangleMesh {
    const indices = away ? [0, 2, 1, 0, 3, 2] : [0, 1, 2, 0, 2, 3];
    return {
      positions: Float64Array.of(left, -50, 0, 50, -50, 0, 50, 50, 0, left, 50, 0),
      indices: Uint32Array.from(indices),
    };
  }

  /** The image coordinate u as a place on the wall. */
  const atPixel = (u: number): number => (u - front.cx) / scale;
  const encoded = (light: readonly number[]): number[] =>
    light.map((x) => Math.round(255 * Math.min(1, x) ** (1 / 2.2)));
  const backdrop = (row: number): number[] => {
    const t = row / SMALL;
    return [0.055 + 0.105 * t, 0.062 + 0.108 * t, 0.075 + 0.115 * t];
  };
  // Towards the camera: the key light stands at (-0.75, 1.1, 0.55), the fill at (1, 0.25, 0.5).
  const strength = (upwards: number): number =>
    (0.85 * 0.55) / Math.hypot(0.75, 1.1, 0.55) +
    (0.2 * 0.5) / Math.hypot(1, 0.25, 0.5) +
    0.34 * (0.25 + 0.75 * (0.5 + 0.5 * upwards));
  const clay = [0.62, 0.6, 0.57].map((x) => x * strength(0));
  const pixel = (image: Uint8Array, u: number, v: number): number[] => {
    const at = (v * SMALL + u) * 4;
    return [...image.subarray(at, at + 3)];
  };
  const picture = (mesh: TriangleMesh, options: RenderOptions = {}): Uint8Array =>
    renderMesh(mesh, front, { floor: false, ...options });

  it('is lit by the angles to both lights and the sky, on whichever side it is seen', () => {
    for (const away of [false, true]) {
      const image = picture(wall(-50, away));
      for (const [u, v] of [
        [0, 0],
        [11, 12],
        [23, 23],
      ])
        expect(pixel(image, u, v)).toEqual(encoded(clay));
    }
  });

  it('has the colours of its triangles, as screens encode them', () => {
    const colours = Uint8Array.of(200, 100, 50, 10, 250, 0);
    const image = picture(wall(-50), { colours });
    const lit = (bytes: number[]): number[] =>
      encoded(bytes.map((byte) => (byte / 255) ** 2.2 * strength(0)));
    expect(pixel(image, 20, 20)).toEqual(lit([200, 100, 50]));
    expect(pixel(image, 3, 3)).toEqual(lit([10, 250, 0]));
  });

  it('is darker and brighter with the way up', () => {
    // Up is towards the camera: the wall gets all of the sky, and the lights from above it.
    const image = picture(wall(-50), { upAxis: 'z' });
    const key = (1.1 + 0.55) / Math.hypot(0.75, 1.1 + 0.55);
    const fill = (0.25 + 0.5) / Math.hypot(1, 0.25 + 0.5);
    const light = 0.85 * key + 0.2 * fill + 0.34;
    expect(pixel(image, 12, 12)).toEqual(encoded([0.62, 0.6, 0.57].map((x) => x * light)));
  });

  it('stands before a backdrop that brightens downwards', () => {
    const image = picture(wall(40));
    for (const row of [0, 7, 23]) {
      for (const u of [0, 12, 23]) expect(pixel(image, u, row)).toEqual(encoded(backdrop(row)));
    }
  });

  it('covers a pixel at its edge by as many rays of a row as meet it', () => {
    // Rays at a third of a pixel: one of three meets what begins 0.2 behind the middle of pixel 10.
    const image = picture(wall(atPixel(10.2)));
    const bare = picture(wall(atPixel(10.2)), { samples: 1 });
    const four = picture(wall(atPixel(10.2)), { samples: 4 });
    for (const row of [1, 12, 22]) {
      const mixed = (share: number): number[] =>
        encoded(clay.map((x, c) => share * x + (1 - share) * backdrop(row)[c]));
      expect(pixel(image, 9, row)).toEqual(encoded(backdrop(row)));
      expect(pixel(image, 10, row)).toEqual(mixed(1 / 3));
      expect(pixel(image, 11, row)).toEqual(encoded(clay));
      expect(pixel(bare, 10, row)).toEqual(encoded(backdrop(row)));
      // At -3/8, -1/8, 1/8 and 3/8: one of four.
      expect(pixel(four, 10, row)).toEqual(mixed(1 / 4));
    }
  });

  it('mixes colours where triangles of different colours meet, and only there', () => {
    // Two walls side by side in one plane, the right one from pixel 10.2 on.
    const left = wall(-50);
    const border = atPixel(10.2);
    const ended = left.positions.map((x, at) => (at % 3 === 0 && x === 50 ? border : x));
    const two = both({ ...left, positions: ended }, wall(border));
    const colours = Uint8Array.from([...Array(6).fill(255), ...Array(6).fill(0)]);
    const image = picture(two, { colours });
    const white = [1, 1, 1].map((x) => x * strength(0));
    expect(pixel(image, 9, 12)).toEqual(encoded(white));
    expect(pixel(image, 10, 12)).toEqual(encoded(white.map((x) => (2 / 3) * x)));
    expect(pixel(image, 11, 12)).toEqual([0, 0, 0]);
  });

  it('shows no floor that nothing shades: it is one with the backdrop', () => {
    const post = box(-0.02, 0, -0.02, 0.02, 0.04, 0.02);
    const down = lookAt([0, 3, 6], [0, 0, 0], [0, 1, 0], SMALL, SMALL, 0.7);
    const lit = renderMesh(post, down, { floor: true });
    const bare = renderMesh(post, down, { floor: false });
    for (const [u, v] of [
      [0, 23],
      [23, 23],
      [2, 2],
    ])
      expect(pixel(lit, u, v)).toEqual(pixel(bare, u, v));
  });
});
