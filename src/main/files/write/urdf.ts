import type { PhysicsModel } from './mjcf';
import { coordinates, xml } from './numbers';

/**
 * URDF: one link, one named collision per part, each its own mesh file by relative path; their union is the collision
 * shape. Inertia about the centre of mass, kg and metres, Z up.
 *
 * @param meshPath relative path of a part's mesh file, or of the visual's
 */
export function writeUrdf(
  { name, bodies, mass, density, visual }: PhysicsModel,
  meshPath: (meshName: string) => string,
): string {
  const [xx, yy, zz, xy, xz, yz] = mass.inertia.map((value) => value * density);
  const geometry = (mesh: string): string[] => [
    '      <origin xyz="0 0 0" rpy="0 0 0"/>',
    `      <geometry><mesh filename="${xml(meshPath(mesh))}"/></geometry>`,
  ];
  const visuals = visual ? [`${name}_visual`] : bodies.map((body) => body.name);
  const lines = [
    '<?xml version="1.0"?>',
    `<robot name="${xml(name)}">`,
    `  <link name="${xml(name)}">`,
    '    <inertial>',
    `      <origin xyz="${coordinates(mass.centre)}" rpy="0 0 0"/>`,
    `      <mass value="${mass.volume * density}"/>`,
    `      <inertia ixx="${xx}" ixy="${xy}" ixz="${xz}" iyy="${yy}" iyz="${yz}" izz="${zz}"/>`,
    '    </inertial>',
    ...visuals.flatMap((mesh) => [`    <visual name="${mesh}">`, ...geometry(mesh), '    </visual>']),
    ...bodies.flatMap((body) => [
      `    <collision name="${body.name}">`,
      ...geometry(body.name),
      '    </collision>',
    ]),
    '  </link>',
    '</robot>',
  ];
  return `${lines.join('\n')}\n`;
}
