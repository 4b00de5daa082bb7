import type { Camera } from '../../../shared/geometry/camera';
import type { TriangleMesh } from '../../../shared/geometry/types';
import { unwrap } from '../../../shared/result';
import type { ReadDepth } from '../read/types';
import { createView, type DepthView } from './depth/view';

/** A scene given by the distance along a ray (unit direction) to what it hits, metres; null when it hits nothing. */
export type Scene = (
  origin: readonly number[],
  direction: readonly number[],
) => { readonly distance: number } | null;

export function sphere(centre: readonly number[], radius: number): Scene {
  return (o, d) => {
    const [x, y, z] = [0, 1, 2].map((c) => o[c] - centre[c]);
    const b = x * d[0] + y * d[1] + z * d[2];
    const discriminant = b * b - (x * x + y * y + z * z - radius * radius);
    return discriminant < 0 ? null : nearest(-b - Math.sqrt(discriminant));
  };
}

export function box(centre: readonly number[], half: readonly number[]): Scene {
  return (o, d) => {
    let enter = -Infinity;
    let leave = Infinity;
    for (let c = 0; c < 3; c++) {
      const a = (centre[c] - half[c] - o[c]) / d[c];
      const b = (centre[c] + half[c] - o[c]) / d[c];
      enter = Math.max(enter, Math.min(a, b));
      leave = Math.min(leave, Math.max(a, b));
    }
    return enter > leave ? null : nearest(enter);
  };
}

/** normal . x = offset */
export function plane(normal: readonly number[], offset: number): Scene {
  return (o, d) => {
    const facing = normal[0] * d[0] + normal[1] * d[1] + normal[2] * d[2];
    return nearest((offset - normal[0] * o[0] - normal[1] * o[1] - normal[2] * o[2]) / facing);
  };
}

export function together(...scenes: readonly Scene[]): Scene {
  return (o, d) => {
    const hits = scenes.flatMap((scene) => scene(o, d) ?? []);
    return hits.reduce<{ distance: number } | null>(
      (best, h) => (!best || h.distance < best.distance ? h : best),
      null,
    );
  };
}

function nearest(distance: number): { distance: number } | null {
  return distance > 0 ? { distance } : null;
}

/** A camera that looks from `from` at `to`, y up. */
export function cameraAt(from: readonly number[], to: readonly number[], width = 160, height = 120): Camera {
  const unit = (v: readonly number[]): number[] => v.map((x) => x / Math.hypot(...v));
  const cross = (a: readonly number[], b: readonly number[]): number[] => [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
  const forward = unit([to[0] - from[0], to[1] - from[1], to[2] - from[2]]);
  const right = unit(cross(forward, [0, 1, 0]));
  const down = cross(forward, right);
  const rows = [0, 1, 2].flatMap((c) => [right[c], down[c], forward[c], from[c]]);
  return {
    width,
    height,
    fx: width,
    fy: width,
    cx: (width - 1) / 2,
    cy: (height - 1) / 2,
    depthScale: 0.001,
    cameraToWorld: [...rows, 0, 0, 0, 1],
    upAxis: 'y',
  };
}

/** The depth image that the camera takes of a scene, in stored units (not rounded). */
export function renderDepth(scene: Scene, camera: Camera): ReadDepth {
  const m = camera.cameraToWorld!;
  const values = new Float32Array(camera.width * camera.height);
  for (let i = 0; i < values.length; i++) {
    const x = ((i % camera.width) - camera.cx) / camera.fx;
    const y = (Math.floor(i / camera.width) - camera.cy) / camera.fy;
    const length = Math.hypot(x, y, 1);
    const direction = [0, 1, 2].map((c) => (m[c * 4] * x + m[c * 4 + 1] * y + m[c * 4 + 2]) / length);
    const hit = scene([m[3], m[7], m[11]], direction);
    if (hit) values[i] = hit.distance / length / camera.depthScale;
  }
  return { kind: 'depth', width: camera.width, height: camera.height, values, notes: [] };
}

export function viewOf(scene: Scene, camera: Camera): DepthView {
  return unwrap(createView(renderDepth(scene, camera), camera, 'y', 'depth.png', 'camera.json'));
}

/** A sphere of radius 1 about the origin in latitude and longitude, counter-clockwise outside. */
export function sphereMesh(rows: number, columns: number): TriangleMesh {
  const positions: number[] = [0, 1, 0];
  for (let i = 1; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const polar = (Math.PI * i) / rows;
      const turn = (2 * Math.PI * j) / columns;
      positions.push(Math.sin(polar) * Math.cos(turn), Math.cos(polar), -Math.sin(polar) * Math.sin(turn));
    }
  }
  positions.push(0, -1, 0);
  const at = (i: number, j: number): number =>
    i === 0 ? 0 : i === rows ? positions.length / 3 - 1 : 1 + (i - 1) * columns + (j % columns);
  const indices: number[] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      if (i > 0) indices.push(at(i, j), at(i + 1, j), at(i, j + 1));
      if (i < rows - 1) indices.push(at(i, j + 1), at(i + 1, j), at(i + 1, j + 1));
    }
  }
  return { positions: Float64Array.from(positions), indices: Uint32Array.from(indices) };
}
