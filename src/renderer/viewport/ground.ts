import { BufferAttribute, BufferGeometry, Color, Group, LineBasicMaterial, LineSegments } from 'three';
import type { Frame } from '../../shared/document/types';
import type { Theme } from '../../shared/shape/colour';
import { formatRound, gridSteps, gridUnit } from './lengths';
import { palette } from './palette';

/** A grid on the ground whose lines stand at round distances from the document's origin, fading outwards. */
export interface Ground {
  readonly group: Group;
  /** World height of the ground. */
  height(): number;
  update(frame: Frame, theme: Theme, height: number, visible: boolean): void;
  /** What the grid's lines are apart, in words. */
  scale(): string;
  dispose(): void;
}

/** Radius of the grid in learning units, and the pieces each line is cut into for its fade. */
const RADIUS = 1.6;
const PIECES = 24;

export function createGround(): Ground {
  const group = new Group();
  const material = new LineBasicMaterial({ vertexColors: true, transparent: true, depthWrite: false });
  const lines = new LineSegments(new BufferGeometry(), material);
  lines.renderOrder = -2;
  group.add(lines);
  let built = '';
  let label = '';

  const build = (frame: Frame, theme: Theme): void => {
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
    lines.geometry.dispose();
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
    geometry.setAttribute('color', new BufferAttribute(new Float32Array(rgba), 4));
    lines.geometry = geometry;
    label = `Grid ${formatRound(minor, gridUnit(minor))}, bold lines ${formatRound(major, gridUnit(major))}`;
  };

  return {
    group,
    height: () => group.position.y,
    update(frame, theme, height, visible) {
      const key = `${theme} ${frame.upAxis} ${frame.metresPerUnit} ${frame.origin.join(' ')}`;
      if (key !== built) {
        built = key;
        build(frame, theme);
      }
      group.position.y = height;
      lines.visible = visible;
    },
    scale: () => label,
    dispose() {
      lines.geometry.dispose();
      material.dispose();
    },
  };
}
