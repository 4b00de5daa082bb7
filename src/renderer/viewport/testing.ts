import type { ConvexPart } from '../../shared/shape/types';
import type { ViewportState } from './types';

export function withOffset(part: ConvexPart, plane: number, offset: number): ConvexPart {
  const planes = part.planes.map((entry, i) => (i === plane ? { ...entry, offset } : entry));
  return { ...part, planes };
}

export function viewportState(
  parts: readonly ConvexPart[],
  change: Partial<ViewportState> = {},
): ViewportState {
  return {
    parts,
    frame: { origin: [0, 0, 0], metresPerUnit: 1, upAxis: 'y' },
    ghost: null,
    ghostOpacity: 0.25,
    selectedPartIds: new Set(),
    selectedPlane: null,
    hover: null,
    isolatedPartIds: null,
    explode: 0,
    showGrid: true,
    showEdges: true,
    theme: 'dark',
    readOnly: false,
    ...change,
  };
}
