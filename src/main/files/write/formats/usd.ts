import { principalInertia } from '../../../../shared/geometry/inertia';
import { coordinate } from '../numbers';
import type { ExportScene, WrittenFormat } from '../writer';

/**
 * USD text with the UsdPhysics schemas: a rigid body with explicit mass properties, and one Mesh per part whose
 * collider is its own convex hull, so nothing depends on the reader's decomposition. The colliders are guides (not
 * rendered) when the source mesh is there to be seen.
 */
export function write({
  name,
  bodies,
  mass,
  options: { density },
  visual,
  upAxis,
}: ExportScene): WrittenFormat {
  const { moments, axes } = principalInertia(mass.inertia);
  const [x, y, z, w] = axes;
  const lines = [
    '#usda 1.0',
    '(',
    `    defaultPrim = "${name}"`,
    '    doc = "Convex parts by Halfspace"',
    '    kilogramsPerUnit = 1',
    '    metersPerUnit = 1',
    `    upAxis = "${upAxis.toUpperCase()}"`,
    ')',
    '',
    `def Xform "${name}" (`,
    '    prepend apiSchemas = ["PhysicsRigidBodyAPI", "PhysicsMassAPI"]',
    ')',
    '{',
    `    float physics:mass = ${mass.volume * density}`,
    `    float physics:density = ${density}`,
    `    point3f physics:centerOfMass = ${tuple(mass.centre)}`,
    `    float3 physics:diagonalInertia = ${tuple(moments.map((moment) => moment * density))}`,
    `    quatf physics:principalAxes = ${tuple([w, x, y, z])}`,
    '',
    ...(visual
      ? meshPrim(`${name}_visual`, [], visual.positions, triangleLoops(visual.indices), [], [])
      : []),
    ...bodies.flatMap((body) =>
      meshPrim(
        body.name,
        ['PhysicsCollisionAPI', 'PhysicsMeshCollisionAPI'],
        body.vertices,
        body.loops,
        body.colour.linear,
        [
          '        uniform token physics:approximation = "convexHull"',
          ...(visual ? ['        uniform token purpose = "guide"'] : []),
        ],
      ),
    ),
    '}',
  ];
  return { file: `${lines.join('\n')}\n` };
}

function meshPrim(
  name: string,
  schemas: readonly string[],
  points: Float64Array,
  loops: readonly (readonly number[])[],
  colour: readonly number[],
  attributes: readonly string[],
): string[] {
  const corners = Array.from({ length: points.length / 3 }, (_, i) =>
    tuple(points.subarray(3 * i, 3 * i + 3)),
  );
  return [
    schemas.length > 0 ? `    def Mesh "${name}" (` : `    def Mesh "${name}"`,
    ...(schemas.length > 0
      ? [`        prepend apiSchemas = [${schemas.map((s) => `"${s}"`).join(', ')}]`, '    )']
      : []),
    '    {',
    `        int[] faceVertexCounts = [${loops.map((loop) => loop.length).join(', ')}]`,
    `        int[] faceVertexIndices = [${loops.map((loop) => loop.join(', ')).join(', ')}]`,
    `        point3f[] points = [${corners.join(', ')}]`,
    '        uniform token subdivisionScheme = "none"',
    ...(colour.length > 0 ? [`        color3f[] primvars:displayColor = [${tuple(colour)}]`] : []),
    ...attributes,
    '    }',
    '',
  ];
}

function triangleLoops(indices: Uint32Array): readonly (readonly number[])[] {
  return Array.from({ length: indices.length / 3 }, (_, t) => [
    indices[3 * t],
    indices[3 * t + 1],
    indices[3 * t + 2],
  ]);
}

function tuple(values: ArrayLike<number>): string {
  return `(${Array.from(values, coordinate).join(', ')})`;
}
