import { BufferAttribute, BufferGeometry, type Group, Mesh, MeshBasicMaterial } from 'three';
import { LineMaterial } from 'three/examples/jsm/lines/LineMaterial.js';
import { LineSegments2 } from 'three/examples/jsm/lines/LineSegments2.js';
import { LineSegmentsGeometry } from 'three/examples/jsm/lines/LineSegmentsGeometry.js';
import type { DrawnPart } from '../parts/drawn-parts';

/** A tinted face with its outline: the plane under the pointer, the selected plane, or the one a drag snaps to. */
export interface FaceHighlight {
  /** Shows the face that `plane` made; hides when the part has none. */
  show(part: DrawnPart | undefined, plane: number | null, colour: string): void;
  dispose(): void;
}

export interface FaceHighlightStyle {
  readonly opacity: number;
  readonly linewidth: number;
  readonly dashed?: boolean;
  /** Also visible through the parts in front. */
  readonly through?: boolean;
}

export function createFaceHighlight(parent: Group, style: FaceHighlightStyle): FaceHighlight {
  const fill = new MeshBasicMaterial({
    transparent: true,
    opacity: style.opacity,
    depthWrite: false,
    depthTest: !style.through,
    polygonOffset: true,
    polygonOffsetFactor: -1,
    polygonOffsetUnits: -1,
    side: 2,
  });
  const stroke = new LineMaterial({
    linewidth: style.linewidth,
    depthWrite: false,
    depthTest: !style.through,
    dashed: style.dashed === true,
    dashSize: 0.014,
    gapSize: 0.01,
    polygonOffset: true,
    polygonOffsetFactor: -3,
    polygonOffsetUnits: -3,
  });
  const mesh = new Mesh(new BufferGeometry(), fill);
  const outline = new LineSegments2(new LineSegmentsGeometry(), stroke);
  // Before the ghost (1 and 2), whose depth would hide a tint under it.
  mesh.renderOrder = 0.5;
  outline.renderOrder = 0.6;
  mesh.visible = false;
  outline.visible = false;
  parent.add(mesh, outline);
  let shownPolytope: DrawnPart['polytope'] = null;
  let shownPlane: number | null = null;

  const build = (part: DrawnPart, loop: readonly number[]): void => {
    const { vertices } = part.polytope!;
    const corner = (index: number): number[] => [0, 1, 2].map((k) => vertices[loop[index] * 3 + k]);
    const triangles: number[] = [];
    const segments: number[] = [];
    for (let i = 0; i < loop.length; i++) {
      segments.push(...corner(i), ...corner((i + 1) % loop.length));
      if (i > 0 && i + 1 < loop.length) triangles.push(...corner(0), ...corner(i), ...corner(i + 1));
    }
    mesh.geometry.dispose();
    outline.geometry.dispose();
    mesh.geometry = new BufferGeometry();
    mesh.geometry.setAttribute('position', new BufferAttribute(new Float32Array(triangles), 3));
    outline.geometry = new LineSegmentsGeometry();
    outline.geometry.setPositions(segments);
    if (style.dashed) outline.computeLineDistances();
  };

  return {
    show(part, plane, colour) {
      const face =
        part?.polytope && part.group.visible && plane !== null
          ? part.polytope.faces.find((candidate) => candidate.plane === plane)
          : undefined;
      mesh.visible = face !== undefined;
      outline.visible = face !== undefined;
      if (!face || !part) {
        shownPolytope = null;
        return;
      }
      if (part.polytope !== shownPolytope || plane !== shownPlane) build(part, face.loop);
      shownPolytope = part.polytope;
      shownPlane = plane;
      fill.color.set(colour);
      stroke.color.set(colour);
      mesh.position.copy(part.group.position);
      outline.position.copy(part.group.position);
    },
    dispose() {
      parent.remove(mesh, outline);
      mesh.geometry.dispose();
      outline.geometry.dispose();
      fill.dispose();
      stroke.dispose();
    },
  };
}
