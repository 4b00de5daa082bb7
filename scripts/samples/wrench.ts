import { roundedRectangle, type Model } from './modelling';

/** A combination wrench of 17 mm, lying: 0.21 m long, an open end turned by 15 degrees and a ring of twelve corners. */
export const wrench: Model = (api) => {
  const { CrossSection, Manifold } = api;
  const jaw = CrossSection.circle(0.019, 56).subtract(
    CrossSection.square([0.0175, 0.04], true)
      .translate([0, 0.016])
      .rotate(-90 - 15),
  );
  const hexagon = CrossSection.circle(0.0175 / 2 / Math.cos(Math.PI / 6), 6);
  const ring = CrossSection.circle(0.0145, 56).subtract(hexagon.add(hexagon.rotate(30)));
  const handle = roundedRectangle(api, 0.18, 0.015, 0.004).extrude(0.0062).translate([0, 0, 0.0024]);
  const hollow = roundedRectangle(api, 0.115, 0.008, 0.0038).extrude(0.01);
  const open = jaw.translate([0.095, 0]).extrude(0.0085).translate([0, 0, 0.001]);
  const box = ring.translate([-0.094, 0]).extrude(0.011);
  const opening = hexagon.add(hexagon.rotate(30)).extrude(0.03).translate([-0.094, 0, -0.01]);
  const gap = CrossSection.square([0.0175, 0.04], true)
    .translate([0, 0.016])
    .rotate(-90 - 15)
    .translate([0.095, 0])
    .extrude(0.03)
    .translate([0, 0, -0.01]);
  return Manifold.union([handle, open, box])
    .subtract(Manifold.union([hollow.translate([0, 0, 0.0072]), hollow.translate([0, 0, -0.0062])]))
    .subtract(Manifold.union([opening, gap]));
};
