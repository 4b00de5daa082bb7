import { describe, expect, it } from 'vitest';
import { flatOptionsSchema } from '../../../shared/contract/flat';
import type { FlatShape } from '../../../shared/flat/types';
import { fakeWorkbench } from '../../workbench/actions/testing';
import {
  cancelFlat,
  changeFlatOptions,
  clearMask,
  drawMask,
  exportFlat,
  openMask,
  startFlat,
  takeSampleMask,
} from './actions';
import { fieldOnGrid, withField } from './draw';
import { stroke } from './paint';
import { flatSlice } from './state';

const GRANT = { token: '00000000-0000-4000-8000-000000000000', name: 'logo.v2.png', bytes: 10 };

const square: FlatShape = {
  parts: [
    {
      index: 0,
      translation: [0, 0],
      lines: (
        [
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1],
        ] as const
      ).map((normal) => ({ normal, offset: 0.25 })),
      smoothness: 600,
    },
  ],
  sharpness: 300,
};
const frame = { centre: [128, 128], pixelsPerUnit: 200 } as const;
const figures = { iou: 0.98, smoothIou: 0.97, partCount: 1, edges: 4 };

describe('a flat fit in the window', () => {
  it('shows previews and the loss curve while it runs, then the result', async () => {
    const workbench = fakeWorkbench();
    const flat = () => flatSlice.get(workbench);
    changeFlatOptions(workbench, { parts: 3 });
    void startFlat(workbench);
    const [job] = workbench.started;
    expect(job.request).toMatchObject({ kind: 'fit-flat', options: flatOptionsSchema.parse({ parts: 3 }) });
    expect(flat().job).toBe(1);
    job.listeners.onFlatPreview?.({ shape: square, frame });
    job.listeners.onRows?.([{ step: 5, values: { loss: 0.2 } }]);
    job.listeners.onRows?.([{ step: 10, values: { loss: 0.1 } }]);
    expect(flat().shown?.shape).toBe(square);
    expect(flat().rows.map(({ step }) => step)).toEqual([5, 10]);
    await job.succeed({ shape: square, frame, figures, steps: 10, stopped: 'converged' }, 2);
    expect(flat()).toMatchObject({ job: null, result: { seconds: 2, value: { figures } } });
  });

  it('ends when the mask changes, and what it still sends is not shown', async () => {
    const workbench = fakeWorkbench();
    void startFlat(workbench);
    const [job] = workbench.started;
    const { mask } = flatSlice.get(workbench);
    drawMask(workbench, stroke(mask, [10, 10], [20, 20], 8, 1));
    expect(job.cancelled()).toBe(true);
    job.listeners.onFlatPreview?.({ shape: square, frame });
    await job.fail({ code: 'cancelled', message: '' });
    expect(flatSlice.get(workbench)).toMatchObject({ job: null, shown: null, problem: null });
    cancelFlat(workbench);
  });

  it('says what is wrong with an empty mask without asking the engine', async () => {
    const workbench = fakeWorkbench();
    clearMask(workbench);
    await startFlat(workbench);
    expect(workbench.started).toHaveLength(0);
    expect(flatSlice.get(workbench).problem?.code).toBe('mask-empty');
    takeSampleMask(workbench, 'letter');
    expect(flatSlice.get(workbench).problem).toBeNull();
  });

  it('reads a picture as a mask; of two readings of one picture the last asked for stays', async () => {
    const workbench = fakeWorkbench();
    const flat = () => flatSlice.get(workbench);
    const of = (value: number) => ({ width: 8, height: 8, inside: new Uint8Array(64).fill(value, 0, 32) });
    const answer = (value: number) => ({ name: GRANT.name, mask: of(value), from: 'light', notes: [] });
    void openMask(workbench, { grant: GRANT, threshold: 0.5, invert: false });
    await workbench.started[0].succeed(answer(1));
    expect(flat()).toMatchObject({ name: 'logo.v2', mask: of(1) });
    void openMask(workbench, { grant: GRANT, threshold: 0.6, invert: false });
    void openMask(workbench, { grant: GRANT, threshold: 0.7, invert: true });
    expect(flat().picture).toMatchObject({ threshold: 0.7, invert: true });
    await workbench.started[1].succeed(answer(1));
    await workbench.started[2].succeed(answer(0));
    expect(flat().mask).toEqual(of(0));
    void openMask(workbench, { grant: GRANT, threshold: 0.9, invert: true });
    await workbench.started[3].fail({ code: 'mask-empty', message: 'Nothing.' });
    expect(flat()).toMatchObject({ mask: of(0), problem: { code: 'mask-empty' } });
  });

  it('writes the polygons that are shown', async () => {
    const written: string[] = [];
    const workbench = fakeWorkbench([], {
      chooseFile: async ({ suggestedName }) => ({ ...GRANT, name: suggestedName ?? '' }),
      writeGrant: async (_token, content) => void written.push(new TextDecoder().decode(content)),
    });
    await exportFlat(workbench, 'svg');
    expect(written).toHaveLength(0);
    flatSlice.set(workbench, { shown: { shape: square, frame } });
    await exportFlat(workbench, 'svg');
    expect(written[0]).toContain('<polygon id="part-1"');
  });
});

describe('the brush', () => {
  it('covers what lies within its radius of the stroke, and leaves the mask it was given', () => {
    const empty = { width: 32, height: 32, inside: new Uint8Array(1024) };
    const drawn = stroke(empty, [8, 16], [24, 16], 6, 1);
    expect(empty.inside).not.toContain(1);
    drawn.inside.forEach((value, i) => {
      const [x, y] = [(i % 32) + 0.5, Math.floor(i / 32) + 0.5];
      const distance = Math.hypot(Math.max(8 - x, 0, x - 24), y - 16);
      expect(value).toBe(distance <= 3 ? 1 : 0);
    });
    expect(stroke(drawn, [16, 16], [16, 16], 80, 0).inside).not.toContain(1);
    expect(stroke(empty, [-100, -100], [-90, -90], 10, 1).inside).not.toContain(1);
  });
});

describe('the field that is drawn', () => {
  it('is 0.5 on the edge of a square and follows smoothness and sharpness', () => {
    const mask = { width: 256, height: 256 };
    const at = (options: { smoothness: number; sharpness: number }): Float64Array =>
      fieldOnGrid(withField(square, options), frame, mask, 256, 256);
    const crisp = at({ smoothness: 600, sharpness: 300 });
    const blurred = at({ smoothness: 600, sharpness: 20 });
    const middle = 128 * 256 + 128;
    const beyond = 128 * 256 + 185;
    expect(crisp[middle]).toBeGreaterThan(0.999999);
    expect(blurred[middle]).toBeLessThan(crisp[middle]);
    expect(crisp[beyond]).toBeLessThan(0.01);
    expect(blurred[beyond]).toBeGreaterThan(0.2);
  });
});
