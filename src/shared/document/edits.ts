import { isKept, keptParts, lockedParts, lockedPlane } from './locks';
import { allowedOffset, settleParts } from './plane-range';
import { LIMITS } from './schema';
import { fail, ok, type Problem, type Result } from '../result';
import type { ConvexPart, ConvexShape, PartPlane } from '../shape/types';
import type { Edit } from './change';
import type { Frame, HalfspaceDocument, Recipe, SourceReference } from './types';

/** Bounds of the smoothness delta: what the reference learns, widened for editing. */
export const SMOOTHNESS_RANGE = { minimum: 10, maximum: 1000 } as const;

/** Moves one plane along its normal, as far as `allowedOffset` lets it; `offset` in learning units. */
export function setPlaneOffset(partId: string, plane: number, offset: number): Edit {
  if (!Number.isFinite(offset))
    return refuse('bad-number', 'The distance of a plane must be a finite number.');
  const edit = editPlane(partId, plane, (before, part) => {
    const allowed = allowedOffset(part, plane, offset).offset;
    return before.offset === allowed ? before : { ...before, offset: allowed };
  });
  return unlocked([partId], edit, ([part]) => (part.planes[plane] ? lockedPlane(part, plane) : null));
}

export function setPlaneLocked(partId: string, plane: number, locked: boolean): Edit {
  return editPlane(partId, plane, (before) => (before.locked === locked ? before : { ...before, locked }));
}

/** Renames one part. Names are trimmed and never empty. */
export function renamePart(partId: string, name: string): Edit {
  const trimmed = name.trim();
  if (trimmed === '') return refuse('empty-name', 'A part needs a name.', 'Type at least one character.');
  if (trimmed.length > LIMITS.nameLength) {
    return refuse('name-too-long', `A name has at most ${LIMITS.nameLength} characters.`);
  }
  return unlocked(
    [partId],
    editParts([partId], (part) => (part.name === trimmed ? part : { ...part, name: trimmed })),
  );
}

export function setVisible(partIds: readonly string[], visible: boolean): Edit {
  return editParts(partIds, (part) => (part.visible === visible ? part : { ...part, visible }));
}

export function setLocked(partIds: readonly string[], locked: boolean): Edit {
  return editParts(partIds, (part) => (part.locked === locked ? part : { ...part, locked }));
}

/** Sets the smoothness delta of parts, within SMOOTHNESS_RANGE. */
export function setSmoothness(partIds: readonly string[], smoothness: number): Edit {
  const { minimum, maximum } = SMOOTHNESS_RANGE;
  if (!(smoothness >= minimum && smoothness <= maximum)) {
    return refuse('bad-number', `Smoothness lies between ${minimum} and ${maximum}.`);
  }
  return unlocked(
    partIds,
    editParts(partIds, (part) => (part.smoothness === smoothness ? part : { ...part, smoothness })),
  );
}

export function deleteParts(partIds: readonly string[]): Edit {
  const remove: Edit = (document) => {
    const doomed = new Set(partIds);
    const missing = findMissing(document, partIds);
    if (missing) return fail(missing);
    if (doomed.size === 0) return ok(document);
    return ok({ ...document, parts: document.parts.filter((part) => !doomed.has(part.id)) });
  };
  return unlocked(partIds, remove, keptParts);
}

/** Copies parts, each placed right behind its original, with new ids, names and colours. */
export function duplicateParts(partIds: readonly string[]): Edit {
  return (document) => {
    const missing = findMissing(document, partIds);
    if (missing) return fail(missing);
    const wanted = new Set(partIds);
    if (document.parts.length + wanted.size > LIMITS.parts) {
      return fail({ code: 'too-many-parts', message: `A document has at most ${LIMITS.parts} parts.` });
    }
    const ids = new Set(document.parts.map((part) => part.id));
    const names = new Set(document.parts.map((part) => part.name));
    let index = nextIndex(document.parts);
    const parts = document.parts.flatMap((part) => {
      if (!wanted.has(part.id)) return [part];
      const copy = {
        ...part,
        id: unused(`${part.id}-copy`, '-', ids),
        name: unused(`${part.name} copy`, ' ', names),
        index: index++,
        locked: false,
      };
      return [part, copy];
    });
    return ok({ ...document, parts });
  };
}

/** Takes a fitted shape into the document: the one way in which fits and trainings change it. */
export function adoptShape(shape: ConvexShape, recipe: Recipe | null): Edit {
  return (document) => {
    const { parts } = settleParts(shape.parts);
    return ok({ ...document, parts, sharpness: shape.sharpness, adoptedParts: parts, recipe });
  };
}

