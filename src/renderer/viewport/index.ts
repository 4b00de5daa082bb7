export { createEngine as createViewport } from './engine';
export type {
  GhostGeometry,
  NamedView,
  PaintedSurface,
  PickTarget,
  PlaneDragEvent,
  Viewport,
  ViewportEvents,
  ViewportState,
} from './types';
