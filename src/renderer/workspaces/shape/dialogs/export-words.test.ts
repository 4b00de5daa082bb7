import { describe, expect, it } from 'vitest';
import { exportOptionsSchema } from '../../../../shared/formats/options';
import { whatIsWritten } from './export-words';

const plain = exportOptionsSchema.parse({});

describe('what an export says that it will write', () => {
  it('is one file with colliders where the format holds the meshes', () => {
    expect(whatIsWritten('mjcf', plain, 'mug', 3)).toBe(
      'Writes one file, mug.xml: 3 convex colliders with their meshes, mass and inertia of the union, in metres.',
    );
    expect(whatIsWritten('usd', plain, 'mug', 1)).toContain('mug.usda: one convex collider with');
  });

  it('names the folder of meshes that URDF refers to', () => {
    expect(whatIsWritten('urdf', plain, 'mug', 3)).toBe(
      'Writes mug.urdf with 3 convex colliders, their meshes in mug_meshes, mass and inertia of the union, in metres.',
    );
  });

  it('says what is in a mesh, and what lies beside it', () => {
    expect(whatIsWritten('glb', plain, 'mug', 1)).toBe(
      'Writes mug.glb with 1 part as separate bodies, in metres.',
    );
    expect(whatIsWritten('obj', { ...plain, union: true, separateParts: true }, 'mug', 3)).toBe(
      'Writes mug.obj with 3 parts joined to one closed surface, in metres, and a file per part in mug_parts.',
    );
    expect(whatIsWritten('stl', plain, 'mug', 3)).toBe(
      'Writes mug.stl with 3 parts as separate bodies, in metres, mug.stl.json with the names that STL cannot hold.',
    );
  });
});
