import type { NetworkConfig } from '../../../../shared/recipes/network';
import { polytopeMass } from '../../../../shared/geometry/mass';
import { partPolytope } from '../../../../shared/shape/explicit';
import { unpackShape } from '../../../../shared/shape/pack';
import { evaluateField } from '../../../../shared/shape/field';
import { shapeOfLogits } from '../../../../shared/shape/parameters';
import type { ConvexPart, ConvexShape, PackedShape, PartPlane } from '../../../../shared/shape/types';
import type { Vec3 } from '../../../../shared/geometry/types';

/** Parts of less volume are slivers that a network keeps when it has no use for them. Cubic learning units. */
const LEAST_VOLUME = 1e-6;
/** Half the side of the cube that closes parts whose planes leave a side open. */
const REACH = 0.75;

/** A network's shape as the workbench takes it. */
export interface LearnedShape {
  readonly shape: ConvexShape;
  /** Learned parts without a body: left out. */
  readonly leftOut: readonly number[];
  /** Learned parts that got planes of the learning cube because their own left a side open. */
  readonly closed: readonly number[];
}

/**
 * The shape of a decoder's logits. A part's index, id and name are those of the learned part, so that the same part of
 * two shapes is known by them. Every part is bounded, has at least 1e-6 of volume and is filled by the smooth field, too:
 * rounding may leave nothing of a thin one. What was changed for that is said. Three dimensions only.
 */
export function learnedShape(config: NetworkConfig, logits: Float32Array): LearnedShape {
  const packed = shapeOfLogits(logits, config, config.sharpness);
  const raw = unpackShape(packed);
  const parts: ConvexPart[] = [];
  const leftOut: number[] = [];
  const closed: number[] = [];
  for (const part of raw.parts) {
    const bounded = closePart(part);
    const body = bounded && partPolytope(bounded);
    const mass = body?.ok ? polytopeMass(body.value) : null;
    if (mass === null || mass.volume < LEAST_VOLUME || !isFilled(packed, part.index, mass.centre)) {
      leftOut.push(part.index);
      continue;
    }
    if (bounded !== part) closed.push(part.index);
    parts.push({ ...(bounded as ConvexPart), id: `part-${String(part.index + 1).padStart(2, '0')}` });
  }
  return { shape: { parts, sharpness: raw.sharpness }, leftOut, closed };
}

/** Whether the smooth part, which the network was trained to fill, holds its polytope's centre of mass. */
function isFilled(packed: PackedShape, part: number, centre: Vec3): boolean {
  return evaluateField(packed, centre).indicator[part] > 0.5;
}

/** What a person should know about parts that were changed. */
export function learnedNotes({ leftOut, closed }: LearnedShape): string[] {
  const notes: string[] = [];
  if (leftOut.length > 0) {
    notes.push(
      `${partsOf(leftOut.length)} of the network had no body worth keeping and ${leftOut.length === 1 ? 'was' : 'were'} left out.`,
    );
  }
  if (closed.length > 0) {
    notes.push(
      `${partsOf(closed.length)} had an open side and ${closed.length === 1 ? 'was' : 'were'} cut off at the learning cube.`,
    );
  }
  return notes;
}

function partsOf(count: number): string {
  return count === 1 ? '1 part' : `${count} parts`;
}

/** The part itself when its planes bound it inside the cube's reach; null when it has no body. */
function closePart(part: ConvexPart): ConvexPart | null {
  const body = partPolytope(part);
  if (!body.ok) return null;
  if (!body.value.clippedByBox) return part;
  const planes: PartPlane[] = part.planes.slice();
  for (let axis = 0; axis < 3; axis++) {
    for (const sign of [-1, 1]) {
      const normal = [0, 0, 0].map((_, i) => (i === axis ? sign : 0)) as unknown as Vec3;
      planes.push({ normal, offset: REACH - sign * part.translation[axis], locked: false });
    }
  }
  return { ...part, planes };
}
