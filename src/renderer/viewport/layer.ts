import type { Box3, Group, Ray, Scene, Vector3, WebGLRenderer } from 'three';
import type { Vec3 } from '../../shared/geometry/types';
import type { DrawnParts } from './parts/drawn-parts';
import type { Hit, ViewportEvents, ViewportState } from './types';
import type { CameraRig } from './view/camera';
import type { Label, ScreenPoint } from './view/labels';
import type { Pointer } from './view/pointer';

/**
 * Something that the viewport draws. A file in `layers/` that exports one as `layer` is part of the viewport; nothing
 * else has to know it.
 */
export interface LayerDescriptor {
  /** Names the layer in `ViewportState.extras`, in kebab case. */
  readonly name: string;
  /** Layers are created, updated and asked for their frame from low to high. */
  readonly order: number;
  /** Drawn only while `ViewportState.extras` names it: made when it first does, disposed when it no longer does. */
  readonly extra?: boolean;
  create(context: LayerContext): Layer;
}

/** A layer while its viewport lives. What it does not need it leaves out. */
export interface Layer {
  /**
   * Takes the next state, which differs from the previous one or follows a tool's gesture; `previous` is null at
   * first. True when what stands on the ground changed its shape or place: the ground and the shadow follow.
   */
  update?(state: ViewportState, previous: ViewportState | null): boolean | void;
  /** Before each drawn frame: places what depends on the camera, renders passes of its own. True wants another frame. */
  frame?(frame: FrameTime): boolean | void;
  /** Texts beside things, placed anew for each drawn frame. */
  labels?(): readonly Label[];
  /** The nearest thing of this layer on a ray in the shape's space. */
  pick?(ray: Ray): Hit | null;
  /** The box, in the shape's space, of what the camera frames and the ground lies under; empty when nothing. */
  bounds?(): Box3;
  dispose(): void;
}

/** What layers and tools stand on. Directions and places are in the shape's space unless said otherwise. */
export interface LayerContext {
  readonly renderer: WebGLRenderer;
  readonly scene: Scene;
  /** Stands the shape's space upright in the y-up world. */
  readonly root: Group;
  /** Over the canvas, for HTML and SVG; the pointer passes through unless an element asks for it. */
  readonly overlay: HTMLElement;
  readonly camera: CameraRig;
  readonly parts: DrawnParts;
  readonly events: ViewportEvents;
  /** The state that is drawn; layers and tools are asked for nothing before the first one. */
  state(): ViewportState;
  /** Where the pointer is; null when it is elsewhere or turns the camera. */
  pointer(): Pointer | null;
  /** Whether a tool's gesture is under way: then nothing moves but what it moves. */
  gesture(): boolean;
  /** World height of the ground. */
  groundHeight(): number;
  /** Counts the changes of what stands on the ground. */
  shapeRevision(): number;
  /** CSS pixels relative to the canvas; null behind the camera. */
  toScreen(at: Vector3): ScreenPoint | null;
  /** The canvas in CSS pixels. */
  size(): { readonly width: number; readonly height: number };
  /** Learning units per CSS pixel at a point. */
  unitsPerPixel(at: Vec3): number;
  /** Asks for a frame. */
  redraw(): void;
  /** Applies the state again: a tool's gesture changed what is drawn of it. */
  refresh(): void;
}

export interface FrameTime {
  /** Milliseconds of `performance.now()`. */
  readonly now: number;
  /** Since the last frame of the same motion, ms; 0 at its start. */
  readonly elapsed: number;
}
