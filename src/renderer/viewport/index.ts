export { createEngine as createViewport } from './engine';
export type {
  GhostGeometry,
  NamedView,
  PickTarget,
  PlaneDragEvent,
  Viewport,
  ViewportEvents,
  ViewportState,
} from './types';
