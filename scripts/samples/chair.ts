import { bar, board, roundedRectangle, type Model } from './modelling';

/** A dining chair with arm rests: 0.56 x 0.54 x 0.92 m, legs joined by rails, a raked back of five slats. */
export const chair: Model = (api) => {
  const parts = [board(api, 0.48, 0.46, 0.035, 0.03).translate([0, 0, 0.425])];
  for (const side of [-1, 1]) {
    const x = side * 0.205;
    parts.push(
      // Legs splay a little and taper towards the floor; the front ones go on as posts of the arm rests.
      bar(api, [x, -0.19, 0.44], [side * 0.2255, -0.2155, -0.01], [0.042, 0.042], 0.72),
      bar(api, [x, 0.19, 0.44], [side * 0.2255, 0.236, -0.01], [0.042, 0.042], 0.72),
      bar(api, [x, -0.188, 0.43], [side * 0.215, -0.188, 0.655], [0.04, 0.036], 0.9),
      bar(api, [x, 0.19, 0.43], [x, 0.285, 0.9], [0.04, 0.032], 0.85),
      // Side rails under the seat and between the legs.
      bar(api, [x, -0.19, 0.395], [x, 0.19, 0.395], [0.05, 0.024]),
      bar(api, [side * 0.216, -0.203, 0.17], [side * 0.216, 0.216, 0.17], [0.03, 0.02]),
      roundedRectangle(api, 0.058, 0.47, 0.024)
        .extrude(0.024)
        .translate([side * 0.219, 0.005, 0.65]),
    );
  }
  parts.push(
    bar(api, [-0.2, -0.19, 0.395], [0.2, -0.19, 0.395], [0.05, 0.024]),
    bar(api, [-0.2, 0.19, 0.395], [0.2, 0.19, 0.395], [0.05, 0.024]),
    bar(api, [-0.215, 0.0, 0.17], [0.215, 0.0, 0.17], [0.03, 0.02]),
  );
  // The back leans as its posts do: 0.095 m over 0.47 m.
  const lean = (z: number): number => 0.19 + ((z - 0.43) * 0.095) / 0.47;
  parts.push(
    bar(api, [-0.235, lean(0.865), 0.865], [0.235, lean(0.865), 0.865], [0.095, 0.026]),
    bar(api, [-0.205, lean(0.545), 0.545], [0.205, lean(0.545), 0.545], [0.045, 0.022]),
  );
  for (let slat = -2; slat <= 2; slat++) {
    const x = slat * 0.068;
    parts.push(bar(api, [x, lean(0.54), 0.54], [x, lean(0.85), 0.85], [0.014, 0.034]));
  }
  // The legs end level with the floor.
  return api.Manifold.union(parts).trimByPlane([0, 0, 1], 0);
};
