import { describe, expect, it } from 'vitest';
import { exporting } from './exporting.fixture';

const exports = exporting();

describe('USD', () => {
  it('states units, axis, mass and one convex hull collider per part', async () => {
    await exports.write('usd', 'boxes.usda');
    const content = await exports.text('boxes.usda');
    expect(content.startsWith('#usda 1.0\n')).toBe(true);
    expect(content).toContain('metersPerUnit = 1');
    expect(content).toContain('upAxis = "Z"');
    expect(content.match(/physics:approximation = "convexHull"/g)).toHaveLength(3);
    expect(content.match(/"PhysicsCollisionAPI", "PhysicsMeshCollisionAPI"/g)).toHaveLength(3);
  });
});
