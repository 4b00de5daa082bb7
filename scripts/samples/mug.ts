import { arc, turned, type Model, type Point2 } from './modelling';

/** A mug for 0.33 l: 82 mm wide, 96 mm tall, 4.5 mm walls, open at the top, with a handle one can put two fingers in. */
export const mug: Model = (api) => {
  const outer = 0.041;
  const inner = 0.0365;
  const height = 0.096;
  const outside: Point2[] = [
    [0, 0.002],
    [0.029, 0.002],
    [0.03, 0],
    [0.034, 0],
    ...arc([outer - 0.007, 0.007], 0.007, -60, 0, 6),
    [outer, height],
    [0, height],
  ];
  const cavity: Point2[] = [
    [0, 0.008],
    ...arc([inner - 0.009, 0.017], 0.009, -90, 0, 6),
    [inner, height + 0.01],
    [0, height + 0.01],
  ];
  const lip: Point2[] = arc([(outer + inner) / 2, height], (outer - inner) / 2, 0, 180, 8);
  const body = turned(api, outside, 72)
    .subtract(turned(api, cavity, 72))
    .add(turned(api, lip, 72));
  // The handle: a ring of oval section, stretched upwards, and only what lies outside the cup.
  const section = api.CrossSection.circle(0.0058, 20).scale([0.82, 1.25]).translate([0.026, 0]);
  const ring = section.revolve(48).rotate([90, 0, 0]).scale([0.95, 1, 1.16]).translate([0.0455, 0, 0.051]);
  const room = api.Manifold.cylinder(height * 2, inner + 0.002, inner + 0.002, 72).translate([0, 0, -0.02]);
  return body.add(ring.subtract(room));
};
