import { Group, Matrix4, type Ray, Raycaster, Scene, Vector3, WebGLRenderer } from 'three';
import type { Vec3 } from '../../shared/geometry/types';
import { createCameraRig } from './camera';
import { createContactShadow } from './contact-shadow';
import { createDragTool } from './drag-tool';
import { createGhostLayer } from './ghost-layer';
import { createGizmo } from './gizmo';
import { createGround } from './ground';
import { editUnit, formatLength } from './lengths';
import { createLabel } from './labels';
import { createLoop } from './loop';
import { palette } from './palette';
import { loopCentroid } from './part-geometry';
import { createPartsDepth } from './parts-depth';
import { createPartsLayer, type PartHit } from './parts-layer';
import { createPlaneHandle } from './plane-handle';
import { listenToPointer, type PointerPosition } from './pointer';
import { createResolution } from './resolution';
import { activePlane, createSelectionMarks } from './selection-marks';
import { createStudio } from './studio';
import { sceneBox } from './scene-box';
import type { Viewport, ViewportEvents, ViewportState } from './types';

/** The shadow follows a shape that keeps changing at this pace, ms: it is the only thing drawn in several passes. */
const SHADOW_PACE = 120;

/**
 * The viewport in a container: canvas, labels, layers and tools. World space is y-up in learning units; the root group
 * stands z-up sources upright. Draws only when something changed.
 */
