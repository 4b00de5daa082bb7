import { describe, expect, it, vi } from 'vitest';
import type { EngineEvent, JobRequest } from '../../../shared/contract/jobs';
import { fail, ok, ProblemError } from '../../../shared/result';
import type { JobRunner } from './job';
import { serveClient } from './session';
import type { EnginePort } from './transport';

// A job that never ends is the fault to find here; nothing in these tests computes.
vi.setConfig({ testTimeout: 5_000 });

const TOKEN = '00000000-0000-4000-8000-000000000000';
const devices: JobRequest = { kind: 'devices' };
const fit = { kind: 'fit', source: { token: TOKEN }, options: {} };

function conversation(
  run: JobRunner['run'],
  refuses: (event: EngineEvent) => boolean = () => false,
): {
  send(message: unknown): void;
  close(): void;
  events: EngineEvent[];
  ended(count: number): Promise<EngineEvent[]>;
} {
  const events: EngineEvent[] = [];
  let receive: (message: unknown) => void = () => undefined;
  let close: () => void = () => undefined;
  let changed: () => void = () => undefined;
  const port: EnginePort = {
    post: (event) => {
      if (refuses(event)) throw new Error('#<Promise> could not be cloned.');
      events.push(event);
      changed();
    },
    onMessage: (listener) => void (receive = listener),
    onClose: (listener) => void (close = listener),
  };
  serveClient(port, { run, isExclusive: (kind) => kind === 'fit' });
  const ends = (): EngineEvent[] =>
    events.filter((event) => ['result', 'error', 'cancelled'].includes(event.type));
  return {
    send: (message) => receive(message),
    close: () => close(),
    events,
    ended: (count) =>
      new Promise((resolve) => {
        changed = () => {
          if (ends().length >= count) resolve(ends());
        };
        changed();
      }),
  };
}

const report = { active: 'wasm', backends: [], cores: 1 };

