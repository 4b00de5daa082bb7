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
