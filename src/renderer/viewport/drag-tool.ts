import type { Ray } from 'three';
import type { Vec3 } from '../../shared/geometry/types';
import type { PointerRay } from './drag-geometry';
import type { DrawnPart, PartHit } from './parts-layer';
import { startPlaneDrag, type PlaneDrag } from './plane-drag';
import type { PlaneHandle } from './plane-handle';
import type { PointerPosition } from './pointer';
import type { PickTarget, ViewportEvents, ViewportState } from './types';

/** Drags a plane by its handle, or by a face of a part that is already selected. */
export interface DragTool {
  /** True when a gesture that starts here is a drag of a plane (once it moves). */
  press(at: PointerPosition, ray: Ray, hit: PartHit | null): boolean;
  drag(at: PointerPosition, ray: Ray, snap: boolean): void;
  commit(): void;
  cancel(): void;
  key(event: KeyboardEvent): void;
  active(): PlaneDrag | null;
  /** Whether a press here would drag: for the cursor. */
  wouldDrag(ray: Ray, hit: PartHit | null): PickTarget | null;
}

export interface DragToolScene {
  state(): ViewportState | null;
  part(id: string): DrawnPart | undefined;
  handle: PlaneHandle;
  /** Where the handle stands in learning units, not exploded. */
  handleAnchor(): Vec3 | null;
  /** Learning units per pixel at a point of the shape's space. */
  unitsPerPixel(at: Vec3): number;
}

interface Press {
  readonly target: { readonly partId: string; readonly plane: number };
  readonly anchor: Vec3;
  readonly ray: PointerRay;
  readonly y: number;
}

export function createDragTool(scene: DragToolScene, events: ViewportEvents, onChange: () => void): DragTool {
  let pressed: Press | null = null;
  let drag: PlaneDrag | null = null;

  /** The pointer's ray beside an exploded part, as if the part stood at its place. */
  const assembled = (ray: Ray, partId: string): PointerRay => {
    const shift = scene.part(partId)?.group.position;
    const { x, y, z } = ray.origin;
    return {
      origin: shift ? [x - shift.x, y - shift.y, z - shift.z] : [x, y, z],
      direction: [ray.direction.x, ray.direction.y, ray.direction.z],
    };
  };

  const grabbed = (ray: Ray, hit: PartHit | null): { target: Press['target']; anchor: Vec3 } | null => {
    const state = scene.state();
    if (!state || state.readOnly) return null;
    const [selected] = state.selectedPartIds;
    const anchor = scene.handleAnchor();
    if (anchor && state.selectedPlane !== null && scene.handle.hit(ray)) {
      return { target: { partId: selected, plane: state.selectedPlane }, anchor };
    }
    if (!hit || hit.target.plane === null || !state.selectedPartIds.has(hit.target.partId)) return null;
    return { target: { partId: hit.target.partId, plane: hit.target.plane }, anchor: hit.point };
  };

  const emit = (): void => {
    if (!drag) return;
    const { offset, snapped } = drag.current();
    events.onPlaneDrag({
      phase: 'move',
      partId: drag.part.id,
      plane: drag.plane,
      offset,
      snappedTo: snapped?.label ?? null,
    });
    onChange();
  };

  const end = (phase: 'commit' | 'cancel'): void => {
    pressed = null;
    if (!drag) return;
    drag = null;
    events.onPlaneDrag({ phase });
    onChange();
  };

  return {
    press(at, ray, hit) {
      const grab = grabbed(ray, hit);
      pressed = grab && { ...grab, ray: assembled(ray, grab.target.partId), y: at.y };
      return pressed !== null;
    },
    drag(at, ray, snap) {
      const state = scene.state();
      if (!pressed || !state) return;
      const { target, anchor } = pressed;
      if (!drag) {
        const part = state.parts.find(({ id }) => id === target.partId);
        if (!part || target.plane >= part.planes.length) return;
        const scale = scene.unitsPerPixel(anchor);
        drag = startPlaneDrag(state, part, target.plane, anchor, pressed.ray, pressed.y, scale);
        if (!drag) {
          pressed = null;
          return;
        }
        events.onPlaneDrag({ phase: 'start', ...target });
      }
      if (drag.move(assembled(ray, target.partId), at.y, snap)) emit();
    },
    commit: () => end('commit'),
    cancel: () => end('cancel'),
    key(event) {
      if (!drag) return;
      if (event.key === 'Escape') end('cancel');
      else if (event.key === 'Enter') end('commit');
      else if (drag.type(event.key)) emit();
      else return;
      // Keys of a drag are its own: no shortcut may act while it runs.
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    active: () => drag,
    wouldDrag: (ray, hit) => grabbed(ray, hit)?.target ?? null,
  };
}
