import { type Ray, Vector2 } from 'three';
import type { Hit } from '../types';

/** A pointer over the canvas: CSS pixels relative to it, and normalised device coordinates. */
export interface PointerPosition {
  readonly x: number;
  readonly y: number;
  readonly ndc: Vector2;
}

/** A pointer over the canvas with what lies under it. */
export interface Pointer extends PointerPosition {
  /** Shift, and Ctrl or Command, are held. */
  readonly shift: boolean;
  readonly control: boolean;
  /** From the camera through the pointer, in the shape's space. */
  readonly ray: Ray;
  /** What the ray meets first; looked for when it is first asked for. */
  hit(): Hit | null;
}

export interface PointerHandlers {
  /** Left button went down. True takes the gesture away from the camera. */
  onPress(at: PointerPosition, event: PointerEvent): boolean;
  /** The gesture taken moved beyond a click; called for every move after that. */
  onDrag(at: PointerPosition, event: PointerEvent): void;
  onDragEnd(): void;
  /** The gesture was cut off by the system. */
  onDragLost(): void;
  onClick(at: PointerPosition, event: PointerEvent): void;
  /** Null when the pointer left or turns the camera. */
  onHover(at: PointerPosition | null, event: PointerEvent): void;
}

const noMenu = (event: Event): void => event.preventDefault();

/** Pixels a pressed pointer may wander and still make a click. */
const CLICK_SLOP = 4;

/**
 * Tells clicks, drags and orbits apart. Listens in the capture phase, ahead of the camera controls, which get every
 * gesture that `onPress` does not take.
 * @param setCameraEnabled stops the camera from seeing a gesture that was taken
 */
export function listenToPointer(
  canvas: HTMLElement,
  handlers: PointerHandlers,
  setCameraEnabled: (enabled: boolean) => void,
): () => void {
  let press: { id: number; x: number; y: number; taken: boolean; moved: boolean } | null = null;
  const position = (event: PointerEvent): PointerPosition => {
    const box = canvas.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    return { x, y, ndc: new Vector2((x / box.width) * 2 - 1, 1 - (y / box.height) * 2) };
  };

  const down = (event: PointerEvent): void => {
    if (press) return;
    const left = event.button === 0 && !event.altKey;
    const taken = left && handlers.onPress(position(event), event);
    setCameraEnabled(!taken);
    if (taken) canvas.setPointerCapture(event.pointerId);
    if (left) press = { id: event.pointerId, x: event.clientX, y: event.clientY, taken, moved: false };
    else handlers.onHover(null, event);
  };
  const move = (event: PointerEvent): void => {
    if (!press) {
      if (event.buttons === 0) handlers.onHover(position(event), event);
      return;
    }
    if (event.pointerId !== press.id) return;
    if (!press.moved && Math.hypot(event.clientX - press.x, event.clientY - press.y) < CLICK_SLOP) return;
    if (!press.moved && !press.taken) handlers.onHover(null, event);
    press.moved = true;
    if (press.taken) handlers.onDrag(position(event), event);
  };
  const finish = (event: PointerEvent, lost: boolean): void => {
    if (!press || event.pointerId !== press.id) return;
    const { taken, moved } = press;
    press = null;
    setCameraEnabled(true);
    if (taken && moved) {
      if (lost) handlers.onDragLost();
      else handlers.onDragEnd();
    } else if (!moved && !lost) handlers.onClick(position(event), event);
  };
  const up = (event: PointerEvent): void => finish(event, false);
  const cancelled = (event: PointerEvent): void => finish(event, true);
  const leave = (event: PointerEvent): void => {
    if (!press) handlers.onHover(null, event);
  };

  canvas.addEventListener('pointerdown', down, true);
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', cancelled);
  canvas.addEventListener('pointerleave', leave);
  canvas.addEventListener('contextmenu', noMenu);
  return () => {
    canvas.removeEventListener('pointerdown', down, true);
    canvas.removeEventListener('pointermove', move);
    canvas.removeEventListener('pointerup', up);
    canvas.removeEventListener('pointercancel', cancelled);
    canvas.removeEventListener('pointerleave', leave);
    canvas.removeEventListener('contextmenu', noMenu);
  };
}
