import { Box3, BufferAttribute, BufferGeometry, LineBasicMaterial, LineSegments, Vector3 } from 'three';
import type { LayerContext, LayerDescriptor } from '../layer';
import { editUnit, formatLength } from '../lengths';
import { palette } from '../palette';
import { partsBox } from '../parts/parts-box';
import type { ViewportState } from '../types';
import type { Label } from '../view/labels';

/** Ends of the box's edges along each axis: which corner (0 low, 1 high) on the two other axes. */
const EDGES = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;
const AXES = [0, 1, 2] as const;

/** The box around the selected parts, along the source's axes, with its three lengths. */
export const layer: LayerDescriptor = {
  name: 'sizes',
  order: 55,
  extra: true,
  create(context) {
    const { root, state } = context;
    const material = new LineBasicMaterial({ transparent: true, opacity: 0.75, depthTest: false });
    const lines = new LineSegments(new BufferGeometry(), material);
    lines.renderOrder = 9;
    root.add(lines);
    let box = new Box3();
    return {
      update(next) {
        box = selectionBox(next, context);
        lines.visible = !box.isEmpty();
        material.color.set(palette(next.theme).accent);
        if (!lines.visible) return;
        lines.geometry.dispose();
        lines.geometry = new BufferGeometry().setAttribute(
          'position',
          new BufferAttribute(
            Float32Array.from(AXES.flatMap((axis) => edgesAlong(box, axis).flatMap((edge) => edge.flat()))),
            3,
          ),
        );
      },
      labels: () => (box.isEmpty() ? [] : lengths(box, state().frame.metresPerUnit, context)),
      dispose() {
        root.remove(lines);
        lines.geometry.dispose();
        material.dispose();
      },
    };
  },
};

/** Several parts that stand apart have no common size: what is seen is not how they lie. */
function selectionBox({ selectedPartIds, explode }: ViewportState, { parts }: LayerContext): Box3 {
  const selected = parts.drawn().filter(({ part }) => selectedPartIds.has(part.id));
  return selected.length > 1 && explode > 0 ? new Box3() : partsBox(selected);
}

type Point = [number, number, number];

/** The four edges of a box along an axis, low end first. */
function edgesAlong({ min, max }: Box3, axis: 0 | 1 | 2): readonly (readonly [Point, Point])[] {
  const corners = [min.toArray(), max.toArray()];
  const [second, third] = AXES.filter((other) => other !== axis);
  return EDGES.map(([b, c]) => {
    const from: Point = [...corners[0]];
    from[second] = corners[b][second];
    from[third] = corners[c][third];
    const to: Point = [...from];
    to[axis] = corners[1][axis];
    return [from, to];
  });
}

/** Each length stands at the edge that lies farthest out on the screen, clear of what it measures. */
function lengths(box: Box3, metresPerUnit: number, { toScreen }: LayerContext): Label[] {
  const middle = toScreen(box.getCenter(new Vector3()));
  if (!middle) return [];
  const size = box.getSize(new Vector3()).toArray();
  return AXES.flatMap((axis) => {
    const places = edgesAlong(box, axis).flatMap(
      ([from, to]) => toScreen(new Vector3(...from).lerp(new Vector3(...to), 0.5)) ?? [],
    );
    if (places.length === 0) return [];
    const out = places.map(({ x, y }) => Math.hypot(x - middle.x, y - middle.y));
    const at = places[out.indexOf(Math.max(...out))];
    const length = formatLength(size[axis] * metresPerUnit, editUnit(metresPerUnit));
    return [
      {
        id: `size-${'xyz'[axis]}`,
        kind: 'tag',
        text: `${'XYZ'[axis]} ${length}`,
        at,
        side: at.x < middle.x ? 'left' : 'right',
      },
    ];
  });
}
