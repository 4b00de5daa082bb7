import { urdf } from '../../../../shared/formats/urdf';
import { coordinates, xml } from '../numbers';
import type { ExportScene, WrittenFormat } from '../writer';
import { writeStl } from './stl';

/**
 * URDF: one link, one named collision per part, each its own mesh file by relative path; their union is the collision
 * shape. Inertia about the centre of mass, kg and metres, Z up.
 */
export function write({
  name,
  stem,
  bodies,
  mass,
  options: { density },
  visual,
}: ExportScene): WrittenFormat {
  const meshes = bodies.map((body) => ({ name: body.name, mesh: body.mesh }));
  if (visual) meshes.push({ name: `${name}_visual`, mesh: visual });
  const meshPath = (mesh: string): string => `${urdf.export.beside.name(stem)}/${mesh}.stl`;
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
  return {
    file: `${lines.join('\n')}\n`,
    beside: meshes.map(({ name: mesh, mesh: content }) => [meshPath(mesh), writeStl([content])]),
  };
}
