import type { Selection } from '../../shared/document/selection';
import type { Edit, EditName } from '../../shared/document/change';
import type { Frame } from '../../shared/document/types';
import type { Vec3 } from '../../shared/geometry/types';
import type { ConvexPart } from '../../shared/shape/types';

/** What lies under the pointer: a part, and the index of the plane whose face was hit. */
export interface PickTarget {
  readonly partId: string;
  /** Index into the part's planes; null for a face that the bounding box made. */
  readonly plane: number | null;
}

/** What a ray meets first. */
export interface Hit {
  readonly target: PickTarget;
  /** From the ray's origin. */
  readonly distance: number;
  /** Where the ray met the face, in the part's own learning coordinates (not exploded). */
  readonly point: Vec3;
}

/** The source shown behind the parts. Learning units; `indices` null for a point set. */
export interface GhostGeometry {
  readonly positions: Float32Array;
  readonly indices: Uint32Array | null;
}

/** A part's faces in colours of their own, in place of the part's. Learning space; linear light, 0 to 1. */
export interface PaintedSurface {
  /** [T*3*3], like the normals and the colours. */
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly colours: Float32Array;
}

export type NamedView = 'front' | 'back' | 'left' | 'right' | 'top' | 'bottom' | 'home';

/**
 * Everything the viewport draws, as one immutable description. `Viewport.update` compares it with the last one by
 * identity, part by part: dragging one plane of a 50-part shape rebuilds that part only.
 */
export interface ViewportState {
  readonly parts: readonly ConvexPart[];
  readonly frame: Frame;
  readonly ghost: GhostGeometry | null;
  /** 0 hides the ghost, 1 is opaque. */
  readonly ghostOpacity: number;
  readonly selectedPartIds: ReadonlySet<string>;
  /** The selected plane of the (single) selected part. */
  readonly selectedPlane: number | null;
  readonly hover: PickTarget | null;
  /** Only these parts are drawn; null draws all visible ones. */
  readonly isolatedPartIds: ReadonlySet<string> | null;
  /** 0 assembled, 1 fully exploded. */
  readonly explode: number;
  readonly showGrid: boolean;
  readonly showEdges: boolean;
  /** Parts that are painted, by their id; the others have their own colour. */
  readonly painted?: ReadonlyMap<string, PaintedSurface> | null;
  /** Names of the extra layers that are drawn. */
  readonly extras?: ReadonlySet<string>;
  readonly theme: 'dark' | 'light';
  /** True while a running fit drives the shape: no editing, no transitions. */
  readonly readOnly: boolean;
}

/** An edit that a tool makes while a person holds it: one entry of the history when it is committed, none otherwise. */
export type EditGesture =
  | ({ readonly phase: 'start'; readonly select: Selection } & EditName)
  | { readonly phase: 'move'; readonly edit: Edit }
  | { readonly phase: 'commit' }
  | { readonly phase: 'cancel' };

export interface ViewportEvents {
  onHover(target: PickTarget | null): void;
  /** `additive` when Shift is held. A click on nothing sends null. */
  onSelect(target: PickTarget | null, additive: boolean): void;
  onEdit(gesture: EditGesture): void;
  /** Frames per second while something moves, null when the loop sleeps. */
  onFrameRate(framesPerSecond: number | null): void;
}

/** What is behind a canvas: imperative, three.js. */
export interface Viewport {
  update(state: ViewportState): void;
  frameSelection(): void;
  view(name: NamedView): void;
  /** A PNG of what is drawn now. */
  screenshot(): Promise<Blob>;
  /** Screen position in CSS pixels (relative to the container) of a face's centre; for tests and labels. */
  projectFace(partId: string, plane: number): { readonly x: number; readonly y: number } | null;
  dispose(): void;
}
