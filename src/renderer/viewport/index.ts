export { createViewport } from './viewport';
export type {
  EditGesture,
  GhostGeometry,
  NamedView,
  PaintedSurface,
  PickTarget,
  Viewport,
  ViewportEvents,
  ViewportState,
} from './types';
