import { arc, type Model, type Point2 } from './modelling';

const TEETH = 20;
const MODULE = 0.006;
const PRESSURE_ANGLE = (20 * Math.PI) / 180;

/** A spur gear, lying: 20 involute teeth of module 6 mm, 132 mm wide, with a hub, a keyed bore and five spokes. */
export const gear: Model = (api) => {
  const { CrossSection, Manifold } = api;
  const circle = (radius: number, segments: number) => CrossSection.circle(radius, segments);
  const blank = new CrossSection([outline()], 'NonZero');
  const windows = Array.from({ length: 5 }, (_, i) => spokeWindow(0.026, 0.041, 28, 72 * i));
  const rim = blank.subtract(circle(0.044, 80)).extrude(0.024);
  const web = circle(0.046, 80)
    .subtract(new CrossSection(windows, 'NonZero'))
    .extrude(0.012)
    .translate([0, 0, 0.006]);
  const hub = circle(0.021, 56).extrude(0.034).translate([0, 0, -0.002]);
  const keyway = CrossSection.square([0.008, 0.006], true).translate([0, 0.0115]);
  const bore = circle(0.0115, 40).add(keyway).extrude(0.06).translate([0, 0, -0.02]);
  return Manifold.union([rim, web, hub]).subtract(bore).translate([0, 0, 0.002]);
};

/** The gear's outline: involute flanks from the base circle to the tip, radial below. */
function outline(): Point2[] {
  const pitch = (TEETH * MODULE) / 2;
  const base = pitch * Math.cos(PRESSURE_ANGLE);
  const tip = pitch + MODULE;
  const root = pitch - 1.25 * MODULE;
  const involute = (radius: number): number => {
    const t = Math.sqrt(Math.max(0, (radius / base) ** 2 - 1));
    return t - Math.atan(t);
  };
  // Half the angle of a tooth at the base circle.
  const half = Math.PI / (2 * TEETH) + involute(pitch);
  const flank = [0, 0.15, 0.35, 0.6, 0.8, 1].map((s) => base + (tip - base) * s);
  const points: Point2[] = [];
  const polar = (radius: number, angle: number): Point2 => [
    radius * Math.cos(angle),
    radius * Math.sin(angle),
  ];
  for (let tooth = 0; tooth < TEETH; tooth++) {
    const middle = (2 * Math.PI * tooth) / TEETH;
    points.push(polar(root, middle - half * 1.12));
    for (const radius of flank) points.push(polar(radius, middle - half + involute(radius)));
    for (const radius of [...flank].reverse()) points.push(polar(radius, middle + half - involute(radius)));
    points.push(polar(root, middle + half * 1.12));
  }
  return points;
}

/** A window between two spokes: a sector of a ring. */
function spokeWindow(inner: number, outer: number, halfDegrees: number, atDegrees: number): Point2[] {
  // Parallel spokes: the same width in metres at both radii.
  const narrowing = halfDegrees - ((36 - halfDegrees) * outer) / inner + (36 - halfDegrees);
  return [
    ...arc([0, 0], outer, atDegrees - halfDegrees, atDegrees + halfDegrees, 10),
    ...arc([0, 0], inner, atDegrees + narrowing, atDegrees - narrowing, 8),
  ];
}
