import { lockedPlane } from '../../../shared/document/locks';
import { holdInRange, planeRange, STOP_WORDS } from '../../../shared/document/plane-range';
import type { Vec3 } from '../../../shared/geometry/types';
import type { ConvexPart } from '../../../shared/shape/types';
import { dragMeasure, type DragMeasure, type PointerRay } from './drag-geometry';
import { editUnit, formatLength, type LengthUnit } from '../lengths';
import { gridTarget, parallelTargets, snapOffset, type SnapTarget } from './snapping';
import type { ViewportState } from '../types';

/** One drag of one plane, from pointer-down to commit or cancel. */
export interface PlaneDrag {
  readonly part: ConvexPart;
  readonly plane: number;
  /** Where the pointer took hold, in learning units, when the drag began. */
  readonly anchor: Vec3;
  /** The plane cannot be moved: the label says why, and `current` stays where it is. */
  readonly locked: boolean;
  /** Moves the plane to the pointer. Null when that changes nothing. */
  move(ray: PointerRay, pointerY: number, snap: boolean): DragStep | null;
  /** Types a key of the distance; true when the key belongs to it. */
  type(key: string): DragStep | null;
  /** What the label beside the plane says now. */
  label(): string;
  /** The latest step. */
  current(): DragStep;
}

export interface DragStep {
  readonly offset: number;
  readonly snapped: SnapTarget | null;
  /** Set when the plane was held back so that the part keeps a body or the plane its face. */
  readonly stopped: string | null;
}

/** Pixels within which a parallel plane attracts. */
const SNAP_REACH = 12;

/**
 * Starts a drag. Null when the plane cannot be dragged: the other planes have no common inside.
 * @param unitsPerPixel learning units per CSS pixel at the anchor
 */
export function startPlaneDrag(
  state: ViewportState,
  part: ConvexPart,
  plane: number,
  anchor: Vec3,
  ray: PointerRay,
  pointerY: number,
  unitsPerPixel: number,
): PlaneDrag | null {
  const range = planeRange(part, plane);
  if (!range) return null;
  const { normal, offset: startOffset } = part.planes[plane];
  const measure: DragMeasure = dragMeasure(ray, pointerY, anchor, normal, unitsPerPixel);
  const targets = parallelTargets(state.parts, part, plane);
  const { metresPerUnit } = state.frame;
  const unit: LengthUnit = editUnit(metresPerUnit);
  let step: DragStep = { offset: startOffset, snapped: null, stopped: null };
  let typed: string | null = null;

  const lock = lockedPlane(part, plane);

  const take = (wanted: number, snapped: SnapTarget | null): DragStep | null => {
    const held = holdInRange(range, wanted);
    const offset = lock ? startOffset : held.offset;
    const stopped = lock ? lock.message : held.stopped && STOP_WORDS[held.stopped];
    const next: DragStep = { offset, snapped: stopped ? null : snapped, stopped };
    const same =
      next.offset === step.offset && next.stopped === stopped && next.snapped?.label === step.snapped?.label;
    step = next;
    return same ? null : next;
  };

  return {
    part,
    plane,
    anchor,
    locked: lock !== null,
    move(current, y, snap) {
      // A typed distance holds until it is deleted: the pointer may tremble while a person types.
      if (typed !== null) return null;
      const free = startOffset + measure(current, y);
      if (!snap) return take(free, null);
      const grid = gridTarget(free, part, plane, state.frame);
      const target = snapOffset(free, targets, grid, SNAP_REACH * unitsPerPixel);
      return take(target.offset, target);
    },
    type(key) {
      const next = typeDistance(typed, key);
      if (next === undefined) return null;
      typed = next;
      const metres = typed === null ? 0 : parseTyped(typed) * unit.metres;
      return take(startOffset + metres / metresPerUnit, null) ?? step;
    },
    label() {
      const moved = formatLength((step.offset - startOffset) * metresPerUnit, unit, true);
      const text = typed === null ? moved : `${typed.replace('-', '\u2212') || '0'}\u258f${unit.name}`;
      if (step.stopped) return `${text} · stopped: ${step.stopped}`;
      return step.snapped ? `${text} · ${step.snapped.label}` : text;
    },
    current: () => step,
  };
}

/**
 * The text of a typed distance after a key: digits, a point, a leading minus, Backspace (null once empty). Undefined
 * when the key is none of these.
 */
export function typeDistance(typed: string | null, key: string): string | null | undefined {
  const text = typed ?? '';
  if (/^[0-9]$/.test(key)) return text.length < 12 ? text + key : text;
  if (key === '.' || key === ',') return text.includes('.') ? text : `${text}.`;
  if (key === '-') return text.startsWith('-') ? text.slice(1) : `-${text}`;
  if (key === 'Backspace' && typed !== null) return text.length <= 1 ? null : text.slice(0, -1);
  return undefined;
}

function parseTyped(text: string): number {
  const value = Number(text);
  return Number.isFinite(value) ? value : 0;
}
