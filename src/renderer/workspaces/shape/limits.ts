import { PHYSICS_ENGINE_LIMITS, type PhysicsEngine } from '../../../shared/geometry/physics-engine-limits';
import { checkPolytope, type LimitFinding } from '../../../shared/geometry/limit-check';
import { partPolytope } from '../../../shared/shape/explicit';
import type { ConvexPart } from '../../../shared/shape/types';

export type Verdict = 'fits' | 'warning' | 'error';

/** What one physics engine would say about the shape. */
export interface TargetCheck {
  readonly target: PhysicsEngine;
  readonly title: string;
  readonly verdict: Verdict;
  /** One sentence each, naming the part. */
  readonly messages: readonly string[];
}

const TARGETS = Object.keys(PHYSICS_ENGINE_LIMITS) as PhysicsEngine[];
const VERDICTS: readonly Verdict[] = ['fits', 'warning', 'error'];

interface PartFindings {
  readonly metresPerUnit: number;
  readonly byTarget: ReadonlyMap<PhysicsEngine, readonly LimitFinding[]>;
}

// Parts are immutable: moving one plane checks one part again and no other.
const known = new WeakMap<ConvexPart, PartFindings>();

/** Checks every part against every engine's limits, in metres. */
export function checkTargets(parts: readonly ConvexPart[], metresPerUnit: number): readonly TargetCheck[] {
  return TARGETS.map((target) => {
    const { title, mostParts } = PHYSICS_ENGINE_LIMITS[target];
    let worst = 0;
    const messages: string[] = [];
    for (const part of parts) {
      for (const finding of findingsOf(part, metresPerUnit).get(target) ?? []) {
        worst = Math.max(worst, VERDICTS.indexOf(finding.severity));
        messages.push(`${part.name}: ${finding.message}`);
      }
    }
    if (mostParts && parts.length > mostParts.value) {
      worst = Math.max(worst, VERDICTS.indexOf(mostParts.severity));
      messages.push(`${parts.length} parts, where ${mostParts.value} is the limit or the default.`);
    }
    return { target, title, verdict: VERDICTS[worst], messages };
  });
}

/** The worst of all verdicts, in a few words. */
export function summarise(checks: readonly TargetCheck[]): {
  readonly verdict: Verdict;
  readonly text: string;
} {
  const refusing = checks.filter((check) => check.verdict === 'error');
  if (refusing.length === 1) return { verdict: 'error', text: `Beyond a limit of ${refusing[0].title}` };
  if (refusing.length > 1) return { verdict: 'error', text: `Beyond limits of ${refusing.length} engines` };
  const advising = checks.filter((check) => check.verdict === 'warning');
  if (advising.length === 0) return { verdict: 'fits', text: 'Fits every engine' };
  const who = advising.length === 1 ? `${advising[0].title} advises` : `${advising.length} engines advise`;
  return { verdict: 'warning', text: `Within all limits, ${who} less` };
}

function findingsOf(part: ConvexPart, metresPerUnit: number): PartFindings['byTarget'] {
  const before = known.get(part);
  if (before?.metresPerUnit === metresPerUnit) return before.byTarget;
  const byTarget = new Map<PhysicsEngine, readonly LimitFinding[]>();
  const polytope = partPolytope(part);
  if (polytope.ok) {
    const metres = {
      ...polytope.value,
      vertices: polytope.value.vertices.map((value) => value * metresPerUnit),
    };
    for (const target of TARGETS) byTarget.set(target, checkPolytope(metres, target));
  }
  known.set(part, { metresPerUnit, byTarget });
  return byTarget;
}
