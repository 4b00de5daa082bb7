/** Where the camera stands about a shape in its learning space: shape = scale rotation camera + translation. */
export interface ShapePose {
  /** Row-major 3 x 3, camera axes (x right, y down, z forward) to learning axes (y up). */
  readonly rotation: readonly number[];
  /** Learning units per unit of the camera's space. */
  readonly scale: number;
  readonly translation: readonly [number, number, number];
}

/** What the search varies: radians, log scale, and where the pivot lies, learning units. */
export interface PoseParameters {
  readonly azimuth: number;
  readonly elevation: number;
  readonly roll: number;
  readonly logScale: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/**
 * The rotation of a camera `elevation` above the horizon that looks down at an object whose front is turned by
 * `azimuth`; at 0 the camera is in front of it, on +z.
 */
export function poseRotation(azimuth: number, elevation: number, roll = 0): number[] {
  const [sa, ca] = [Math.sin(azimuth), Math.cos(azimuth)];
  const [se, ce] = [Math.sin(elevation), Math.cos(elevation)];
  const [sr, cr] = [Math.sin(roll), Math.cos(roll)];
  // Columns: the camera's right, down and forward in learning space.
  const right = [ca, 0, -sa];
  const down = [se * sa, -ce, se * ca];
  const forward = [-ce * sa, -se, -ce * ca];
  return [0, 1, 2].flatMap((r) => [cr * right[r] + sr * down[r], cr * down[r] - sr * right[r], forward[r]]);
}

/** A place of camera space that rotating and scaling leave where x, y and z say. */
export type Pivot = readonly [number, number, number];

/** The pose of parameters; `x`, `y` and `z` are where the pivot lies in learning space. */
export function poseOf(
  { azimuth, elevation, roll, logScale, x, y, z }: PoseParameters,
  pivot: Pivot = [0, 0, 0],
): ShapePose {
  const rotation = poseRotation(azimuth, elevation, roll);
  const scale = Math.exp(logScale);
  const [a, b, c] = toShape({ rotation, scale, translation: [0, 0, 0] }, pivot);
  return { rotation, scale, translation: [x - a, y - b, z - c] };
}

/** Camera space to learning space. */
export function toShape(
  { rotation: r, scale, translation: t }: ShapePose,
  p: ArrayLike<number>,
  at = 0,
): [number, number, number] {
  const [x, y, z] = [p[at], p[at + 1], p[at + 2]];
  return [
    scale * (r[0] * x + r[1] * y + r[2] * z) + t[0],
    scale * (r[3] * x + r[4] * y + r[5] * z) + t[1],
    scale * (r[6] * x + r[7] * y + r[8] * z) + t[2],
  ];
}

/** Learning space to camera space. */
export function toCamera(
  { rotation: r, scale, translation: t }: ShapePose,
  x: number,
  y: number,
  z: number,
): [number, number, number] {
  const [a, b, c] = [(x - t[0]) / scale, (y - t[1]) / scale, (z - t[2]) / scale];
  return [r[0] * a + r[3] * b + r[6] * c, r[1] * a + r[4] * b + r[7] * c, r[2] * a + r[5] * b + r[8] * c];
}

/** Row-major 4 x 4, camera to learning space. */
export function poseMatrix({ rotation: r, scale, translation: t }: ShapePose): number[] {
  return [
    ...[0, 1, 2].flatMap((i) => [scale * r[i * 3], scale * r[i * 3 + 1], scale * r[i * 3 + 2], t[i]]),
    0,
    0,
    0,
    1,
  ];
}

/** Steps of the search, one per parameter; 0 holds a parameter. */
export type PoseSteps = Readonly<Record<keyof PoseParameters, number>>;

/** Minimises `error` about a start by trying a step either way in every parameter and halving the steps. */
export function searchPose(
  start: PoseParameters,
  steps: PoseSteps,
  halvings: number,
  pivot: Pivot,
  error: (pose: ShapePose) => number,
): { readonly parameters: PoseParameters; readonly error: number } {
  let best = { parameters: start, error: error(poseOf(start, pivot)) };
  const names = (Object.keys(steps) as (keyof PoseParameters)[]).filter((name) => steps[name] > 0);
  for (let level = 0, moves = 0; level < halvings;) {
    let moved = false;
    for (const name of names) {
      for (const sign of [-1, 1]) {
        const parameters = {
          ...best.parameters,
          [name]: best.parameters[name] + sign * steps[name] * 0.5 ** level,
        };
        const tried = error(poseOf(parameters, pivot));
        if (!(tried < best.error)) continue;
        best = { parameters, error: tried };
        moved = true;
        break;
      }
    }
    if (!moved || ++moves >= 6) {
      level++;
      moves = 0;
    }
  }
  return best;
}
