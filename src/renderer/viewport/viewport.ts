import { Box3, Group, Matrix4, Raycaster, Scene, Vector3, WebGLRenderer } from 'three';
import type { LayerContext } from './layer';
import { createDrawnParts } from './parts/drawn-parts';
import { faceCentre } from './parts/face-centre';
import { partsBox } from './parts/parts-box';
import { LAYERS, TOOLS } from './registry';
import { createStack } from './stack';
import type { Tool } from './tool';
import type { Hit, Viewport, ViewportEvents, ViewportState } from './types';
import { createCameraRig } from './view/camera';
import { mountCanvas } from './view/canvas';
import { createFraming } from './view/framing';
import { createLabelBoard, type ScreenPoint } from './view/labels';
import { createLoop } from './view/loop';
import { listenToPointer, type Pointer, type PointerPosition } from './view/pointer';
import { createResolution } from './view/resolution';

/**
 * The viewport in a container: canvas, labels, and whatever layers and tools are registered. World space is y-up in
 * learning units; the root group stands z-up sources upright. Draws only when something changed.
 */
export function createViewport(container: HTMLElement, events: ViewportEvents): Viewport {
  const renderer = new WebGLRenderer({ antialias: true, powerPreference: 'high-performance' });
  const canvas = renderer.domElement;
  const surface = mountCanvas(container, canvas);
  const scene = new Scene();
  const root = new Group();
  scene.add(root);
  const labels = createLabelBoard(surface.overlay);
  const parts = createDrawnParts();
  const framing = createFraming();
  const raycaster = new Raycaster();
  const toRoot = new Matrix4();

  let state: ViewportState | null = null;
  let pointer: Pointer | null = null;
  let taken: Tool | null = null;
  let groundHeight = 0;
  let shapeRevision = 0;
  let wasMoving = false;
  let disposed = false;

  const rig = createCameraRig(canvas, () => loop.request());
  const loop = createLoop(drawFrame, events.onFrameRate);
  const resolution = createResolution(renderer, loop.request);

  const toScreen = (at: Vector3): ScreenPoint | null => {
    const projected = at.clone().applyMatrix4(root.matrixWorld).project(rig.camera);
    if (projected.z > 1 || projected.z < -1) return null;
    const { clientWidth, clientHeight } = container;
    return { x: ((projected.x + 1) / 2) * clientWidth, y: ((1 - projected.y) / 2) * clientHeight };
  };

  const activeTool = (): Tool | undefined => stack.tools.find((tool) => tool.active?.() === true);

  const context: LayerContext = {
    renderer,
    scene,
    root,
    overlay: surface.overlay,
    camera: rig,
    parts,
    events,
    state: () => {
      if (!state) throw new Error('The viewport has no state yet.');
      return state;
    },
    pointer: () => pointer,
    gesture: () => activeTool() !== undefined,
    groundHeight: () => groundHeight,
    shapeRevision: () => shapeRevision,
    toScreen,
    size: () => ({ width: container.clientWidth, height: container.clientHeight }),
    unitsPerPixel: (at) => rig.unitsPerPixel(new Vector3(...at).applyMatrix4(root.matrixWorld)),
    redraw: () => loop.request(),
    refresh: () => {
      if (state) apply(state);
    },
  };
  const stack = createStack(LAYERS, TOOLS, context);

  const pick = (ray: Pointer['ray']): Hit | null => {
    let best: Hit | null = null;
    for (const layer of stack.layers()) {
      const hit = layer.pick?.(ray);
      if (hit && (!best || hit.distance < best.distance)) best = hit;
    }
    return best;
  };

  const pointerAt = (
    { x, y, ndc }: PointerPosition,
    held: { readonly shift: boolean; readonly control: boolean },
  ): Pointer => {
    raycaster.setFromCamera(ndc, rig.camera);
    const ray = raycaster.ray.clone().applyMatrix4(toRoot.copy(root.matrixWorld).invert());
    let hit: Hit | null | undefined;
    return { x, y, ndc, ...held, ray, hit: () => (hit === undefined ? (hit = pick(ray)) : hit) };
  };
  const eventPointer = (at: PointerPosition, event: PointerEvent): Pointer =>
    pointerAt(at, { shift: event.shiftKey, control: event.ctrlKey || event.metaKey });

  const hover = (at: Pointer | null): void => {
    pointer = at;
    let cursor: string | null = null;
    for (const tool of stack.tools) {
      if (at) cursor ??= tool.cursor?.(at) ?? null;
      tool.hover?.(at);
    }
    canvas.style.cursor = cursor ?? 'default';
  };

  const stopListening = listenToPointer(
    canvas,
    {
      onPress(at, event) {
        surface.focus();
        if (!state) return false;
        const press = eventPointer(at, event);
        taken = stack.tools.find((tool) => tool.press?.(press) === true) ?? null;
        return taken !== null;
      },
      onDrag(at, event) {
        pointer = eventPointer(at, event);
        taken?.drag?.(pointer);
        canvas.style.cursor = taken?.cursor?.(pointer) ?? 'default';
      },
      onDragEnd: () => taken?.commit?.(),
      onDragLost: () => taken?.cancel?.(),
      onClick(at, event) {
        if (!state) return;
        const click = eventPointer(at, event);
        stack.tools.some((tool) => tool.click?.(click) === true);
      },
      onHover(at, event) {
        if (state) hover(at && eventPointer(at, event));
      },
    },
    (enabled) => {
      rig.controls.enabled = enabled;
    },
  );

  const onKey = (event: KeyboardEvent): void => {
    if (activeTool()?.key?.(event) !== true) return;
    // Keys of a gesture are its own: no shortcut may act while it runs.
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener('keydown', onKey, true);
  const onCanvasKey = (event: KeyboardEvent): void => {
    const turn = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!turn || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    rig.orbit((turn[0] * Math.PI) / 24, (turn[1] * Math.PI) / 24);
  };
  canvas.addEventListener('keydown', onCanvasKey);

  /** The box of everything drawn, in the world. */
  const worldBox = (): Box3 => {
    const box = stack.bound(new Box3());
    return box.isEmpty() ? box : box.applyMatrix4(root.matrixWorld);
  };

  function apply(next: ViewportState): void {
    const previous = state;
    state = next;
    if (previous?.frame.upAxis !== next.frame.upAxis) {
      root.rotation.x = next.frame.upAxis === 'z' ? -Math.PI / 2 : 0;
    }
    root.updateMatrixWorld(true);
    const moved = stack.update(next, previous);
    root.updateMatrixWorld(true);
    if (moved) shapeRevision += 1;
    // A gesture moves neither the ground nor the camera.
    if (activeTool() === undefined) {
      const box = worldBox();
      if (moved || !previous) groundHeight = box.isEmpty() ? -0.5 : box.min.y - 0.002;
      const reframing = framing.next(next, box.isEmpty(), rig.held());
      if (reframing !== 'none') rig.frame(box, reframing === 'move');
    }
    loop.request();
  }

  function drawFrame(now: number, elapsed: number): boolean {
    if (disposed || !state || renderer.getContext().isContextLost()) return false;
    resolution.frame(elapsed);
    const turning = rig.update(elapsed);
    rig.camera.updateMatrixWorld();
    const moving = stack.frame({ now, elapsed }) || turning;
    labels.show(stack.labels(), state.theme);
    renderer.render(scene, rig.camera);
    // After a move of the camera another part may lie under a pointer that stood still.
    if (wasMoving && !moving && pointer && activeTool() === undefined) hover(pointerAt(pointer, pointer));
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
    shapeRevision += 1;
    loop.request();
  };
  canvas.addEventListener('webglcontextrestored', onRestored);

  return {
    update: apply,
    frameSelection() {
      const selected = parts.drawn().filter(({ part }) => state?.selectedPartIds.has(part.id) === true);
      rig.frame(selected.length > 0 ? partsBox(selected).applyMatrix4(root.matrixWorld) : worldBox(), true);
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
      const part = parts.get(partId);
      const centre = faceCentre(part, plane, true);
      if (!centre || part?.group.visible !== true) return null;
      rig.camera.updateMatrixWorld();
      return toScreen(new Vector3(...centre));
    },
    dispose() {
      disposed = true;
      loop.dispose();
      observer.disconnect();
      stopListening();
      removeEventListener('keydown', onKey, true);
      canvas.removeEventListener('keydown', onCanvasKey);
      canvas.removeEventListener('webglcontextrestored', onRestored);
      for (const thing of [stack, rig, resolution, labels]) thing.dispose();
      renderer.dispose();
      renderer.forceContextLoss();
      surface.dispose();
    },
  };
}