export function createEngine(container: HTMLElement, events: ViewportEvents): Viewport {
  const renderer = new WebGLRenderer({ antialias: true, powerPreference: 'high-performance' });
  const canvas = renderer.domElement;
  canvas.tabIndex = 0;
  canvas.addEventListener('blur', () => canvas.style.removeProperty('outline'));
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', '3D view of the shape');
  Object.assign(canvas.style, {
    display: 'block',
    width: '100%',
    height: '100%',
    touchAction: 'none',
    outlineOffset: '-2px',
  });
  const overlay = document.createElement('div');
  Object.assign(overlay.style, {
    position: 'absolute',
    inset: '0',
    overflow: 'hidden',
    pointerEvents: 'none',
  });
  if (getComputedStyle(container).position === 'static') container.style.position = 'relative';
  container.append(canvas, overlay);

  const scene = new Scene();
  const root = new Group();
  const studio = createStudio(scene);
  const ground = createGround();
  const shadow = createContactShadow();
  const parts = createPartsLayer();
  const partsDepth = createPartsDepth();
  const ghost = createGhostLayer(partsDepth);
  const marks = createSelectionMarks();
  const handle = createPlaneHandle();
  root.add(parts.group, ghost.group, marks.group, handle.group);
  scene.add(ground.group, shadow.mesh, root);
  const nameLabel = createLabel(overlay, 'tag', 'viewport-hover-label');
  const planeLabel = createLabel(overlay, 'tag', 'viewport-plane-label');
  const scaleLabel = createLabel(overlay, 'plain', 'viewport-scale-label');

  let state: ViewportState | null = null;
  let pointer: PointerPosition | null = null;
  let shadowDirty = true;
  let shadowAt = 0;
  let shadowTimer: ReturnType<typeof setTimeout> | undefined;
  let framedGhost: ViewportState['ghost'] | undefined;
  let framed = false;
  let wasMoving = false;
  let disposed = false;
  const raycaster = new Raycaster();
  const toRoot = new Matrix4();

  const rig = createCameraRig(canvas, () => loop.request());
  const gizmo = createGizmo(overlay, (name) => rig.view(name));
  const loop = createLoop(drawFrame, events.onFrameRate);
  const resolution = createResolution(renderer, loop.request);

  const rootRay = (at: PointerPosition): Ray => {
    raycaster.setFromCamera(at.ndc, rig.camera);
    return raycaster.ray.clone().applyMatrix4(toRoot.copy(root.matrixWorld).invert());
  };

  /** Centre of a face in the shape's space, as displayed or as assembled. */
  const faceCentre = (partId: string, plane: number, displayed: boolean): Vec3 | null => {
    const part = parts.get(partId);
    const face = part?.polytope?.faces.find((candidate) => candidate.plane === plane);
    if (!part?.polytope || !face) return null;
    const [x, y, z] = loopCentroid(part.polytope.vertices, face.loop);
    const { position } = part.group;
    return displayed ? [x + position.x, y + position.y, z + position.z] : [x, y, z];
  };

  const unitsPerPixel = (at: Vec3): number =>
    rig.unitsPerPixel(new Vector3(...at).applyMatrix4(root.matrixWorld));

  const tool = createDragTool(
    {
      state: () => state,
      part: (id) => parts.get(id),
      handle,
      handleAnchor: () => {
        if (!state || state.selectedPlane === null || state.selectedPartIds.size !== 1) return null;
        const [id] = state.selectedPartIds;
        return faceCentre(id, state.selectedPlane, false);
      },
      unitsPerPixel,
    },
    events,
    () => {
      if (state) apply(state);
    },
  );

  const toScreen = (world: Vector3): { x: number; y: number } | null => {
    const projected = world.clone().project(rig.camera);
    if (projected.z > 1 || projected.z < -1) return null;
    return {
      x: ((projected.x + 1) / 2) * container.clientWidth,
      y: ((1 - projected.y) / 2) * container.clientHeight,
    };
  };
  const rootToScreen = (at: Vector3): { x: number; y: number } | null =>
    toScreen(at.clone().applyMatrix4(root.matrixWorld));

  const pick = (at: PointerPosition): { ray: Ray; hit: PartHit | null } => {
    const ray = rootRay(at);
    return { ray, hit: parts.pick(ray) };
  };

  const hover = (at: PointerPosition | null): void => {
    pointer = at;
    const picked = at && pick(at);
    const grab = picked && tool.wouldDrag(picked.ray, picked.hit);
    canvas.style.cursor = grab ? 'grab' : picked?.hit ? 'pointer' : 'default';
    const target = picked?.hit?.target ?? null;
    const known = state?.hover ?? null;
    if (target?.partId !== known?.partId || target?.plane !== known?.plane) events.onHover(target);
    else loop.request();
  };

  const stopListening = listenToPointer(
    canvas,
    {
      onPress(at) {
        // A person who points knows where the focus is; the ring is for those who came by keyboard.
        canvas.style.outline = 'none';
        canvas.focus({ preventScroll: true });
        const { ray, hit } = pick(at);
        return tool.press(at, ray, hit);
      },
      onDrag(at, event) {
        pointer = at;
        tool.drag(at, rootRay(at), event.ctrlKey || event.metaKey);
        canvas.style.cursor = 'grabbing';
      },
      onDragEnd: () => tool.commit(),
      onDragLost: () => tool.cancel(),
      onClick(at, event) {
        const { ray, hit } = pick(at);
        if (tool.wouldDrag(ray, null)) return;
        if (!hit) {
          if (!event.shiftKey) events.onSelect(null, false);
          return;
        }
        const { partId, plane } = hit.target;
        const again = state?.selectedPartIds.size === 1 && state.selectedPartIds.has(partId);
        events.onSelect({ partId, plane: again && !event.shiftKey ? plane : null }, event.shiftKey);
      },
      onHover: hover,
    },
    (enabled) => {
      rig.controls.enabled = enabled;
    },
  );

  const onKey = (event: KeyboardEvent): void => tool.key(event);
  addEventListener('keydown', onKey, true);
  const onCanvasKey = (event: KeyboardEvent): void => {
    const turn = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!turn || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    rig.orbit((turn[0] * Math.PI) / 24, (turn[1] * Math.PI) / 24);
  };
  canvas.addEventListener('keydown', onCanvasKey);

  function apply(next: ViewportState): void {
    const previous = state;
    state = next;
    const themeChanged = previous?.theme !== next.theme;
    if (themeChanged) {
      studio.setTheme(next.theme);
      shadow.setTheme(next.theme);
      for (const label of [nameLabel, planeLabel, scaleLabel]) label.setTheme(next.theme);
    }
    if (previous?.frame.upAxis !== next.frame.upAxis) {
      root.rotation.x = next.frame.upAxis === 'z' ? -Math.PI / 2 : 0;
      root.updateMatrixWorld(true);
    }
    const dragging = tool.active() !== null;
    const partsMoved = parts.update(next, dragging);
    // Parts that stand apart from the source are not compared with it: it fades as they leave.
    const ghostOpacity =
      next.ghostOpacity * (parts.drawn().length > 0 ? Math.max(0, 1 - 3 * next.explode) : 1);
    const ghostMoved = ghost.update(next.ghost, ghostOpacity, next.theme, parts.drawn().length === 0);
    if (partsMoved || ghostMoved) shadowDirty = true;
    root.updateMatrixWorld(true);
    if (!dragging && (partsMoved || ghostMoved || !previous)) settleGround(next);
    ground.update(next.frame, next.theme, ground.height(), next.showGrid);
    markSelection(next);
    if (!dragging) frameNewContent(next);
    loop.request();
  }

  /** The ground lies under whatever stands lowest, parts or ghost; a drag does not move it. */
  function settleGround(current: ViewportState): void {
    const box = sceneBox(root, parts.drawn(), current.ghost);
    ground.group.position.y = box.isEmpty() ? -0.5 : box.min.y - 0.002;
  }

  function frameNewContent(current: ViewportState): void {
    const fresh = current.ghost !== framedGhost && current.ghost !== null;
    framedGhost = current.ghost;
    const box = sceneBox(root, parts.drawn(), current.ghost);
    if (box.isEmpty()) {
      framed = false;
      return;
    }
    if (!fresh && framed) return;
    rig.frame(box, framed);
    framed = true;
  }

  function markSelection(current: ViewportState): void {
    const { accent, core } = palette(current.theme);
    const drag = tool.active();
    marks.update(current, drag, (id) => parts.get(id));
    const active = activePlane(current, drag);
    const shown = active && parts.get(active.id)?.group.visible === true && !current.readOnly;
    const centre = shown ? faceCentre(active.id, active.plane, true) : null;
    const normal = shown
      ? current.parts.find(({ id }) => id === active.id)?.planes[active.plane]?.normal
      : null;
    handle.place(normal ? centre : null, normal ?? [0, 1, 0]);
    handle.setColour(accent, core, drag !== null);
  }

  function placeLabels(current: ViewportState): void {
    const drag = tool.active();
    // The part whose plane has a handle needs no name: its distance stands there.
    const handled = current.selectedPlane !== null ? current.selectedPartIds : null;
    const isNamed = !drag && current.hover && !handled?.has(current.hover.partId);
    const hovered = isNamed ? current.parts.find(({ id }) => id === current.hover?.partId) : undefined;
    if (hovered) nameLabel.setText(hovered.name);
    nameLabel.place(hovered && pointer ? { x: pointer.x, y: pointer.y + 18 } : null);
    if (handle.group.visible) {
      handle.resize(rig.unitsPerPixel(handle.group.getWorldPosition(new Vector3())));
      const [id] = current.selectedPartIds;
      const plane = current.parts.find((part) => part.id === id)?.planes[current.selectedPlane ?? -1];
      const { metresPerUnit } = current.frame;
      if (drag) planeLabel.setText(drag.label());
      else if (plane) planeLabel.setText(formatLength(plane.offset * metresPerUnit, editUnit(metresPerUnit)));
      const tip = rootToScreen(handle.tip());
      const base = rootToScreen(handle.group.position);
      planeLabel.place(tip, tip && base && tip.x < base.x ? 'left' : 'right');
    } else planeLabel.place(null);
    const scale = ground.scale();
    scaleLabel.setText(scale);
    scaleLabel.place(current.showGrid ? { x: 14, y: container.clientHeight - 16 } : null);
  }

  function drawFrame(now: number, elapsed: number): boolean {
    if (disposed || !state || renderer.getContext().isContextLost()) return false;
    resolution.frame(elapsed);
    const moving = rig.update(elapsed);
    studio.follow(rig.camera);
    if (shadowDirty) {
      // A slow machine draws it with every fourth frame at most.
      if (now - shadowAt >= Math.max(SHADOW_PACE, 4 * elapsed)) {
        shadow.render(renderer, scene, ground.height());
        shadowDirty = false;
        shadowAt = now;
      } else {
        clearTimeout(shadowTimer);
        shadowTimer = setTimeout(() => loop.request(), SHADOW_PACE);
      }
    }
    // Under the ground there is nothing to see it by.
    ground.group.visible = rig.camera.position.y > ground.height();
    shadow.mesh.visible = ground.group.visible && (state.ghost !== null || parts.drawn().length > 0);
    placeLabels(state);
    if (ghost.needsPartsDepth()) partsDepth.render(renderer, scene, rig.camera);
    renderer.render(scene, rig.camera);
    gizmo.update(rig.camera, state.frame.upAxis, state.theme);
    // After a move of the camera another part may lie under a pointer that stood still.
    if (wasMoving && !moving && pointer && !tool.active()) hover(pointer);
    wasMoving = moving;
    return moving;
  }

  const resize = (): void => {
    const { clientWidth: width, clientHeight: height } = container;
    if (width === 0 || height === 0) return;
    resolution.resize(width, height);
    rig.resize(width, height);
    // Resizing clears the canvas; drawing at once keeps it from flashing.
    drawFrame(performance.now(), 0);
    loop.request();
  };
  const observer = new ResizeObserver(resize);
  observer.observe(container);

  const onRestored = (): void => {
    shadowDirty = true;
    loop.request();
  };
  canvas.addEventListener('webglcontextrestored', onRestored);

  return {
    update(next) {
      apply(next);
    },
    frameSelection() {
      if (!state) return;
      const selected = parts.drawn().filter(({ part }) => state!.selectedPartIds.has(part.id));
      const box =
        selected.length > 0 ? sceneBox(root, selected, null) : sceneBox(root, parts.drawn(), state.ghost);
      rig.frame(box, true);
    },
    view: (name) => rig.view(name),
    screenshot() {
      resolution.sharpen();
      drawFrame(performance.now(), 0);
      return new Promise((resolve, reject) => {
        canvas.toBlob((blob) => {
          if (blob) resolve(blob);
          else reject(new Error('The canvas gave no picture.'));
        }, 'image/png');
      });
    },
    projectFace(partId, plane) {
      const centre = faceCentre(partId, plane, true);
      if (!centre || parts.get(partId)?.group.visible !== true) return null;
      rig.camera.updateMatrixWorld();
      return rootToScreen(new Vector3(...centre));
    },
    dispose() {
      disposed = true;
      tool.cancel();
      loop.dispose();
      clearTimeout(shadowTimer);
      observer.disconnect();
      stopListening();
      removeEventListener('keydown', onKey, true);
      canvas.removeEventListener('keydown', onCanvasKey);
      canvas.removeEventListener('webglcontextrestored', onRestored);
      for (const thing of [
        rig,
        studio,
        resolution,
        ground,
        shadow,
        parts,
        partsDepth,
        ghost,
        marks,
        handle,
        nameLabel,
        planeLabel,
        scaleLabel,
        gizmo,
      ]) {
        thing.dispose();
      }
      renderer.dispose();
      renderer.forceContextLoss();
      canvas.remove();
      overlay.remove();
    },
  };
}
