import { Group, type Ray, Vector3 } from 'three';
import { setPlaneOffset } from '../../../shared/document/edits';
import type { Vec3 } from '../../../shared/geometry/types';
import { editUnit, formatLength } from '../lengths';
import { createFaceHighlight } from '../marks/face-highlights';
import { palette } from '../palette';
import { faceCentre } from '../parts/face-centre';
import type { PointerRay } from '../plane/drag-geometry';
import { startPlaneDrag, type PlaneDrag } from '../plane/plane-drag';
import { createPlaneHandle } from '../plane/plane-handle';
import type { ToolDescriptor } from '../tool';
import type { ViewportState } from '../types';
import type { Pointer } from '../view/pointer';

interface PlaneTarget {
  readonly partId: string;
  readonly plane: number;
}

interface Press {
  readonly target: PlaneTarget;
  readonly anchor: Vec3;
  readonly ray: PointerRay;
  readonly y: number;
}

/** Drags a plane along its normal, by its handle or by a face of a part that is already selected. */
export const tool: ToolDescriptor = {
  name: 'move-plane',
  order: 60,
  priority: 10,
  create({ root, camera, parts, events, state, refresh, toScreen, unitsPerPixel }) {
    const group = new Group();
    const selected = createFaceHighlight(group, { opacity: 0.5, linewidth: 3 });
    // A plane that was pushed under its neighbours is still seen where it is.
    const covered = createFaceHighlight(group, { opacity: 0.1, linewidth: 1.4, dashed: true, through: true });
    const snapped = createFaceHighlight(group, {
      opacity: 0.14,
      linewidth: 2.4,
      dashed: true,
      through: true,
    });
    const handle = createPlaneHandle();
    root.add(group, handle.group);
    let pressed: Press | null = null;
    let drag: PlaneDrag | null = null;

    /** The pointer's ray beside an exploded part, as if the part stood at its place. */
    const assembled = (ray: Ray, partId: string): PointerRay => {
      const shift = parts.get(partId)?.group.position;
      const { x, y, z } = ray.origin;
      return {
        origin: shift ? [x - shift.x, y - shift.y, z - shift.z] : [x, y, z],
        direction: [ray.direction.x, ray.direction.y, ray.direction.z],
      };
    };

    const grabbedHandle = (ray: Ray): { target: PlaneTarget; anchor: Vec3 } | null => {
      const target = selectedPlane(state());
      if (!target || state().readOnly || !handle.hit(ray)) return null;
      const anchor = faceCentre(parts.get(target.partId), target.plane, false);
      return anchor && { target, anchor };
    };

    const grabbed = (at: Pointer): { target: PlaneTarget; anchor: Vec3 } | null => {
      const { readOnly, selectedPartIds } = state();
      if (readOnly) return null;
      const byHandle = grabbedHandle(at.ray);
      if (byHandle) return byHandle;
      const hit = at.hit();
      if (!hit || hit.target.plane === null || !selectedPartIds.has(hit.target.partId)) return null;
      return { target: { partId: hit.target.partId, plane: hit.target.plane }, anchor: hit.point };
    };

    const start = ({ target, anchor, ray, y }: Press): PlaneDrag | null => {
      const part = state().parts.find(({ id }) => id === target.partId);
      if (!part || target.plane >= part.planes.length) return null;
      const started = startPlaneDrag(state(), part, target.plane, anchor, ray, y, unitsPerPixel(anchor));
      if (!started || started.locked) return started;
      events.onEdit({
        phase: 'start',
        command: 'plane.move',
        title: 'Move plane',
        select: { partIds: [target.partId], plane: target.plane },
      });
      return started;
    };

    const emit = ({ part, plane, current, locked }: PlaneDrag): void => {
      if (!locked) events.onEdit({ phase: 'move', edit: setPlaneOffset(part.id, plane, current().offset) });
      refresh();
    };

    const end = (phase: 'commit' | 'cancel'): void => {
      pressed = null;
      if (!drag) return;
      const { locked } = drag;
      drag = null;
      if (!locked) events.onEdit({ phase });
      refresh();
    };

    return {
      update(current) {
        const { accent, core } = palette(current.theme);
        const target = drag ? { partId: drag.part.id, plane: drag.plane } : selectedPlane(current);
        const part = target ? parts.get(target.partId) : undefined;
        selected.show(part, target?.plane ?? null, accent);
        covered.show(part, target?.plane ?? null, accent);
        const onto = drag?.current().snapped?.face ?? null;
        snapped.show(onto ? parts.get(onto.partId) : undefined, onto?.plane ?? null, accent);
        const shown = target && part?.group.visible === true && !current.readOnly;
        const normal = shown
          ? current.parts.find(({ id }) => id === target.partId)?.planes[target.plane]?.normal
          : null;
        handle.place(normal && target ? faceCentre(part, target.plane, true) : null, normal ?? [0, 1, 0]);
        handle.setColour(accent, core, drag !== null);
      },
      frame() {
        if (!handle.group.visible) return;
        handle.resize(camera.unitsPerPixel(handle.group.getWorldPosition(new Vector3())));
      },
      labels() {
        if (!handle.group.visible) return [];
        const tip = toScreen(handle.tip());
        const base = toScreen(handle.group.position);
        const text = drag ? drag.label() : offsetWords(state());
        if (!tip || text === null) return [];
        return [
          { id: 'plane-label', kind: 'tag', text, at: tip, side: base && tip.x < base.x ? 'left' : 'right' },
        ];
      },
      cursor: (at) => (drag ? 'grabbing' : grabbed(at) ? 'grab' : null),
      press(at) {
        const grab = grabbed(at);
        pressed = grab && { ...grab, ray: assembled(at.ray, grab.target.partId), y: at.y };
        return pressed !== null;
      },
      drag(at) {
        if (!pressed) return;
        drag ??= start(pressed);
        if (!drag) pressed = null;
        else if (drag.move(assembled(at.ray, drag.part.id), at.y, at.control)) emit(drag);
      },
      commit: () => end('commit'),
      cancel: () => end('cancel'),
      // A click on the handle is no click on what lies behind it.
      click: (at) => grabbedHandle(at.ray) !== null,
      active: () => drag !== null,
      key({ key }) {
        if (!drag) return false;
        if (key === 'Escape') end('cancel');
        else if (key === 'Enter') end('commit');
        else if (drag.type(key)) emit(drag);
        else return false;
        return true;
      },
      dispose() {
        root.remove(group, handle.group);
        for (const mark of [selected, covered, snapped, handle]) mark.dispose();
      },
    };
  },
};

/** The plane that has the handle when none is dragged: the selected one of the only selected part. */
function selectedPlane({ selectedPartIds, selectedPlane: plane }: ViewportState): PlaneTarget | null {
  if (selectedPartIds.size !== 1 || plane === null) return null;
  const [partId] = selectedPartIds;
  return { partId, plane };
}

function offsetWords(state: ViewportState): string | null {
  const target = selectedPlane(state);
  const plane = target && state.parts.find(({ id }) => id === target.partId)?.planes[target.plane];
  const { metresPerUnit } = state.frame;
  return plane ? formatLength(plane.offset * metresPerUnit, editUnit(metresPerUnit)) : null;
}
