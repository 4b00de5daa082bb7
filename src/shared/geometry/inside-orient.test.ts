import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { orientOutward } from './inside-orient';
import { meshMass } from './mass';
import { boxMesh, sphereMesh, turnTriangles } from './testing/meshes';
import { joinMeshes } from './join';
import type { TriangleMesh, Vec3 } from './types';

function boxAt(place: number, size: number): TriangleMesh {
  const low: Vec3 = [place, -place, 2 * place];
  return boxMesh(low, [low[0] + size, low[1] + size, low[2] + size]);
}

/** Three vertices of its own per triangle, as STL stores it. */
function scattered({ positions, indices }: TriangleMesh): TriangleMesh {
  const out = new Float64Array(indices.length * 3);
  indices.forEach((v, i) => out.set(positions.subarray(v * 3, v * 3 + 3), i * 3));
  return { positions: out, indices: indices.map((_, i) => i) };
}

const allTurned = (mesh: TriangleMesh): TriangleMesh => turnTriangles(mesh, () => true);

/** Triangles as words that begin with their lowest vertex: equal for those that run the same way round. */
function directions({ indices }: TriangleMesh): string[] {
  return Array.from({ length: indices.length / 3 }, (_, t) => {
    const corners = [...indices.subarray(t * 3, t * 3 + 3)];
    const first = corners.indexOf(Math.min(...corners));
    return [...corners.slice(first), ...corners.slice(0, first)].join(' ');
  });
}

