import { Color, type Group, type Object3D } from 'three';
import { LineMaterial } from 'three/examples/jsm/lines/LineMaterial.js';
import { LineSegments2 } from 'three/examples/jsm/lines/LineSegments2.js';
import type { LineSegmentsGeometry } from 'three/examples/jsm/lines/LineSegmentsGeometry.js';
import { palette } from './palette';
import type { DrawnPart } from './parts-layer';
import type { ViewportState } from './types';

/** Outlines of selected parts (with their hidden edges, faint) and of the part under the pointer. */
export interface Outlines {
  update(state: ViewportState, find: (id: string) => DrawnPart | undefined): void;
  dispose(): void;
}

interface Style {
  readonly material: LineMaterial;
  readonly order: number;
}

/**
 * Lines are drawn over the parts' own edge geometry, which the parts layer owns. A bright core in each accent line
 * keeps it readable on a part of the same hue.
 */
export function createOutlines(parent: Group): Outlines {
  const selected = [style(1.2, 0.4, false, 5), style(5, 1, true, 6), style(1.6, 1, true, 7)];
  const hovered = [style(2.2, 1, true, 8)];
  const lines = new Map<string, LineSegments2>();

  const show = (key: string, part: DrawnPart, { material, order }: Style): void => {
    let line = lines.get(key);
    if (!line) {
      line = new LineSegments2(part.edgeGeometry, material);
      line.renderOrder = order;
      lines.set(key, line);
      parent.add(line);
    }
    line.geometry = part.edgeGeometry as LineSegmentsGeometry;
    line.position.copy(part.group.position);
    line.visible = true;
  };

  return {
    update(state, find) {
      const { accent, core, hover } = palette(state.theme);
      selected[0].material.color = new Color(accent);
      selected[1].material.color = new Color(accent);
      selected[2].material.color = new Color(core);
      hovered[0].material.color = new Color(hover);
      for (const line of lines.values()) line.visible = false;
      const used = new Set<string>();
      const add = (id: string, styles: readonly Style[], kind: string): void => {
        const part = find(id);
        if (!part?.buffers || !part.group.visible) return;
        styles.forEach((entry, index) => {
          const key = `${kind}${index} ${id}`;
          used.add(key);
          show(key, part, entry);
        });
      };
      for (const id of state.selectedPartIds) add(id, selected, 'selected');
      if (state.hover && !state.selectedPartIds.has(state.hover.partId)) {
        add(state.hover.partId, hovered, 'hovered');
      }
      for (const [key, line] of lines) {
        if (used.has(key)) continue;
        parent.remove(line as Object3D);
        lines.delete(key);
      }
    },
    dispose() {
      for (const line of lines.values()) parent.remove(line as Object3D);
      lines.clear();
      for (const { material } of [...selected, ...hovered]) material.dispose();
    },
  };
}

function style(linewidth: number, opacity: number, depthTest: boolean, order: number): Style {
  return {
    // Lines lie on faces: pulled towards the eye, they are not cut by them.
    material: new LineMaterial({
      linewidth,
      opacity,
      transparent: opacity < 1,
      depthTest,
      depthWrite: false,
      polygonOffset: true,
      polygonOffsetFactor: -2,
      polygonOffsetUnits: -2,
    }),
    order,
  };
}
