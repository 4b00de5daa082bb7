import { BufferAttribute, BufferGeometry, Mesh, MeshLambertMaterial } from 'three';
import type { PaintedSurface } from '../types';

/** A part's faces with a colour at each corner. */
export interface PaintMesh {
  readonly surface: PaintedSurface;
  readonly mesh: Mesh<BufferGeometry, MeshLambertMaterial>;
  dispose(): void;
}

export function createPaintMesh(surface: PaintedSurface): PaintMesh {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(surface.positions, 3));
  geometry.setAttribute('normal', new BufferAttribute(surface.normals, 3));
  geometry.setAttribute('color', new BufferAttribute(surface.colours, 3));
  // Faces step back a little, so that the edges that lie on them are drawn whole.
  const material = new MeshLambertMaterial({
    vertexColors: true,
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 1,
  });
  const mesh = new Mesh(geometry, material);
  return {
    surface,
    mesh,
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };
}
