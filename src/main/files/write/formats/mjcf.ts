import { coordinates, xml } from '../numbers';
import type { ExportScene, WrittenFormat } from '../writer';

/**
 * MJCF with every mesh inline, so that the one file is whole. One collision geom per part (MuJoCo collides the convex
 * hull of a mesh, which a part is its own), explicit inertia of the union, and massless visual geoms. Geom groups
 * follow the habit of the converters: 2 visual, 3 collision. The compiler re-centres each mesh and moves its geom
 * back, so the vertices stay in the body's frame.
 */
export function write({ name, bodies, mass, options: { density }, visual }: ExportScene): WrittenFormat {
  const [xx, yy, zz, xy, xz, yz] = mass.inertia.map((value) => value * density);
  const lines = [
    `<mujoco model="${xml(name)}">`,
    '  <compiler angle="radian"/>',
    '  <default>',
    '    <default class="visual">',
    '      <geom type="mesh" group="2" contype="0" conaffinity="0" mass="0"/>',
    '    </default>',
    '    <default class="collision">',
    '      <geom type="mesh" group="3" mass="0"/>',
    '    </default>',
    '  </default>',
    '  <asset>',
    ...bodies.map(
      ({ name: part, vertices }) =>
        `    <mesh name="${part}" inertia="convex" vertex="${coordinates(vertices)}"/>`,
    ),
    ...(visual
      ? [
          `    <mesh name="${name}_visual" inertia="shell" vertex="${coordinates(visual.positions)}" face="${Array.from(visual.indices).join(' ')}"/>`,
        ]
      : []),
    '  </asset>',
    '  <worldbody>',
    `    <body name="${xml(name)}">`,
    '      <freejoint/>',
    `      <inertial pos="${coordinates(mass.centre)}" mass="${mass.volume * density}" fullinertia="${[xx, yy, zz, xy, xz, yz].join(' ')}"/>`,
    ...(visual
      ? [`      <geom class="visual" mesh="${name}_visual"/>`]
      : bodies.map(
          ({ name: part, colour }) =>
            `      <geom class="visual" mesh="${part}" rgba="${coordinates([...colour.linear, 1])}"/>`,
        )),
    ...bodies.map(({ name: part }) => `      <geom name="${part}" class="collision" mesh="${part}"/>`),
    '    </body>',
    '  </worldbody>',
    '</mujoco>',
  ];
  return { file: `${lines.join('\n')}\n` };
}
