import { inscribedSphere } from './chebyshev';
import { PHYSICS_ENGINE_LIMITS, type PhysicsEngine, type Limit } from './physics-engine-limits';
import { facePlanes } from './plane';
import type { Polytope } from './types';

export type LimitKind = 'vertices' | 'faces' | 'faces-per-vertex' | 'in-sphere' | 'thickness' | 'parts';

export interface LimitFinding {
  readonly kind: LimitKind;
  readonly severity: Limit['severity'];
  /** Index of the part among those checked; absent when the finding is about the whole shape. */
  readonly part?: number;
  readonly value: number;
  readonly limit: number;
  /** One sentence with the numbers. */
  readonly message: string;
}

/** What an engine would refuse, alter or be slow with in one convex part, in metres; the gravest of each kind. */
export function checkPolytope(polytope: Polytope, target: PhysicsEngine): LimitFinding[] {
  const limits = PHYSICS_ENGINE_LIMITS[target];
  const findings: LimitFinding[] = [];
  const report = (
    kind: LimitKind,
    limit: Limit | undefined,
    value: number,
    below: boolean,
    sentence: (limit: string) => string,
  ): void => {
    if (!limit || (below ? value >= limit.value : value <= limit.value)) return;
    findings.push({
      kind,
      severity: limit.severity,
      value,
      limit: limit.value,
      message: `${sentence(String(limit.value))} (${limits.title}).`,
    });
  };
  const vertices = polytope.vertices.length / 3;
  const exceeded = limits.mostVertices?.filter((limit) => vertices > limit.value).at(-1);
  report(
    'vertices',
    exceeded,
    vertices,
    false,
    (limit) => `The part has ${vertices} vertices, the limit is ${limit}`,
  );
  const faces = polytope.faces.length;
  report(
    'faces',
    limits.mostFaces,
    faces,
    false,
    (limit) => `The part has ${faces} faces, the limit is ${limit}`,
  );
  if (limits.mostFacesPerVertex) {
    const crowd = mostFacesAtVertex(polytope);
    report('faces-per-vertex', limits.mostFacesPerVertex, crowd, false, (limit) => {
      return `A vertex of the part belongs to ${crowd} faces, the limit is ${limit}`;
    });
  }
  if (limits.leastSphereShare || limits.leastThickness) {
    const planes = facePlanes(polytope);
    const sphere = inscribedSphere(planes);
    const share = (sphere.ok ? sphere.value.radius : 0) / extentOf(polytope);
    report('in-sphere', limits.leastSphereShare, share, true, (limit) => {
      return `The largest sphere inside the part has ${short(share)} of its extent as radius, the limit is ${limit}`;
    });
    const thickness = thicknessAcrossFaces(polytope, planes);
    report('thickness', limits.leastThickness, thickness, true, (limit) => {
      return `The part is ${short(thickness)} m thick, the limit is ${limit} m`;
    });
  }
  return findings;
}

/** Findings of every part, each with its index, and of the number of parts. */
export function checkShape(polytopes: readonly Polytope[], target: PhysicsEngine): LimitFinding[] {
  const { mostParts, title } = PHYSICS_ENGINE_LIMITS[target];
  const findings: LimitFinding[] = polytopes.flatMap((polytope, part) =>
    checkPolytope(polytope, target).map((finding) => ({ ...finding, part })),
  );
  if (mostParts && polytopes.length > mostParts.value) {
    findings.push({
      kind: 'parts',
      severity: mostParts.severity,
      value: polytopes.length,
      limit: mostParts.value,
      message: `The shape has ${polytopes.length} parts, the limit is ${mostParts.value} (${title}).`,
    });
  }
  return findings;
}

/** The smallest distance between a face's plane and the vertex farthest from it: what a caliper on faces measures. */
export function thicknessAcrossFaces(
  polytope: Polytope,
  planes: Float64Array = facePlanes(polytope),
): number {
  const { vertices } = polytope;
  let thickness = Infinity;
  for (let at = 0; at < planes.length; at += 4) {
    let depth = 0;
    for (let vertex = 0; vertex < vertices.length; vertex += 3) {
      const along =
        planes[at] * vertices[vertex] +
        planes[at + 1] * vertices[vertex + 1] +
        planes[at + 2] * vertices[vertex + 2];
      depth = Math.max(depth, planes[at + 3] - along);
    }
    thickness = Math.min(thickness, depth);
  }
  return thickness;
}

function mostFacesAtVertex(polytope: Polytope): number {
  const counts = new Uint32Array(polytope.vertices.length / 3);
  for (const { loop } of polytope.faces) for (const vertex of loop) counts[vertex]++;
  return counts.reduce((most, count) => Math.max(most, count), 0);
}

function extentOf({ vertices }: Polytope): number {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let at = 0; at < vertices.length; at++) {
    low[at % 3] = Math.min(low[at % 3], vertices[at]);
    high[at % 3] = Math.max(high[at % 3], vertices[at]);
  }
  return Math.max(high[0] - low[0], high[1] - low[1], high[2] - low[2]);
}

function short(value: number): string {
  return value >= 0.001 ? value.toPrecision(3) : value.toExponential(2);
}