describe('serveClient', () => {
  it('ends a job with its result', async () => {
    const talk = conversation(async () => ok(report));
    talk.send({ type: 'start', id: 1, job: devices });
    expect(await talk.ended(1)).toMatchObject([{ type: 'result', id: 1, result: report }]);
  });

  it('ends a job with its typed problem', async () => {
    const problem = { code: 'bad-file', message: 'cube.stl, byte 84: a triangle was expected.' };
    const talk = conversation(async () => fail(problem));
    talk.send({ type: 'start', id: 1, job: devices });
    expect(await talk.ended(1)).toEqual([{ type: 'error', id: 1, error: problem }]);
  });

  it('turns a thrown problem into that problem, and a bug into an internal error with its stack', async () => {
    const problem = { code: 'bad-file', message: 'broken' };
    const talk = conversation(async (request) => {
      if (request.kind === 'devices') throw new ProblemError(problem);
      throw new TypeError('undefined is not a function');
    });
    talk.send({ type: 'start', id: 1, job: devices });
    talk.send({ type: 'start', id: 2, job: { kind: 'open-project', token: TOKEN } });
    const ends = await talk.ended(2);
    expect(ends[0]).toEqual({ type: 'error', id: 1, error: problem });
    expect(ends[1]).toMatchObject({
      error: { code: 'internal-error', detail: expect.stringContaining('TypeError') },
    });
  });

  it('refuses what does not parse and keeps serving', async () => {
    const talk = conversation(async () => ok(report));
    talk.send('nonsense');
    talk.send({ type: 'start', id: 7, job: { kind: 'format-disk' } });
    talk.send({ type: 'start', id: 8, job: { kind: 'open', source: { token: '../../etc/passwd' } } });
    talk.send({ type: 'start', id: 9, job: devices });
    const ends = await talk.ended(4);
    expect(ends.slice(0, 3)).toMatchObject([
      { type: 'error', id: 0, error: { code: 'bad-request' } },
      { type: 'error', id: 7, error: { code: 'bad-request' } },
      { type: 'error', id: 8, error: { code: 'bad-request' } },
    ]);
    expect(ends[3]).toMatchObject({ type: 'result', id: 9 });
  });

  it('cancels a running job by its signal and says so once', async () => {
    const talk = conversation(
      (_request, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(fail({ code: 'cancelled', message: 'stopped' })));
        }),
    );
    talk.send({ type: 'start', id: 3, job: fit });
    await Promise.resolve();
    talk.send({ type: 'cancel', id: 3 });
    talk.send({ type: 'cancel', id: 3 });
    expect(await talk.ended(1)).toEqual([{ type: 'cancelled', id: 3 }]);
  });

  it('runs fits one after another while other jobs go on', async () => {
    const order: string[] = [];
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => void (release = resolve));
    const talk = conversation(async (request, _context) => {
      order.push(`start ${request.kind}`);
      if (request.kind === 'fit' && order.length === 1) await gate;
      order.push(`end ${request.kind}`);
      return ok(report);
    });
    talk.send({ type: 'start', id: 1, job: fit });
    await Promise.resolve();
    talk.send({ type: 'start', id: 2, job: fit });
    talk.send({ type: 'start', id: 3, job: devices });
    await talk.ended(1);
    expect(order).toEqual(['start fit', 'start devices', 'end devices']);
    release();
    await talk.ended(3);
    expect(order.slice(3)).toEqual(['end fit', 'start fit', 'end fit']);
  });

  it('says at once that a waiting job is cancelled, whatever the running one does', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => void (release = resolve));
    const begun: number[] = [];
    const talk = conversation(async (request) => {
      begun.push(begun.length);
      if (request.kind === 'fit' && begun.length === 1) await gate;
      return ok(report);
    });
    for (const id of [1, 2, 3]) talk.send({ type: 'start', id, job: fit });
    await Promise.resolve();
    talk.send({ type: 'cancel', id: 2 });
    expect(talk.events).toEqual([{ type: 'cancelled', id: 2 }]);
    talk.send({ type: 'cancel', id: 2 });
    release();
    expect(await talk.ended(3)).toMatchObject([
      { type: 'cancelled', id: 2 },
      { type: 'result', id: 1 },
      { type: 'result', id: 3 },
    ]);
    expect(begun).toHaveLength(2);
  });

  it('ends a job whose result cannot be sent with an error, and runs the next', async () => {
    const talk = conversation(
      async () => ok(report),
      (event) => event.type === 'result' && event.id === 1,
    );
    talk.send({ type: 'start', id: 1, job: fit });
    talk.send({ type: 'start', id: 2, job: fit });
    expect(await talk.ended(2)).toMatchObject([
      { type: 'error', id: 1, error: { code: 'internal-error', detail: expect.stringContaining('cloned') } },
      { type: 'result', id: 2 },
    ]);
  });

  it('runs the next job when nothing of the one before could be sent', async () => {
    const talk = conversation(
      async () => ok(report),
      (event) => event.id === 1,
    );
    talk.send({ type: 'start', id: 1, job: fit });
    talk.send({ type: 'start', id: 2, job: fit });
    expect(await talk.ended(1)).toMatchObject([{ type: 'result', id: 2 }]);
  });

  it('stops a job whose progress cannot be sent, now or later, and says why', async () => {
    for (const refused of [0, 0.5]) {
      const talk = conversation(
        ({ kind }, { signal, progress }) =>
          new Promise((resolve) => {
            if (kind !== 'fit') return resolve(ok(report));
            signal.addEventListener('abort', () => resolve(fail({ code: 'cancelled', message: 'stopped' })));
            for (const fraction of [0, 0.5]) progress({ fraction, stage: 'Fitting', figures: {} });
          }),
        (event) => event.type === 'progress' && event.progress.fraction === refused,
      );
      talk.send({ type: 'start', id: 1, job: fit });
      talk.send({ type: 'start', id: 2, job: fit });
      await Promise.resolve();
      talk.send({ type: 'cancel', id: 2 });
      expect(await talk.ended(2)).toContainEqual({
        type: 'error',
        id: 1,
        error: expect.objectContaining({ code: 'internal-error', detail: expect.stringContaining('cloned') }),
      });
    }
  });

  it('says nothing more of a job that has ended, whatever it still does', async () => {
    let late: () => void = () => undefined;
    const talk = conversation(
      (_request, { rows, progress }) =>
        new Promise((resolve) => {
          rows([{ step: 1 }] as never);
          late = () => {
            rows([{ step: 2 }] as never);
            progress({ fraction: 1, stage: 'Fitting', figures: {} });
            resolve(ok(report));
          };
        }),
      (event) => event.type === 'rows' && event.rows[0].step === 1,
    );
    talk.send({ type: 'start', id: 1, job: devices });
    expect(await talk.ended(1)).toMatchObject([{ type: 'error', id: 1 }]);
    late();
    await new Promise((resolve) => setTimeout(resolve));
    expect(talk.events).toHaveLength(1);
  });

  it('sends progress at its own rate, without waiting for anybody', async () => {
    let finish: () => void = () => undefined;
    const talk = conversation(
      (_request, { progress }) =>
        new Promise((resolve) => {
          for (const fraction of [0, 0.25, 0.5]) progress({ fraction, stage: 'Fitting', figures: {} });
          finish = () => resolve(ok(report));
        }),
    );
    talk.send({ type: 'start', id: 1, job: devices });
    const fractions = (): number[] =>
      talk.events.flatMap((event) => (event.type === 'progress' ? [event.progress.fraction ?? -1] : []));
    await expect.poll(fractions).toEqual([0, 0.5]);
    finish();
    await talk.ended(1);
  });

  it('says that a running job is cancelled when it has stopped, though it throws as it does', async () => {
    let stop: () => void = () => undefined;
    const talk = conversation(
      (_request, { signal }) =>
        new Promise((_resolve, reject) => {
          stop = () => signal.aborted && reject(new Error('torn down'));
        }),
    );
    talk.send({ type: 'start', id: 1, job: devices });
    talk.send({ type: 'cancel', id: 1 });
    expect(talk.events).toEqual([]);
    stop();
    expect(await talk.ended(1)).toEqual([{ type: 'cancelled', id: 1 }]);
  });

  it('sends previews of every kind, made only when they are sent, and every row', async () => {
    const made: string[] = [];
    const shape = { parts: [], sharpness: 75 };
    const [flat, picture] = [{ width: 1 }, { width: 2 }] as never[];
    let finish: () => void = () => undefined;
    const talk = conversation(
      (_request, { preview, flatPreview, picturePreview, rows }) =>
        new Promise((resolve) => {
          const noted = <T>(name: string, value: T): T => (made.push(name), value);
          preview(() => noted('shape', shape));
          flatPreview(() => noted('flat', flat));
          picturePreview(() => noted('picture', picture));
          rows([{ step: 1 }] as never);
          rows([{ step: 2 }] as never);
          finish = () => resolve(ok(report));
        }),
    );
    talk.send({ type: 'start', id: 4, job: devices });
    await Promise.resolve();
    // One that the window has not shown yet holds the next back; of those, only the newest is made.
    expect(talk.events).toEqual([
      { type: 'preview', id: 4, shape },
      { type: 'rows', id: 4, rows: [{ step: 1 }] },
      { type: 'rows', id: 4, rows: [{ step: 2 }] },
    ]);
    talk.send({ type: 'preview-shown', id: 4 });
    await expect.poll(() => talk.events.at(-1)).toEqual({ type: 'picture-preview', id: 4, picture });
    expect(made).toEqual(['shape', 'picture']);
    finish();
    expect(await talk.ended(1)).toMatchObject([{ type: 'result', id: 4 }]);
    for (const type of ['preview-shown', 'cancel']) talk.send({ type, id: 4 });
    talk.send({ type: 'control', id: 4, control: 'pause' });
    expect(talk.events.filter(({ type }) => type === 'error')).toEqual([]);
  });

  it('hands a control to all who listen in the job it is for', async () => {
    const heard: string[] = [];
    const finish: (() => void)[] = [];
    const talk = conversation(
      ({ kind }, { onControl, flatPreview }) =>
        new Promise((resolve) => {
          onControl((control) => heard.push(`${kind} first ${control}`));
          onControl((control) => heard.push(`${kind} second ${control}`));
          if (kind === 'devices') flatPreview(() => ({ width: 1 }) as never);
          finish.push(() => resolve(ok(report)));
        }),
    );
    talk.send({ type: 'start', id: 1, job: devices });
    talk.send({ type: 'start', id: 2, job: fit });
    await Promise.resolve();
    expect(talk.events).toMatchObject([{ type: 'flat-preview', id: 1 }]);
    talk.send({ type: 'control', id: 2, control: 'pause' });
    expect(heard).toEqual(['fit first pause', 'fit second pause']);
    for (const end of finish) end();
    await talk.ended(2);
  });

  it('refuses a second job of one number while the first runs, and takes the number again after it', async () => {
    let finish: () => void = () => undefined;
    const talk = conversation(() => new Promise((resolve) => void (finish = () => resolve(ok(report)))));
    talk.send({ type: 'start', id: 5, job: devices });
    talk.send({ type: 'start', id: 5, job: devices });
    expect(talk.events).toMatchObject([{ type: 'error', id: 5, error: { code: 'duplicate-job' } }]);
    finish();
    expect((await talk.ended(2))[1]).toMatchObject({ type: 'result', id: 5 });
    talk.send({ type: 'start', id: 5, job: devices });
    finish();
    expect(await talk.ended(3)).toMatchObject([
      { type: 'error' },
      { type: 'result' },
      { type: 'result', id: 5 },
    ]);
  });

  it('says how long a job took, in seconds', async () => {
    const talk = conversation(async () => {
      await new Promise((resolve) => setTimeout(resolve, 40));
      return ok(report);
    });
    talk.send({ type: 'start', id: 1, job: devices });
    const [end] = await talk.ended(1);
    // Timers may fire a millisecond early.
    expect(end).toMatchObject({ type: 'result' });
    const seconds = end.type === 'result' ? end.seconds : Number.NaN;
    expect(seconds).toBeGreaterThan(0.03);
    expect(seconds).toBeLessThan(30);
  });

  it('answers what is no message at all, and cuts long details', async () => {
    const talk = conversation(async () => {
      throw new Error('x'.repeat(50_000));
    });
    for (const nothing of [null, undefined, 7]) talk.send(nothing);
    talk.send({
      type: 'start',
      id: 2,
      job: { kind: 'open-pictures', collection: { tokens: Array(500).fill('?') } },
    });
    talk.send({ type: 'start', id: 3, job: devices });
    const ends = await talk.ended(5);
    expect(ends.map(({ id }) => id)).toEqual([0, 0, 0, 2, 3]);
    for (const end of ends) {
      const detail = end.type === 'error' ? (end.error.detail ?? '') : '';
      expect(detail.length).toBeLessThanOrEqual(end.id === 3 ? 20_000 : 4000);
      expect(detail).not.toBe('');
    }
  });

  it('starts no waiting job any more when the client is gone', async () => {
    let begun = 0;
    const talk = conversation(
      (_request, { signal }) =>
        new Promise((resolve) => {
          begun++;
          signal.addEventListener('abort', () => resolve(ok(report)));
        }),
    );
    talk.send({ type: 'start', id: 1, job: fit });
    talk.send({ type: 'start', id: 2, job: fit });
    await Promise.resolve();
    talk.close();
    await talk.ended(2);
    expect(begun).toBe(1);
  });

  it('aborts every job when the client goes away', async () => {
    let aborted = false;
    const talk = conversation(
      (_request, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            resolve(ok(report));
          });
        }),
    );
    talk.send({ type: 'start', id: 1, job: devices });
    await Promise.resolve();
    talk.close();
    await talk.ended(1);
    expect(aborted).toBe(true);
  });
});
