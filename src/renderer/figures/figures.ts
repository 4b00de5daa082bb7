import type { EvaluationSamples } from '../../shared/contract/jobs';
import type { ManifoldApi } from '../../shared/geometry/manifold';
import { polytopeVolume } from '../../shared/geometry/mass';
import { triangulatePolytope } from '../../shared/geometry/triangulate';
import type { Polytope } from '../../shared/geometry/types';
import { uniteMeshes } from '../../shared/geometry/union';
import { partContains, partPolytope } from '../../shared/shape/explicit';
import type { ConvexPart } from '../../shared/shape/types';

export interface PartFigures {
  /** Cubic metres. */
  readonly volume: number;
  readonly vertices: number;
  readonly faces: number;
  /** What is wrong with the part, in a sentence; null when nothing is. */
  readonly problem: string | null;
}

/** The shape shown, in numbers. Volumes in cubic metres. */
export interface LiveFigures {
  /** Of the explicit parts on the source's evaluation samples; null without a source. */
  readonly iou: number | null;
  readonly parts: number;
  readonly planes: number;
  readonly vertices: number;
  /** Overlaps counted once; null while it is not known. */
  readonly unionVolume: number | null;
  readonly sumOfVolumes: number;
  readonly perPart: ReadonlyMap<string, PartFigures>;
}

/** Measures a shape part by part: what has not changed is not measured again. */
export interface FiguresCalculator {
  setSamples(samples: EvaluationSamples | null): void;
  /** `order` lists every part's id; `changed` holds the parts that are new or different since the last call. */
  setShape(order: readonly string[], changed: readonly ConvexPart[], metresPerUnit: number): void;
  /** `manifold` null leaves the union's volume out. */
  measure(manifold: ManifoldApi | null): LiveFigures;
}

interface MeasuredPart {
  readonly part: ConvexPart;
  readonly polytope: Polytope | null;
  readonly problem: string | null;
  /** Learning units. */
  readonly volume: number;
  /** Per sample, 1 where the part contains it. */
  inside: Uint8Array;
}

export function createFiguresCalculator(): FiguresCalculator {
  const parts = new Map<string, MeasuredPart>();
  let samples: EvaluationSamples | null = null;
  /** How many parts contain each sample. */
  let cover = new Uint16Array(0);
  let cubicMetres = 1;

  const count = (inside: Uint8Array, by: 1 | -1): void => {
    for (let i = 0; i < inside.length; i++) cover[i] += by * inside[i];
  };
  const remove = (id: string): void => {
    const old = parts.get(id);
    if (old) count(old.inside, -1);
    parts.delete(id);
  };

  return {
    setSamples: (next) => {
      samples = next;
      cover = new Uint16Array(next?.inside.length ?? 0);
      for (const measured of parts.values()) {
        measured.inside = containment(measured.part, samples);
        count(measured.inside, 1);
      }
    },
    setShape: (order, changed, metresPerUnit) => {
      cubicMetres = metresPerUnit ** 3;
      const wanted = new Set(order);
      for (const id of parts.keys()) if (!wanted.has(id)) remove(id);
      for (const part of changed) {
        remove(part.id);
        const polytope = partPolytope(part);
        const inside = polytope.ok ? containment(part, samples) : new Uint8Array(cover.length);
        count(inside, 1);
        parts.set(part.id, {
          part,
          polytope: polytope.ok ? polytope.value : null,
          problem: polytope.ok ? openSide(polytope.value) : polytope.error.message,
          volume: polytope.ok ? polytopeVolume(polytope.value) : 0,
          inside,
        });
      }
    },
    measure: (manifold) => {
      const measured = [...parts.values()];
      const bodies = measured.flatMap(({ polytope }) => polytope ?? []);
      const union = manifold && uniteMeshes(manifold, bodies.map(triangulatePolytope));
      return {
        iou: samples && parts.size > 0 ? overlap(cover, samples.inside) : null,
        parts: bodies.length,
        planes: bodies.reduce((sum, { faces }) => sum + faces.length, 0),
        vertices: bodies.reduce((sum, { vertices }) => sum + vertices.length / 3, 0),
        unionVolume: union?.ok ? union.value.mass.volume * cubicMetres : null,
        sumOfVolumes: measured.reduce((sum, { volume }) => sum + volume, 0) * cubicMetres,
        perPart: new Map(
          measured.map(({ part, polytope, problem, volume }) => [
            part.id,
            {
              volume: volume * cubicMetres,
              vertices: polytope ? polytope.vertices.length / 3 : 0,
              faces: polytope?.faces.length ?? 0,
              problem,
            },
          ]),
        ),
      };
    },
  };
}

function containment(part: ConvexPart, samples: EvaluationSamples | null): Uint8Array {
  const inside = new Uint8Array(samples?.inside.length ?? 0);
  if (!samples) return inside;
  const { points } = samples;
  for (let i = 0; i < inside.length; i++) {
    inside[i] = partContains(part, points[3 * i], points[3 * i + 1], points[3 * i + 2]) ? 1 : 0;
  }
  return inside;
}

/** Samples in both over samples in either; 1 when both are empty. */
function overlap(cover: Uint16Array, inside: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < inside.length; i++) {
    if (cover[i] > 0 && inside[i] > 0) both++;
    if (cover[i] > 0 || inside[i] > 0) either++;
  }
  return either === 0 ? 1 : both / either;
}

function openSide({ clippedByBox }: Polytope): string | null {
  return clippedByBox ? 'The planes leave a side of this part open; it is cut off there.' : null;
}
