import { type Camera, Quaternion, Vector3 } from 'three';
import type { UpAxis } from '../../../shared/document/types';
import type { Theme } from '../../../shared/shape/colour';
import { palette } from '../palette';
import type { NamedView } from '../types';

/** The axes in the corner, as SVG: they turn with the camera, and a click on an end looks along it. */
export interface AxesGizmo {
  update(camera: Camera, upAxis: UpAxis, theme: Theme): void;
  dispose(): void;
}

const SIZE = 84;
const ARM = 28;
const SVG = 'http://www.w3.org/2000/svg';

interface Arm {
  readonly axis: 0 | 1 | 2;
  readonly sign: 1 | -1;
  readonly group: SVGGElement;
  readonly line: SVGLineElement | null;
  readonly dot: SVGCircleElement;
  readonly text: SVGTextElement | null;
}

/** Where the source's axes point in the y-up world. */
const DIRECTIONS: Readonly<Record<UpAxis, readonly Vector3[]>> = {
  y: [new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1)],
  z: [new Vector3(1, 0, 0), new Vector3(0, 0, -1), new Vector3(0, 1, 0)],
};

function viewAlong({ x, y, z }: Vector3): NamedView {
  if (x !== 0) return x > 0 ? 'right' : 'left';
  if (y !== 0) return y > 0 ? 'top' : 'bottom';
  return z > 0 ? 'front' : 'back';
}

export function createAxesGizmo(parent: HTMLElement, onView: (name: NamedView) => void): AxesGizmo {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `${-SIZE / 2} ${-SIZE / 2} ${SIZE} ${SIZE}`);
  svg.setAttribute('role', 'group');
  svg.setAttribute('aria-label', 'Axes');
  Object.assign(svg.style, {
    position: 'absolute',
    right: '12px',
    top: '12px',
    width: `${SIZE}px`,
    height: `${SIZE}px`,
    pointerEvents: 'none',
    userSelect: 'none',
  });
  parent.append(svg);
  let upAxis: UpAxis = 'y';
  let colours = palette('dark');

  const make = (axis: 0 | 1 | 2, sign: 1 | -1): Arm => {
    const group = document.createElementNS(SVG, 'g');
    group.setAttribute('role', 'button');
    group.setAttribute('aria-label', `View along ${sign > 0 ? '+' : '\u2212'}${'XYZ'[axis]}`);
    group.style.pointerEvents = 'auto';
    group.style.cursor = 'pointer';
    const line = sign > 0 ? document.createElementNS(SVG, 'line') : null;
    const dot = document.createElementNS(SVG, 'circle');
    dot.setAttribute('r', sign > 0 ? '8.5' : '5');
    const text = sign > 0 ? document.createElementNS(SVG, 'text') : null;
    if (line) {
      line.setAttribute('stroke-width', '2');
      group.append(line);
    }
    group.append(dot);
    if (text) {
      text.textContent = 'XYZ'[axis];
      text.setAttribute('text-anchor', 'middle');
      text.setAttribute('dominant-baseline', 'central');
      text.setAttribute('font-size', '10');
      text.setAttribute('font-weight', '700');
      group.append(text);
    }
    group.addEventListener('click', () =>
      onView(viewAlong(DIRECTIONS[upAxis][axis].clone().multiplyScalar(sign))),
    );
    return { axis, sign, group, line, dot, text };
  };
  const arms: Arm[] = [];
  for (const axis of [0, 1, 2] as const) for (const sign of [1, -1] as const) arms.push(make(axis, sign));
  const inverse = new Quaternion();
  let drawn = '';

  return {
    update(camera, axisUp, theme) {
      const key = `${camera.quaternion.toArray().map((v) => v.toFixed(4))} ${axisUp} ${theme}`;
      if (key === drawn) return;
      drawn = key;
      upAxis = axisUp;
      colours = palette(theme);
      inverse.copy(camera.quaternion).invert();
      const placed = arms.map((arm) => ({
        arm,
        at: DIRECTIONS[upAxis][arm.axis].clone().multiplyScalar(arm.sign).applyQuaternion(inverse),
      }));
      placed.sort((a, b) => a.at.z - b.at.z);
      for (const { arm, at } of placed) {
        const x = (at.x * ARM).toFixed(2);
        const y = (-at.y * ARM).toFixed(2);
        const colour = colours.axes[arm.axis];
        arm.line?.setAttribute('x2', x);
        arm.line?.setAttribute('y2', y);
        arm.line?.setAttribute('stroke', colour);
        arm.dot.setAttribute('cx', x);
        arm.dot.setAttribute('cy', y);
        arm.dot.setAttribute('fill', arm.sign > 0 ? colour : colours.backgroundTop);
        arm.dot.setAttribute('stroke', colour);
        arm.dot.setAttribute('stroke-width', arm.sign > 0 ? '0' : '1.5');
        arm.text?.setAttribute('x', x);
        arm.text?.setAttribute('y', y);
        arm.text?.setAttribute('fill', theme === 'dark' ? '#101216' : '#ffffff');
        arm.group.setAttribute('opacity', (0.72 + 0.28 * at.z).toFixed(2));
        svg.append(arm.group);
      }
    },
    dispose() {
      svg.remove();
    },
  };
}