/** Back to the parts as the last fit left them; what is locked now stays as it is. */
export function resetToAdopted(): Edit {
  return (document) =>
    document.adoptedParts
      ? ok({ ...document, parts: withKept(document.adoptedParts, document.parts.filter(isKept)) })
      : fail({
          code: 'nothing-adopted',
          message: 'There is no fit to go back to.',
          hint: 'Fit parts first.',
        });
}

/** Takes another source. The parts stay where they are in metres only when the frame is the same. */
export function setSource(source: SourceReference, frame: Frame): Edit {
  return (document) => ok({ ...document, source, frame });
}

/** Whether anything has been edited since the last fit was adopted; a document without a fit counts its parts. */
export function isEditedSinceFit(document: HalfspaceDocument): boolean {
  const { adoptedParts, parts } = document;
  if (!adoptedParts) return parts.length > 0;
  if (adoptedParts === parts) return false;
  return (
    parts.length !== adoptedParts.length ||
    parts.some((part, i) => part !== adoptedParts[i] && !sameShape(part, adoptedParts[i]))
  );
}

/** One more than the highest colour index in use. */
export function nextIndex(parts: readonly ConvexPart[]): number {
  return parts.reduce((highest, part) => Math.max(highest, part.index), -1) + 1;
}

/** Hiding a part is no edit of the shape. Planes are compared by identity, then by value: files share nothing. */
function sameShape(a: ConvexPart, b: ConvexPart): boolean {
  return (
    a === b ||
    (a.id === b.id &&
      a.name === b.name &&
      a.smoothness === b.smoothness &&
      a.locked === b.locked &&
      (a.planes === b.planes || JSON.stringify(a.planes) === JSON.stringify(b.planes)) &&
      a.translation.every((value, axis) => value === b.translation[axis]))
  );
}

/** Parts with those that are kept in place of what they were, or behind the others when they are new. */
function withKept(parts: readonly ConvexPart[], kept: readonly ConvexPart[]): readonly ConvexPart[] {
  if (kept.length === 0) return parts;
  const byId = new Map(kept.map((part) => [part.id, part]));
  const known = new Set(parts.map((part) => part.id));
  return [...parts.map((part) => byId.get(part.id) ?? part), ...kept.filter((part) => !known.has(part.id))];
}

/** An edit of parts that a lock refuses: locks protect from every edit but showing, hiding and unlocking. */
function unlocked(
  partIds: readonly string[],
  edit: Edit,
  refuses: (parts: readonly ConvexPart[]) => Problem | null = lockedParts,
): Edit {
  const ids = new Set(partIds);
  return (document) => {
    const parts = document.parts.filter((part) => ids.has(part.id));
    const locked = parts.length > 0 ? refuses(parts) : null;
    return locked ? fail(locked) : edit(document);
  };
}

function editParts(partIds: readonly string[], edit: (part: ConvexPart) => ConvexPart): Edit {
  return (document) => {
    const missing = findMissing(document, partIds);
    if (missing) return fail(missing);
    const wanted = new Set(partIds);
    const parts = document.parts.map((part) => (wanted.has(part.id) ? edit(part) : part));
    return ok(parts.every((part, i) => part === document.parts[i]) ? document : { ...document, parts });
  };
}

function editPlane(
  partId: string,
  plane: number,
  edit: (plane: PartPlane, part: ConvexPart) => PartPlane,
): Edit {
  return (document) => {
    const part = document.parts.find((candidate) => candidate.id === partId);
    if (!part) return fail(missingPart(partId));
    const before = part.planes[plane];
    if (!before) {
      return fail({
        code: 'unknown-plane',
        message: `The part "${part.name}" has no plane ${plane + 1}.`,
        hint: 'Select a plane by clicking on a face.',
      });
    }
    const after = edit(before, part);
    if (after === before) return ok(document);
    const planes = part.planes.map((candidate, i) => (i === plane ? after : candidate));
    const parts = document.parts.map((candidate) => (candidate === part ? { ...part, planes } : candidate));
    return ok({ ...document, parts });
  };
}

function findMissing(document: HalfspaceDocument, partIds: readonly string[]): Problem | null {
  const missing = partIds.find((id) => !document.parts.some((part) => part.id === id));
  return missing === undefined ? null : missingPart(missing);
}

function missingPart(id: string): Problem {
  return { code: 'unknown-part', message: `The document has no part "${id}".`, hint: 'Select another part.' };
}

function refuse(code: string, message: string, hint?: string): Edit {
  const problem: Result<never> = fail({ code, message, hint });
  return () => problem;
}

/** `base`, or `base` with the first number that makes it new; notes it as taken. */
function unused(base: string, separator: string, taken: Set<string>): string {
  let candidate = base;
  for (let count = 2; taken.has(candidate); count++) candidate = `${base}${separator}${count}`;
  taken.add(candidate);
  return candidate;
}
