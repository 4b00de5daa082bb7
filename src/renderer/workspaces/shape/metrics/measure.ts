import type { EvaluationSamples } from '../../../../shared/contract/jobs';
import type { Frame } from '../../../../shared/document/types';
import { polytopeVolume } from '../../../../shared/geometry/mass';
import { triangulatePolytope } from '../../../../shared/geometry/triangulate';
import type { TriangleMesh } from '../../../../shared/geometry/types';
import { partContains, partPolytope } from '../../../../shared/shape/explicit';
import type { ConvexPart } from '../../../../shared/shape/types';
import type { LiveFigures, PartFigures } from './types';

/** What one part contributes, kept until that part changes. */
interface PartMeasures {
  /** Learning units cubed. */
  readonly volume: number;
  readonly vertices: number;
  readonly faces: number;
  readonly problem: string | null;
  readonly mesh: TriangleMesh | null;
  /** [N] 1 where the part contains a sample; null without samples. */
  readonly inside: Uint8Array | null;
}

/** Measures shapes part by part: a change of one part costs one part. */
export interface Measurer {
  setSamples(samples: EvaluationSamples | null): void;
  /** Everything but the union's volume, which `unionVolume` holds when it is known. */
  measure(parts: readonly ConvexPart[], frame: Frame, unionVolume: number | null): LiveFigures;
  /** The bodies of the parts last measured, learning units. */
  meshes(): readonly TriangleMesh[];
  /** Parts measured afresh since the start, for tests. */
  measuredParts(): number;
}

/**
 * Parts are compared by content: those that come through a structured clone are never identical.
 */
export function createMeasurer(): Measurer {
  let samples: EvaluationSamples | null = null;
  let known = new Map<string, PartMeasures>();
  let current: readonly PartMeasures[] = [];
  let counts = new Uint16Array(0);
  let measured = 0;

  const measurePart = (part: ConvexPart): PartMeasures => {
    measured++;
    const polytope = partPolytope(part);
    if (!polytope.ok) {
      return {
        volume: 0,
        vertices: 0,
        faces: 0,
        problem: polytope.error.message,
        mesh: null,
        inside: samples && new Uint8Array(samples.inside.length),
      };
    }
    return {
      volume: polytopeVolume(polytope.value),
      vertices: polytope.value.vertices.length / 3,
      faces: polytope.value.faces.length,
      problem: null,
      mesh: triangulatePolytope(polytope.value),
      inside: samples && containedSamples(part, samples),
    };
  };

  return {
    setSamples: (next) => {
      samples = next;
      known = new Map();
      current = [];
      counts = new Uint16Array(next?.inside.length ?? 0);
    },
    measure: (parts, frame, unionVolume) => {
      const next = new Map<string, PartMeasures>();
      const measures = parts.map((part) => {
        const key = keyOf(part);
        const found = next.get(key) ?? known.get(key) ?? measurePart(part);
        next.set(key, found);
        return found;
      });
      updateCounts(counts, current, measures);
      known = next;
      current = measures;
      return summarise(parts, measures, frame, samples && iouOf(counts, samples.inside), unionVolume);
    },
    meshes: () => current.flatMap(({ mesh }) => mesh ?? []),
    measuredParts: () => measured,
  };
}

/** What the geometry of a part depends on; its name, lock and eye do not matter here. */
function keyOf({ translation, planes }: ConvexPart): string {
  return `${translation.join()}|${planes.map(({ normal, offset }) => `${normal.join()},${offset}`).join(';')}`;
}

function containedSamples(part: ConvexPart, { points }: EvaluationSamples): Uint8Array {
  const inside = new Uint8Array(points.length / 3);
  for (let i = 0; i < inside.length; i++) {
    inside[i] = partContains(part, points[3 * i], points[3 * i + 1], points[3 * i + 2]) ? 1 : 0;
  }
  return inside;
}

/** Adds what came and takes away what went, so that parts which stayed cost nothing. */
function updateCounts(
  counts: Uint16Array,
  before: readonly PartMeasures[],
  after: readonly PartMeasures[],
): void {
  const balance = new Map<PartMeasures, number>();
  for (const measures of before) balance.set(measures, (balance.get(measures) ?? 0) - 1);
  for (const measures of after) balance.set(measures, (balance.get(measures) ?? 0) + 1);
  for (const [{ inside }, times] of balance) {
    if (!inside || times === 0) continue;
    for (let i = 0; i < counts.length; i++) counts[i] += times * inside[i];
  }
}

function iouOf(counts: Uint16Array, inside: Uint8Array): number | null {
  let both = 0;
  let either = 0;
  for (let i = 0; i < counts.length; i++) {
    const covered = counts[i] > 0 ? 1 : 0;
    both += covered & inside[i];
    either += covered | inside[i];
  }
  return either === 0 ? null : both / either;
}

function summarise(
  parts: readonly ConvexPart[],
  measures: readonly PartMeasures[],
  frame: Frame,
  iou: number | null,
  unionVolume: number | null,
): LiveFigures {
  const cubicMetres = frame.metresPerUnit ** 3;
  const perPart = new Map<string, PartFigures>();
  let vertices = 0;
  let volume = 0;
  parts.forEach((part, i) => {
    const measure = measures[i];
    vertices += measure.vertices;
    volume += measure.volume;
    perPart.set(part.id, {
      volume: measure.volume * cubicMetres,
      vertices: measure.vertices,
      faces: measure.faces,
      problem: measure.problem,
    });
  });
  return {
    iou,
    parts: parts.length,
    planes: parts.reduce((sum, part) => sum + part.planes.length, 0),
    vertices,
    unionVolume: unionVolume === null ? null : unionVolume * cubicMetres,
    sumOfVolumes: volume * cubicMetres,
    perPart,
  };
}
