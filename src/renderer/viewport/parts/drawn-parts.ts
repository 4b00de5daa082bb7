import {
  BufferAttribute,
  BufferGeometry,
  Color,
  DoubleSide,
  Group,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshLambertMaterial,
  Ray,
} from 'three';
import { MeshBVH } from 'three-mesh-bvh';
import type { Polytope } from '../../../shared/geometry/types';
import { partColour, type Theme } from '../../../shared/shape/colour';
import { partPolytope } from '../../../shared/shape/explicit';
import type { ConvexPart } from '../../../shared/shape/types';
import { explodeOffsets } from './explode';
import { palette } from '../palette';
import { partBuffers, type PartBuffers } from './part-geometry';
import { createPaintMesh, type PaintMesh } from './paint-mesh';
import type { Hit, PaintedSurface, ViewportState } from '../types';

/** Objects on this layer cast the contact shadow. */
export const SHADOW_LAYER = 1;

/** One part as drawn. Remade in place when its ConvexPart object changes, and only then. */
export interface DrawnPart {
  readonly part: ConvexPart;
  /** Null when the planes enclose nothing. */
  readonly polytope: Polytope | null;
  readonly buffers: PartBuffers | null;
  readonly group: Group;
}

interface Entry extends DrawnPart {
  part: ConvexPart;
  polytope: Polytope | null;
  buffers: PartBuffers | null;
  readonly mesh: Mesh<BufferGeometry, MeshLambertMaterial>;
  readonly edges: LineSegments<BufferGeometry, LineBasicMaterial>;
  bvh: MeshBVH | null;
  /** Drawn in place of the mesh, which stays for picking. */
  paint: PaintMesh | null;
}

export interface DrawnParts {
  readonly group: Group;
  /**
   * Applies a state; returns true when any geometry or position changed. While `held` (a plane is being dragged) an
   * exploded arrangement stands still, so that nothing drifts under the pointer.
   */
  update(state: ViewportState, held?: boolean): boolean;
  get(partId: string): DrawnPart | undefined;
  /** Drawn parts: visible and not hidden by isolation. */
  drawn(): readonly DrawnPart[];
  /** The nearest face on a ray in the shape's space. */
  pick(ray: Ray): Hit | null;
  /** Parts whose geometry was made since the start: what tests and benchmarks count. */
  rebuilds(): number;
  dispose(): void;
}

