import loadMujoco from '@mujoco/mujoco';
import { describe, expect, it } from 'vitest';
import { exporting } from './exporting.fixture';
import { UNION_VOLUME } from './fixtures';

const exports = exporting();

describe('MJCF', () => {
  it('loads in MuJoCo, falls for one second without a warning, and weighs what we say', async () => {
    await exports.write('mjcf', 'boxes.xml', { density: 700 });
    const mujoco = await loadMujoco();
    const model = mujoco.MjModel.from_xml_string(await exports.text('boxes.xml'));
    const data = new mujoco.MjData(model);
    try {
      const masses = Array.from(model.body_mass as Float64Array);
      expect(masses[1] / (UNION_VOLUME * 700)).toBeCloseTo(1, 6);
      expect(masses.reduce((sum, mass) => sum + mass, 0) / (UNION_VOLUME * 700)).toBeCloseTo(1, 3);
      while ((data.time as number) < 1) mujoco.mj_step(model, data);
      const fallen = (data.qpos as Float64Array)[2];
      expect(fallen).toBeGreaterThan(-4.95);
      expect(fallen).toBeLessThan(-4.85);
      const warnings = data.warning;
      const counts = Array.from({ length: warnings.size() }, (_, i) => warnings.get(i)?.number ?? 0);
      expect(counts).toEqual(counts.map(() => 0));
    } finally {
      data.delete();
      model.delete();
    }
  });

  it('rests on a floor on its parts: the colliders are where the shape is', async () => {
    await exports.write('mjcf', 'rest.xml', {});
    const mujoco = await loadMujoco();
    const content = (await exports.text('rest.xml')).replace(
      '<worldbody>',
      '<worldbody><geom type="plane" size="5 5 .1"/>',
    );
    const model = mujoco.MjModel.from_xml_string(content);
    const data = new mujoco.MjData(model);
    try {
      while ((data.time as number) < 3) mujoco.mj_step(model, data);
      // The boxes' lowest face lies 0.05 m under the first box's middle, which is at z = 3.
      expect((data.qpos as Float64Array)[2]).toBeCloseTo(-2.95, 2);
    } finally {
      data.delete();
      model.delete();
    }
  });
});
