import { describe, expect, it } from 'vitest';
import { ok, type Result } from '../../../shared/result';
import type { ConvexShape } from '../../../shared/shape/types';
import { cube, fakeWorkbench } from '../../workbench/actions/testing';
import { reasonAgainst, runCommand } from '../../workbench/commands/run';
import { createDecoder } from '../../workbench/actions/decoder';
import { exportStrip } from './export';
import { describePlace, latentAt, stepFrame } from './path';
import { addStation, moveStation, removeStation } from './stations';
import { latentSlice } from './state';
import { LATENT_COMMANDS } from './commands';

const shape: ConvexShape = { parts: [cube('part-01')], sharpness: 75 };
const model = { choice: { name: 'depth' }, name: 'depth', sha256: 'a' };
const station = (title: string, latent: readonly number[]) => ({ title, latent, shape });

function withPath(...latents: readonly (readonly number[])[]) {
  const bridge = { chooseFile: async () => ({ token: 'folder', name: 'strip', bytes: 0 }) };
  const workbench = fakeWorkbench([], bridge, [{ name: 'latent', commands: [LATENT_COMMANDS] }]);
  latents.forEach((latent, i) => addStation(workbench, station(`s${i + 1}`, latent), model));
  return workbench;
}

describe('a path', () => {
  it('passes straight through its stations, evenly spaced', () => {
    const stations = [
      [0, 0],
      [2, 4],
      [2, 0],
    ].map((latent) => ({ latent }));
    expect(latentAt(stations, 0)).toEqual([0, 0]);
    expect(latentAt(stations, 0.25)).toEqual([1, 2]);
    expect(latentAt(stations, 0.5)).toEqual([2, 4]);
    expect(latentAt(stations, 0.75)).toEqual([2, 2]);
    expect(latentAt(stations, 1)).toEqual([2, 0]);
    expect(latentAt(stations, 7)).toEqual([2, 0]);
    expect(latentAt(stations.slice(0, 1), 0.7)).toEqual([0, 0]);
  });

  it('steps from frame to frame and says where it is', () => {
    expect(stepFrame({ place: 0, frames: 9 }, 1)).toBe(1 / 8);
    expect(stepFrame({ place: 0.3, frames: 9 }, 1)).toBe(3 / 8);
    expect(stepFrame({ place: 1, frames: 9 }, 1)).toBe(1);
    const workbench = withPath([0], [1]);
    const at = (place: number) => describePlace({ ...latentSlice.get(workbench), place });
    expect(at(0)).toBe('Frame 1 of 9, s1');
    expect(at(0.25)).toBe('Frame 3 of 9, 25 % from s1 to s2');
  });

  it('has one model, and says so instead of mixing codes', () => {
    const workbench = withPath([0]);
    expect(addStation(workbench, station('other', [1]), { ...model, name: 'rgb', sha256: 'b' })).toBe(false);
    expect(latentSlice.get(workbench).stations).toHaveLength(1);
    expect(workbench.jobs.store.getState()[0].problem?.message).toContain('rgb');
  });

  it('is ordered by a person and forgets its model with its last station', () => {
    const workbench = withPath([0], [1], [2]);
    const titles = () => latentSlice.get(workbench).stations.map(({ title }) => title);
    moveStation(workbench, 3, -1);
    expect(titles()).toEqual(['s1', 's3', 's2']);
    moveStation(workbench, 1, -1);
    expect(titles()).toEqual(['s1', 's3', 's2']);
    for (const id of [1, 2, 3]) removeStation(workbench, id);
    expect(latentSlice.get(workbench)).toMatchObject({ stations: [], model: null, shape: null });
  });

  it('is exported frame by frame into a chosen folder, and needs two stations', async () => {
    const short = withPath([0]);
    expect(reasonAgainst(short, 'latent.export')).toContain('two shapes');
    expect(runCommand(short, 'latent.play')).toBe(false);
    const workbench = withPath([0], [1]);
    void exportStrip(workbench);
    for (let turn = 0; turn < 4; turn++) await Promise.resolve();
    expect(workbench.started[0].request).toEqual({
      kind: 'interpolate',
      model: { name: 'depth' },
      latents: [[0], [1]],
      frames: 9,
      destination: 'folder',
    });
    await workbench.started[0].succeed({ files: [{ name: 'strip.png', bytes: 2000 }] });
    expect(workbench.jobs.store.getState()[0]).toMatchObject({
      outcome: '1 file, 2.00 kB',
      reveal: 'folder',
    });
  });
});

describe('live decoding', () => {
  function decoder() {
    const sent: { readonly request: number; answer(end: Result<ConvexShape>): Promise<void> }[] = [];
    const shown: ConvexShape[] = [];
    const rates: (number | null)[] = [];
    const problems: string[] = [];
    let draw: (() => void) | null = null;
    let rest: (() => void) | null = null;
    let now = 0;
    const decode = createDecoder<number, ConvexShape>({
      decode: (request) =>
        new Promise((resolve) => {
          sent.push({
            request,
            answer: async (end) => {
              resolve(end);
              for (let turn = 0; turn < 4; turn++) await Promise.resolve();
            },
          });
        }),
      onDecoded: (each) => shown.push(each),
      onProblem: ({ code }) => problems.push(code),
      onRate: (rate) => rates.push(rate),
      afterDrawing: (callback) => {
        draw = callback;
      },
      now: () => now,
      later: (callback) => {
        rest = callback;
        return () => {
          rest = null;
        };
      },
    });
    return {
      decode,
      sent,
      shown,
      rates,
      problems,
      draw: (elapsed = 20) => {
        now += elapsed;
        draw?.();
      },
      rest: () => rest?.(),
    };
  }

  it('has one request under way and sends the newest one when its answer was drawn', async () => {
    const { decode, sent, shown, draw } = decoder();
    for (let request = 1; request <= 5; request++) decode(request);
    expect(sent.map(({ request }) => request)).toEqual([1]);
    await sent[0].answer(ok(shape));
    expect(shown).toHaveLength(1);
    expect(sent).toHaveLength(1);
    draw();
    expect(sent.map(({ request }) => request)).toEqual([1, 5]);
    await sent[1].answer(ok(shape));
    draw();
    expect(sent).toHaveLength(2);
  });

  it('reports its pace while shapes follow each other, and none at rest', async () => {
    const { decode, sent, rates, draw, rest } = decoder();
    for (let i = 0; i < 6; i++) {
      decode(i);
      await sent[i].answer(ok(shape));
      draw(25);
    }
    expect(rates.at(-1)).toBeCloseTo(40, 6);
    rest();
    expect(rates.at(-1)).toBeNull();
  });

  it('goes on after an error', async () => {
    const { decode, sent, problems } = decoder();
    decode(1);
    decode(2);
    await sent[0].answer({ ok: false, error: { code: 'broken', message: 'x' } });
    expect(problems).toEqual(['broken']);
    expect(sent.map(({ request }) => request)).toEqual([1, 2]);
  });
});
