import { Color, type Group, type Object3D } from 'three';
import { LineMaterial } from 'three/examples/jsm/lines/LineMaterial.js';
import { LineSegments2 } from 'three/examples/jsm/lines/LineSegments2.js';
import { LineSegmentsGeometry } from 'three/examples/jsm/lines/LineSegmentsGeometry.js';
import { palette } from '../palette';
import type { PartBuffers } from '../parts/part-geometry';
import type { DrawnPart } from '../parts/drawn-parts';
import type { ViewportState } from '../types';

/** Outlines of selected parts (with their hidden edges, faint) and of the part under the pointer. */
export interface Outlines {
  update(state: ViewportState, find: (id: string) => DrawnPart | undefined): void;
  dispose(): void;
}

interface Style {
  readonly material: LineMaterial;
  readonly order: number;
}

/** A bright core in each accent line keeps it readable on a part of the same hue. */
export function createOutlines(parent: Group): Outlines {
  const selected = [style(1.2, 0.4, false, 5), style(5, 1, true, 6), style(1.6, 1, true, 7)];
  const hovered = [style(2.2, 1, true, 8)];
  const lines = new Map<string, LineSegments2>();
  const geometries = new Map<PartBuffers, LineSegmentsGeometry>();

  const geometryOf = (buffers: PartBuffers): LineSegmentsGeometry => {
    let geometry = geometries.get(buffers);
    if (!geometry) {
      geometry = new LineSegmentsGeometry().setPositions(buffers.edges);
      geometries.set(buffers, geometry);
    }
    return geometry;
  };

  const show = (key: string, part: DrawnPart, buffers: PartBuffers, { material, order }: Style): void => {
    let line = lines.get(key);
    if (!line) {
      line = new LineSegments2(geometryOf(buffers), material);
      line.renderOrder = order;
      lines.set(key, line);
      parent.add(line);
    }
    line.geometry = geometryOf(buffers);
    line.position.copy(part.group.position);
  };

  return {
    update(state, find) {
      const { accent, core, hover } = palette(state.theme);
      selected[0].material.color = new Color(accent);
      selected[1].material.color = new Color(accent);
      selected[2].material.color = new Color(core);
      hovered[0].material.color = new Color(hover);
      const drawn = new Set<PartBuffers>();
      const used = new Set<string>();
      const add = (id: string, styles: readonly Style[], kind: string): void => {
        const part = find(id);
        const buffers = part?.buffers;
        if (!part || !buffers || !part.group.visible) return;
        drawn.add(buffers);
        styles.forEach((entry, index) => {
          const key = `${kind}${index} ${id}`;
          used.add(key);
          show(key, part, buffers, entry);
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
      for (const [buffers, geometry] of geometries) {
        if (drawn.has(buffers)) continue;
        geometry.dispose();
        geometries.delete(buffers);
      }
    },
    dispose() {
      for (const line of lines.values()) parent.remove(line as Object3D);
      lines.clear();
      for (const geometry of geometries.values()) geometry.dispose();
      geometries.clear();
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
