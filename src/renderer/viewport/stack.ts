import type { Box3 } from 'three';
import type { FrameTime, Layer, LayerContext, LayerDescriptor } from './layer';
import type { Tool, ToolDescriptor } from './tool';
import type { ViewportState } from './types';
import type { Label } from './view/labels';

/** The layers and tools of one viewport, in order. */
export interface Stack {
  /** From high priority to low. */
  readonly tools: readonly Tool[];
  /** Every layer that is drawn now, tools among them. */
  layers(): readonly Layer[];
  /** Passes a state on. True when what stands on the ground changed. */
  update(state: ViewportState, previous: ViewportState | null): boolean;
  /** True when a layer wants another frame. */
  frame(time: FrameTime): boolean;
  labels(): readonly Label[];
  /** Widens a box in the shape's space by what every layer draws. */
  bound(box: Box3): Box3;
  dispose(): void;
}

interface Member {
  readonly descriptor: LayerDescriptor | ToolDescriptor;
  readonly layer: Layer;
}

export function createStack(
  layers: readonly LayerDescriptor[],
  tools: readonly ToolDescriptor[],
  context: LayerContext,
): Stack {
  const extras = layers.filter(({ extra }) => extra === true);
  const permanent = [...layers.filter(({ extra }) => extra !== true), ...tools];
  const made: Tool[] = [];
  let members: Member[] = permanent.sort(byOrder).map((descriptor) => {
    if (!('priority' in descriptor)) return { descriptor, layer: descriptor.create(context) };
    const tool = descriptor.create(context);
    made.push(tool);
    return { descriptor, layer: tool };
  });
  const priority = new Map(
    members.flatMap(({ descriptor, layer }) =>
      'priority' in descriptor ? [[layer, descriptor.priority] as const] : [],
    ),
  );
  made.sort((a, b) => priority.get(b)! - priority.get(a)!);

  /** Makes the extra layers that a state names and drops the others. Returns the new ones. */
  const arrange = (wanted: ReadonlySet<string> | undefined): ReadonlySet<Layer> => {
    const fresh = new Set<Layer>();
    for (const descriptor of extras) {
      const member = members.find((candidate) => candidate.descriptor === descriptor);
      const isWanted = wanted?.has(descriptor.name) === true;
      if (isWanted === (member !== undefined)) continue;
      if (member) {
        member.layer.dispose();
        members = members.filter((candidate) => candidate !== member);
      } else {
        const layer = descriptor.create(context);
        fresh.add(layer);
        members = [...members, { descriptor, layer }].sort((a, b) => byOrder(a.descriptor, b.descriptor));
      }
    }
    return fresh;
  };

  return {
    tools: made,
    layers: () => members.map(({ layer }) => layer),
    update(state, previous) {
      const fresh = arrange(state.extras);
      let moved = false;
      for (const { layer } of members) {
        if (layer.update?.(state, fresh.has(layer) ? null : previous) === true) moved = true;
      }
      return moved;
    },
    frame(time) {
      let more = false;
      for (const { layer } of members) if (layer.frame?.(time) === true) more = true;
      return more;
    },
    labels: () => members.flatMap(({ layer }) => layer.labels?.() ?? []),
    bound(box) {
      for (const { layer } of members) {
        const own = layer.bounds?.();
        if (own && !own.isEmpty()) box.union(own);
      }
      return box;
    },
    dispose() {
      for (const tool of made) tool.cancel?.();
      for (const { layer } of members) layer.dispose();
      members = [];
    },
  };
}

function byOrder(a: { readonly order: number }, b: { readonly order: number }): number {
  return a.order - b.order;
}
