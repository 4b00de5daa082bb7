import { rod, turned, type Model, type Point2 } from './modelling';

/** A desk lamp with two arms: 0.48 m tall, a hollow shade with a bulb in it. */
export const lamp: Model = (api) => {
  const base = turned(
    api,
    [
      [0, 0],
      [0.088, 0],
      [0.092, 0.004],
      [0.092, 0.016],
      [0.084, 0.024],
      [0.03, 0.03],
      [0.022, 0.05],
      [0, 0.05],
    ],
    64,
  );
  const foot: [number, number, number] = [0, 0, 0.05];
  const elbow: [number, number, number] = [-0.13, 0, 0.27];
  const wrist: [number, number, number] = [0.07, 0, 0.43];
  const pin = (at: [number, number, number], radius: number, width: number) =>
    rod(api, [at[0], -width / 2, at[2]], [at[0], width / 2, at[2]], radius, 32);
  const profile: Point2[] = [
    [0, 0],
    [0.024, 0],
    [0.028, -0.004],
    [0.028, -0.035],
    [0.036, -0.045],
    [0.092, -0.115],
    [0.092, -0.125],
    [0.083, -0.125],
    [0.083, -0.118],
    [0.03, -0.052],
    [0, -0.048],
  ];
  const shade = turned(api, profile, 64);
  const bulb = api.Manifold.sphere(0.024, 32).scale([1, 1, 1.15]).translate([0, 0, -0.082]);
  const socket = api.Manifold.cylinder(0.035, 0.013, 0.013, 24).translate([0, 0, -0.072]);
  const head = api.Manifold.union([shade, bulb, socket]).rotate([0, -38, 0]).translate([0.11, 0, 0.445]);
  return api.Manifold.union([
    base,
    pin(foot, 0.017, 0.036),
    ...[-0.011, 0.011].map((y) => rod(api, [foot[0], y, foot[2]], [elbow[0], y, elbow[2]], 0.0065)),
    pin(elbow, 0.018, 0.04),
    rod(api, elbow, wrist, 0.009),
    pin(wrist, 0.016, 0.036),
    rod(api, wrist, [0.112, 0, 0.437], 0.01),
    head,
  ]);
};