describe('orientOutward', () => {
  it('gives bodies apart their whole volume, however their triangles ran (seed 171)', () => {
    const random = createRandom(171);
    for (let round = 0; round < 30; round++) {
      const sizes = Array.from({ length: 1 + random.integer(4) }, () => 1 + random.integer(3));
      const whole = joinMeshes(sizes.map((size, i) => boxAt(6 * i, size)));
      const share = random.uniform();
      const shuffled = turnTriangles(whole, () => random.uniform() < share);
      for (const mesh of [shuffled, scattered(shuffled)]) {
        const oriented = orientOutward(mesh);
        const volume = sizes.reduce((sum, size) => sum + size ** 3, 0);
        expect(meshMass(oriented.mesh).volume, `round ${round}`).toBeCloseTo(volume, 9);
        expect(oriented.mesh.positions).toBe(mesh.positions);
        let turned = 0;
        for (let t = 0; t < mesh.indices.length; t += 3) {
          const [before, after] = [mesh.indices, oriented.mesh.indices].map((list) => [
            ...list.subarray(t, t + 3),
          ]);
          if (before.join() === after.join()) continue;
          turned++;
          expect(after).toEqual([before[0], before[2], before[1]]);
        }
        expect(oriented.flippedTriangles).toBe(turned);
      }
    }
  });

  it('gives tetrahedra of any form their volume, closed or without a side (seed 172)', () => {
    const random = createRandom(172);
    const coordinate = (): number => random.uniform() - 0.5;
    for (let round = 0; round < 20; round++) {
      let volume = 0;
      const bodies = Array.from({ length: 12 }, (_, place) => {
        const [a, b, c, d] = [0, 1, 2, 3].map(() => [coordinate(), coordinate(), coordinate()]);
        const [u, v, w] = [b, c, d].map((point) => point.map((x, axis) => x - a[axis]));
        const six =
          u[0] * (v[1] * w[2] - v[2] * w[1]) +
          u[1] * (v[2] * w[0] - v[0] * w[2]) +
          u[2] * (v[0] * w[1] - v[1] * w[0]);
        volume += Math.abs(six) / 6;
        const outward = six > 0 ? [0, 2, 1, 0, 1, 3, 1, 2, 3, 0, 3, 2] : [0, 1, 2, 0, 3, 1, 1, 3, 2, 0, 2, 3];
        const positions = [a, b, c, d].flatMap(([x, y, z]) => [x + 3 * place, y - 2 * place, z + place]);
        return { positions: Float64Array.from(positions), indices: Uint32Array.from(outward) };
      });
      const turned = bodies.map((body) =>
        turnTriangles(body, random.integer(2) === 0 ? () => true : () => false),
      );
      expect(meshMass(orientOutward(joinMeshes(turned)).mesh).volume).toBeCloseTo(volume, 9);
      const open = (mesh: TriangleMesh): TriangleMesh => ({ ...mesh, indices: mesh.indices.slice(3) });
      expect(directions(orientOutward(joinMeshes(turned.map(open))).mesh)).toEqual(
        directions(joinMeshes(bodies.map(open))),
      );
    }
  });

  it('lets most triangles of a patch stay as they are', () => {
    const hollow = (turned: (t: number) => boolean): TriangleMesh =>
      joinMeshes([boxMesh([-2, -2, -2], [2, 2, 2]), turnTriangles(boxMesh([-1, -1, -1], [1, 1, 1]), turned)]);
    // Inside another body both ways are sound: a cavity, or a body that counts twice.
    const body = orientOutward(hollow((t) => t < 5));
    expect([body.flippedTriangles, meshMass(body.mesh).volume]).toEqual([5, 64 + 8]);
    const cavity = orientOutward(hollow((t) => t < 7));
    expect([cavity.flippedTriangles, meshMass(cavity.mesh).volume]).toEqual([5, 64 - 8]);
    expect(cavity.notes).toEqual(['Triangles that ran against their neighbours were turned over.']);
  });

  it('turns every body that lies inside out outside the others, and counts them', () => {
    const two = joinMeshes([
      boxAt(0, 5),
      allTurned(boxAt(10, 1)),
      allTurned(sphereMesh(0.5, 4)),
      allTurned(boxAt(20, 2)),
    ]);
    // The sphere about the corner at the origin cuts the large box; its first vertex lies outside it.
    const oriented = orientOutward(two);
    expect(oriented.notes.at(-1)).toMatch(/^[23] inside-out bodies were turned over\.$/);
    const apart = orientOutward(joinMeshes([boxAt(0, 5), allTurned(boxAt(10, 1)), allTurned(boxAt(20, 2))]));
    expect(apart.notes).toEqual(['2 inside-out bodies were turned over.']);
    expect(apart.flippedTriangles).toBe(24);
    expect(meshMass(apart.mesh).volume).toBeCloseTo(125 + 1 + 8, 9);
  });

  it('turns a whole mesh of negative volume over, cavities and all', () => {
    const hollow = joinMeshes([
      boxMesh([-2, -2, -2], [2, 2, 2]),
      allTurned(boxMesh([-1, -1, -1], [1, 1, 1])),
    ]);
    const oriented = orientOutward(allTurned(hollow));
    expect(meshMass(oriented.mesh).volume).toBeCloseTo(56, 9);
    expect(oriented.flippedTriangles).toBe(24);
    expect(oriented.notes).toEqual([
      'The mesh was inside out (negative volume); its triangles were turned over.',
    ]);
  });

  it('passes no direction on over an edge of more than two triangles', () => {
    // Two boxes that share an edge: four triangles run along it, and each box is sound by itself.
    const pair = joinMeshes([boxMesh([0, 0, 0], [1, 1, 1]), boxMesh([1, 1, 0], [2, 2, 1])]);
    expect(orientOutward(pair)).toMatchObject({ flippedTriangles: 0, notes: [] });
    const mixed = orientOutward(turnTriangles(pair, (t) => t === 3 || t === 14));
    expect(mixed.flippedTriangles).toBe(2);
    expect(meshMass(mixed.mesh).volume).toBeCloseTo(2, 12);
    // A third sheet on an edge of a box.
    const fin = {
      positions: Float64Array.of(...boxMesh([0, 0, 0], [1, 1, 1]).positions, -1, -1, 0.5),
      indices: Uint32Array.of(...boxMesh([0, 0, 0], [1, 1, 1]).indices, 0, 4, 8, 4, 0, 8),
    };
    expect(orientOutward(fin).flippedTriangles).toBe(0);
  });

  it('turns no triangle for the sake of an edge that is not between two (a book of flat pages)', () => {
    // All pages run the same way along the spine, which two neighbours may not; all lie in one plane: no volume.
    const pages = (count: number): TriangleMesh => ({
      positions: Float64Array.of(
        0,
        0,
        0,
        1,
        0,
        0,
        ...Array.from({ length: count }, (_, page) => [0, 1 + page, 0]).flat(),
      ),
      indices: Uint32Array.of(...Array.from({ length: count }, (_, page) => [0, 1, 2 + page]).flat()),
    });
    const turned = [1, 2, 3, 4, 5].map((count) => orientOutward(pages(count)).flippedTriangles);
    expect(turned).toEqual([0, 1, 0, 0, 0]);
  });

  it('gives an open body the sign of its volume about its own middle', () => {
    const far = boxMesh([100, 200, 300], [101, 201, 301]);
    const open = { ...far, indices: far.indices.slice(6) };
    expect(orientOutward(open).flippedTriangles).toBe(0);
    expect(orientOutward(allTurned(open)).flippedTriangles).toBe(10);
  });

  it('of nothing is nothing', () => {
    const none = { positions: new Float64Array(), indices: new Uint32Array() };
    expect(orientOutward(none)).toEqual({ mesh: none, flippedTriangles: 0, notes: [] });
  });
});
