import type { Problem } from '../result';
import type { ConvexPart } from '../shape/types';

/** Whether a part, or a plane of it, is locked: such a part is kept by whatever removes or replaces parts. */
export function isKept(part: ConvexPart): boolean {
  return part.locked || part.planes.some((plane) => plane.locked);
}

/** Why parts cannot be edited: those that are locked, by name; null when none is. */
export function lockedParts(parts: readonly ConvexPart[]): Problem | null {
  return refusal(
    parts.filter((part) => part.locked),
    'locked',
    'unlock',
  );
}

/** Why parts cannot be deleted: those of which something is locked, by name; null when nothing is. */
export function keptParts(parts: readonly ConvexPart[]): Problem | null {
  return lockedParts(parts) ?? refusal(parts.filter(isKept), 'held by a locked plane', 'unlock the plane of');
}

/** Why a plane cannot be moved; null when it can. */
export function lockedPlane(part: ConvexPart, plane: number): Problem | null {
  if (part.locked) return lockedParts([part]);
  if (!part.planes[plane].locked) return null;
  return problem(`Plane ${plane + 1} of "${part.name}" is locked: unlock it first.`);
}

function refusal(parts: readonly ConvexPart[], state: string, remedy: string): Problem | null {
  if (parts.length === 0) return null;
  const [{ name }] = parts;
  return parts.length === 1
    ? problem(`"${name}" is ${state}: ${remedy} it first.`)
    : problem(`"${name}" and ${others(parts.length - 1)} are ${state}: ${remedy} them first.`);
}

function others(count: number): string {
  return count === 1 ? '1 other part' : `${count} other parts`;
}

function problem(message: string): Problem {
  return { code: 'locked', message };
}
