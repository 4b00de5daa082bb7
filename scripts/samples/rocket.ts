import { arc, turned, type Model, type Point2 } from './modelling';

/** A toy rocket of 0.30 m: an ogive, three swept fins, a hollow nozzle, a porthole ring. */
export const rocket: Model = (api) => {
  const { Manifold } = api;
  // Ogive of two arcs: belly widest at a third of the height.
  const hull: Point2[] = [
    [0, 0.03],
    [0.03, 0.03],
  ];
  for (let i = 0; i <= 22; i++) {
    const z = 0.04 + (0.26 * i) / 22;
    const t = (z - 0.12) / (z < 0.12 ? 0.16 : 0.18);
    hull.push([0.046 * Math.max(0, 1 - t * t) ** (z < 0.12 ? 0.5 : 0.8), z]);
  }
  const body = turned(api, hull, 64);
  const nozzle = turned(
    api,
    [
      [0.0, 0.034],
      [0.016, 0.034],
      [0.024, 0.008],
      [0.0195, 0.008],
      [0.013, 0.026],
      [0, 0.026],
    ],
    48,
  );
  const outline: Point2[] = [
    [0.01, 0.045],
    [0.05, 0.02],
    ...arc([0.072, 0.006], 0.006, -90, 0, 5),
    [0.078, 0.04],
    [0.06, 0.085],
    [0.03, 0.12],
    [0.01, 0.12],
  ];
  const fin = new api.CrossSection([outline], 'NonZero')
    .extrude(0.008)
    .rotate([90, 0, 0])
    .translate([0, 0.004, 0]);
  const porthole = turned(
    api,
    [
      [0.011, -0.004],
      [0.016, -0.004],
      [0.016, 0.004],
      [0.011, 0.004],
    ],
    40,
  )
    .rotate([90, 0, 0])
    .translate([0, -0.0425, 0.165]);
  return Manifold.union([
    body,
    nozzle,
    porthole,
    ...[0, 120, 240].map((angle) => fin.rotate([0, 0, angle + 90])),
  ]);
};
