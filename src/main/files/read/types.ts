import type { TriangleMesh } from '../../../shared/geometry/types';
import type { UpAxis } from '../../../shared/document/types';

/** A mesh as its file has it: file units, file axes, nothing welded or turned. */
export interface ReadMesh {
  readonly kind: 'mesh';
  readonly mesh: TriangleMesh;
  /** The format's convention, for when nobody says otherwise. */
  readonly upAxis: UpAxis;
  readonly notes: readonly string[];
}

/** Points of a surface, file units. */
export interface ReadPoints {
  readonly kind: 'points';
  /** [N, 3] */
  readonly points: Float64Array;
  /** [N, 3], as in the file (not unit length); null when the file has none. */
  readonly normals: Float64Array | null;
  readonly upAxis: UpAxis;
  readonly notes: readonly string[];
}

/** Points in space with known occupancy, file units (OccNet's points.npz). */
export interface ReadOccupancy {
  readonly kind: 'occupancy';
  /** [N, 3] */
  readonly points: Float64Array;
  /** [N] 1 inside, 0 outside */
  readonly inside: Uint8Array;
  /** Points had 16-bit coordinates, a grid that training hides by jitter. */
  readonly halfPrecision: boolean;
  readonly upAxis: UpAxis;
  readonly notes: readonly string[];
}

/** A depth image as stored: row-major from the top left, values times the camera's depthScale are metres along z. */
export interface ReadDepth {
  readonly kind: 'depth';
  readonly width: number;
  readonly height: number;
  /** [height * width]; 0, negative or not finite where nothing was measured. */
  readonly values: Float32Array;
  readonly notes: readonly string[];
}
