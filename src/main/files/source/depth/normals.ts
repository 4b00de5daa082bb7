import { backProject, jumpAt, type DepthView } from './view';

/**
 * Unit normals of the pixels where `mask` is 1, from differences of back-projected neighbours on the same surface,
 * turned towards the camera. A pixel without such neighbours looks straight at the camera.
 * @returns [K, 3] in the order of the mask's pixels
 */
export function depthNormals(view: DepthView, mask: Uint8Array): Float64Array {
  const { width, height, depth } = view;
  const pixels = mask.reduce((sum, m) => sum + m, 0);
  const out = new Float64Array(pixels * 3);
  const point = (i: number): number[] => backProject(view, i % width, Math.floor(i / width), depth[i]);
  const same = (i: number, j: number): boolean =>
    mask[j] === 1 && Math.abs(depth[i] - depth[j]) < jumpAt(view, depth[i]);
  let k = 0;
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    const u = i % width;
    const v = Math.floor(i / width);
    const left = u > 0 && same(i, i - 1) ? i - 1 : i;
    const right = u < width - 1 && same(i, i + 1) ? i + 1 : i;
    const above = v > 0 && same(i, i - width) ? i - width : i;
    const below = v < height - 1 && same(i, i + width) ? i + width : i;
    const [ax, ay, az] = difference(point(right), point(left));
    const [bx, by, bz] = difference(point(below), point(above));
    const [px, py, pz] = point(i);
    const ray = [view.place[0] - px, view.place[1] - py, view.place[2] - pz];
    let normal = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
    let length = Math.hypot(...normal);
    if (!(length > 0)) {
      normal = ray;
      length = Math.hypot(...ray);
    }
    const towards = normal[0] * ray[0] + normal[1] * ray[1] + normal[2] * ray[2] < 0 ? -1 : 1;
    for (let c = 0; c < 3; c++) out[k++] = (towards * normal[c]) / length;
  }
  return out;
}

function difference(a: readonly number[], b: readonly number[]): number[] {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}
