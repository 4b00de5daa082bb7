import { BufferAttribute, BufferGeometry, Color, LineBasicMaterial, LineSegments } from 'three';
import type { Frame } from '../../../shared/document/types';
import type { Theme } from '../../../shared/shape/colour';
import type { LayerDescriptor } from '../layer';
import { formatRound, gridSteps, gridUnit } from '../lengths';
import { palette } from '../palette';

/** Radius of the grid in learning units, and the pieces each line is cut into for its fade. */
const RADIUS = 1.6;
const PIECES = 24;

/** A grid on the ground whose lines stand at round distances from the document's origin, fading outwards. */
export const layer: LayerDescriptor = {
  name: 'ground',
  order: 10,
  create({ scene, camera, groundHeight, size, state }) {
    const material = new LineBasicMaterial({ vertexColors: true, transparent: true, depthWrite: false });
    const lines = new LineSegments(new BufferGeometry(), material);
    lines.renderOrder = -2;
    scene.add(lines);
    let built = '';
    return {
      update({ frame, theme }) {
        const key = `${theme} ${frame.upAxis} ${frame.metresPerUnit} ${frame.origin.join(' ')}`;
        if (key === built) return;
        built = key;
        lines.geometry.dispose();
        lines.geometry = gridLines(frame, theme);
      },
      frame() {
        lines.position.y = groundHeight();
        // Under the ground there is nothing to see it by.
        lines.visible = state().showGrid && camera.camera.position.y > groundHeight();
      },
      labels() {
        const { showGrid, frame } = state();
        if (!showGrid) return [];
        const at = { x: 14, y: size().height - 16 };
        return [{ id: 'scale-label', kind: 'plain', text: scaleOf(frame), at }];
      },
      dispose() {
        scene.remove(lines);
        lines.geometry.dispose();
        material.dispose();
      },
    };
  },
};

function scaleOf({ metresPerUnit }: Frame): string {
  const { minor, major } = gridSteps(metresPerUnit);
  return `Grid ${formatRound(minor, gridUnit(minor))}, bold lines ${formatRound(major, gridUnit(major))}`;
}

function gridLines(frame: Frame, theme: Theme): BufferGeometry {
  const { minor, major } = gridSteps(frame.metresPerUnit);
  const { gridMinor, gridMajor } = palette(theme);
  const colours = { minor: new Color(gridMinor), major: new Color(gridMajor) };
  const positions: number[] = [];
  const rgba: number[] = [];
  const step = minor / frame.metresPerUnit;
  // World x is the source's x; world z is the source's z, or its -y when z is up.
  const origin = [frame.origin[0], frame.upAxis === 'y' ? frame.origin[2] : -frame.origin[1]];
  const perMajor = Math.round(major / minor);
  for (const axis of [0, 1]) {
    const first = Math.ceil((origin[axis] / frame.metresPerUnit - RADIUS) / step);
    const last = Math.floor((origin[axis] / frame.metresPerUnit + RADIUS) / step);
    for (let line = first; line <= last; line++) {
      const at = line * step - origin[axis] / frame.metresPerUnit;
      const isMajor = line % perMajor === 0;
      const { r, g, b } = isMajor ? colours.major : colours.minor;
      const strength = isMajor ? 0.9 : 0.75;
      for (let piece = 0; piece < PIECES; piece++) {
        for (const end of [piece, piece + 1]) {
          const along = (end / PIECES) * 2 * RADIUS - RADIUS;
          positions.push(axis === 0 ? at : along, 0, axis === 0 ? along : at);
          const fade = Math.max(0, 1 - Math.hypot(at, along) / RADIUS);
          rgba.push(r, g, b, strength * Math.min(1, fade * 1.7) ** 1.3);
        }
      }
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
  geometry.setAttribute('color', new BufferAttribute(new Float32Array(rgba), 4));
  return geometry;
}
