import type { Frame, HalfspaceDocument, UpAxis } from '../../../shared/document/types';
import { polytopeMass } from '../../../shared/geometry/mass';
import { triangulatePolytope } from '../../../shared/geometry/triangulate';
import type { MassProperties, TriangleMesh } from '../../../shared/geometry/types';
import { fail, ok, type Result } from '../../../shared/result';
import { partColour, type PartColour } from '../../../shared/shape/colour';
import { partPolytope } from '../../../shared/shape/explicit';

/** A surface ready to be written, a convex part or the union of all: metres, axes of the file. */
export interface ExportBody {
  /** Stable, unique, safe in every format: `<document>_col_00`. */
  readonly name: string;
  /** The part's own name, for people. */
  readonly title: string;
  /** x,y,z per vertex. */
  readonly vertices: Float64Array;
  /** Vertex indices per polygon, counter-clockwise seen from outside. */
  readonly loops: readonly (readonly number[])[];
  readonly mesh: TriangleMesh;
  readonly mass: MassProperties;
  readonly colour: PartColour;
}

/**
 * Every part of the document as a body. A part whose planes leave nothing, or a sliver, has no collider in any
 * engine: it is left out and named in the notes.
 */
export function documentBodies(
  document: HalfspaceDocument,
  upAxis: UpAxis,
): Result<{ bodies: readonly ExportBody[]; notes: readonly string[] }> {
  const bodies: ExportBody[] = [];
  const notes: string[] = [];
  const stem = safeName(document.name);
  document.parts.forEach((part, index) => {
    const local = partPolytope(part);
    if (!local.ok) {
      notes.push(`${part.name} was left out: ${local.error.message}`);
      return;
    }
    const polytope = { ...local.value, vertices: toFile(local.value.vertices, document.frame, upAxis) };
    bodies.push({
      name: `${stem}_col_${String(index).padStart(2, '0')}`,
      title: part.name,
      vertices: polytope.vertices,
      loops: polytope.faces.map((face) => face.loop),
      mesh: triangulatePolytope(polytope),
      mass: polytopeMass(polytope),
      colour: partColour(part.index, 'light'),
    });
  });
  if (bodies.length === 0) {
    return fail({
      code: 'nothing-to-export',
      message: `${document.name} has no part with a volume to export.`,
      hint: 'Fit parts to a source first, or undo the edits that emptied them.',
    });
  }
  return ok({ bodies, notes });
}

/** Learning units -> metres, and the document's up axis -> the file's, by a rotation about x (no mirroring). */
export function toFile(points: Float64Array, frame: Frame, upAxis: UpAxis): Float64Array {
  const result = new Float64Array(points.length);
  for (let i = 0; i < points.length; i += 3) {
    const x = frame.origin[0] + frame.metresPerUnit * points[i];
    const y = frame.origin[1] + frame.metresPerUnit * points[i + 1];
    const z = frame.origin[2] + frame.metresPerUnit * points[i + 2];
    result[i] = x;
    result[i + 1] = frame.upAxis === upAxis ? y : upAxis === 'z' ? -z : z;
    result[i + 2] = frame.upAxis === upAxis ? z : upAxis === 'z' ? y : -y;
  }
  return result;
}

/** Letters, digits and underscores, not starting with a digit: a valid name in URDF, MJCF, USD and file systems. */
export function safeName(name: string): string {
  const cleaned = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return cleaned === '' ? 'shape' : /^[0-9]/.test(cleaned) ? `_${cleaned}` : cleaned;
}
