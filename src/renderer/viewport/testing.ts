import type { Vec3 } from '../../shared/geometry/types';
import type { ConvexPart } from '../../shared/shape/types';
import type { ViewportState } from './types';

/** An axis-aligned box as a part: planes in the order -x, +x, -y, +y, -z, +z. */
export function boxPart(id: string, translation: Vec3, half: Vec3, index = 0): ConvexPart {
  const planes = [0, 1, 2].flatMap((axis) =>
    [-1, 1].map((sign) => ({
      normal: [0, 1, 2].map((k) => (k === axis ? sign : 0)) as unknown as Vec3,
      offset: half[axis],
      locked: false,
    })),
  );
  return { id, name: id, index, translation, planes, smoothness: 100, visible: true, locked: false };
}

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
