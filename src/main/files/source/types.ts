import type { SourceFacts } from '../../../shared/contract/jobs';
import type { Frame, SourceReference, UpAxis } from '../../../shared/document/types';
import type { OccupancySamples } from '../../../shared/geometry/occupancy';
import type { TriangleMesh } from '../../../shared/geometry/types';
import type { Random } from '../../../shared/random';
import type { Result } from '../../../shared/result';

/** What a person said about a file. */
export interface LoadRequest {
  /** Camera of a depth image; `<name>.camera.json` or `camera.json` beside it when absent. */
  readonly cameraPath?: string;
  readonly completion?: 'none' | 'mirror' | 'ground';
  readonly metresPerFileUnit?: number;
  readonly upAxis?: UpAxis;
}

/** How many labelled points a fit wants. */
export interface SampleCounts {
  readonly box: number;
  readonly nearSurface: number;
}

/** A mesh, point set or depth image in learning units: longest edge of its bounding box 1, centre at the origin. */
export interface SourceBody {
  readonly frame: Frame;
  /** Metres. */
  readonly facts: SourceFacts;
  readonly notes: readonly string[];
  /** Welded, oriented outward; null for points and depth. */
  readonly mesh: TriangleMesh | null;
  /** Points of the surface, of a cloud or of a depth image; [N, 3] each. */
  readonly surface: { readonly points: Float64Array; readonly normals: Float64Array | null } | null;
  /**
   * Labelled points: `box` of them uniform in the box of side 1.1, `nearSurface` of them close to the surface. Points
   * whose label nobody knows are left out: a depth image gives points from what it saw only.
   */
  sample(counts: SampleCounts, random: Random): Result<OccupancySamples>;
  /** What the window draws: at most 300,000 triangles or 200,000 points. */
  ghost(): { readonly positions: Float32Array; readonly indices: Uint32Array | null };
}

export interface LoadedSource extends SourceBody {
  readonly reference: SourceReference;
}