/** One object per part, keyed by the part's id and compared by the identity of its ConvexPart. */
export function createDrawnParts(): DrawnParts {
  const group = new Group();
  const entries = new Map<string, Entry>();
  let order: readonly Entry[] = [];
  let last: ViewportState | null = null;
  let rebuilds = 0;
  let misplaced = true;
  const localRay = new Ray();

  const create = (part: ConvexPart): Entry => {
    const mesh = new Mesh(
      new BufferGeometry(),
      // Faces step back a little, so that the edges that lie on them are drawn whole.
      new MeshLambertMaterial({ polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1 }),
    );
    mesh.layers.enable(SHADOW_LAYER);
    // The GPU's own lines: on a software renderer lines of triangles would cost more than all faces together.
    const edges = new LineSegments(new BufferGeometry(), new LineBasicMaterial());
    const partGroup = new Group();
    partGroup.name = part.id;
    partGroup.add(mesh, edges);
    group.add(partGroup);
    return {
      part,
      polytope: null,
      buffers: null,
      group: partGroup,
      mesh,
      edges,
      bvh: null,
      paint: null,
    };
  };

  const build = (entry: Entry, part: ConvexPart): void => {
    rebuilds += 1;
    entry.part = part;
    entry.bvh = null;
    const polytope = partPolytope(part);
    entry.polytope = polytope.ok ? polytope.value : null;
    entry.buffers = entry.polytope ? partBuffers(entry.polytope) : null;
    entry.mesh.geometry.dispose();
    entry.edges.geometry.dispose();
    const geometry = new BufferGeometry();
    const edges = new BufferGeometry();
    if (entry.buffers) {
      geometry.setAttribute('position', new BufferAttribute(entry.buffers.positions, 3));
      geometry.setAttribute('normal', new BufferAttribute(entry.buffers.normals, 3));
      edges.setAttribute('position', new BufferAttribute(entry.buffers.edges, 3));
    }
    geometry.computeBoundingSphere();
    entry.mesh.geometry = geometry;
    entry.edges.geometry = edges;
  };

  const paint = (entry: Entry, theme: Theme): void => {
    const [r, g, b] = partColour(entry.part.index, theme).linear;
    const shade = palette(theme).edgeShade;
    entry.mesh.material.color.setRGB(clamp(r), clamp(g), clamp(b));
    entry.edges.material.color.copy(new Color().setRGB(clamp(r) * shade, clamp(g) * shade, clamp(b) * shade));
  };

  const cover = (entry: Entry, surface: PaintedSurface | null): void => {
    if ((entry.paint?.surface ?? null) === surface) return;
    if (entry.paint) entry.group.remove(entry.paint.mesh);
    entry.paint?.dispose();
    entry.paint = surface && createPaintMesh(surface);
    if (entry.paint) {
      entry.paint.mesh.layers.enable(SHADOW_LAYER);
      entry.group.add(entry.paint.mesh);
    }
    entry.mesh.visible = entry.paint === null;
  };

  const remove = (entry: Entry): void => {
    entry.paint?.dispose();
    group.remove(entry.group);
    entry.mesh.geometry.dispose();
    entry.mesh.material.dispose();
    entry.edges.geometry.dispose();
    entry.edges.material.dispose();
  };

  const isDrawn = (entry: Entry, state: ViewportState): boolean =>
    entry.buffers !== null &&
    entry.part.visible &&
    (state.isolatedPartIds === null || state.isolatedPartIds.has(entry.part.id));

  const place = (state: ViewportState): void => {
    const drawn = order.filter((entry) => entry.group.visible);
    const offsets = explodeOffsets(
      drawn.map((entry) => entry.buffers!.centre),
      state.explode,
    );
    drawn.forEach((entry, i) => entry.group.position.set(...offsets[i]));
  };

  return {
    group,
    update(state, held = false) {
      const before = rebuilds;
      const partsChanged = last?.parts !== state.parts;
      if (partsChanged) {
        const next: Entry[] = [];
        const kept = new Set<string>();
        for (const part of state.parts) {
          let entry = entries.get(part.id);
          const isNew = entry === undefined;
          if (!entry) {
            entry = create(part);
            entries.set(part.id, entry);
          }
          const repaint = isNew || entry.part.index !== part.index;
          if (isNew || entry.part !== part) {
            if (isNew || !sameBody(entry.part, part)) build(entry, part);
            else entry.part = part;
          }
          if (repaint) paint(entry, state.theme);
          kept.add(part.id);
          next.push(entry);
        }
        for (const [id, entry] of entries) {
          if (kept.has(id)) continue;
          remove(entry);
          entries.delete(id);
        }
        order = next;
      }
      if (last && last.theme !== state.theme) for (const entry of order) paint(entry, state.theme);
      let shown = false;
      for (const entry of order) {
        const visible = isDrawn(entry, state);
        if (entry.group.visible !== visible) shown = true;
        entry.group.visible = visible;
        entry.edges.visible = state.showEdges;
        cover(entry, state.painted?.get(entry.part.id) ?? null);
      }
      if (shown || partsChanged || last?.explode !== state.explode) misplaced = true;
      const moved = misplaced && !held;
      if (moved) {
        place(state);
        misplaced = false;
      }
      last = state;
      return moved || rebuilds !== before;
    },
    get: (partId) => entries.get(partId),
    drawn: () => order.filter((entry) => entry.group.visible),
    pick(ray) {
      let best: Hit | null = null;
      for (const entry of order) {
        if (!entry.group.visible || !entry.buffers) continue;
        localRay.copy(ray);
        localRay.origin.sub(entry.group.position);
        const sphere = entry.mesh.geometry.boundingSphere;
        if (sphere && !localRay.intersectsSphere(sphere)) continue;
        // Made on the first pick after a change: a part that is dragged needs none until it is let go.
        entry.bvh ??= new MeshBVH(entry.mesh.geometry, { indirect: true });
        const hit = entry.bvh.raycastFirst(localRay, DoubleSide);
        if (!hit || (best && hit.distance >= best.distance)) continue;
        const plane = entry.buffers.planes[hit.faceIndex ?? 0];
        best = {
          target: { partId: entry.part.id, plane: plane < 0 ? null : plane },
          distance: hit.distance,
          point: hit.point.toArray() as [number, number, number],
        };
      }
      return best;
    },
    rebuilds: () => rebuilds,
    dispose() {
      for (const entry of entries.values()) remove(entry);
      entries.clear();
      order = [];
    },
  };
}

/** Whether two versions of a part have the same body, so that a rename or a hidden eye rebuilds nothing. */
function sameBody(a: ConvexPart, b: ConvexPart): boolean {
  return a.planes === b.planes && a.translation === b.translation;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
