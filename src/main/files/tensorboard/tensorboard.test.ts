import { appendFile, open, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../read/fixtures';
import { inFolder } from '../tfrecord/fixtures';
import { createAppender } from './append';
import { decodeEvent, encodeEvent } from './event';
import { openEventFile, readEventFile } from './event-file';
import { openMetrics, readMetrics, type MetricsRow } from './metrics';

const CLOCK = { host: 'a host/1', now: () => 1_700_000_000_500 };

describe('event files', () => {
  it('hold scalars and images that are appended and flushed', async () => {
    await inFolder(async (folder) => {
      const opened = await openEventFile(join(folder, 'run'), CLOCK);
      if (!opened.ok) throw new Error(opened.error.message);
      const { path, add, flush, close } = opened.value;
      expect(basename(path)).toBe('events.out.tfevents.1700000000.a_host_1');
      const png = encodePng(3, 2, [0, 1, 2, 3, 4, 5], 8);
      expect(add(1, [{ kind: 'scalar', tag: 'loss', value: 0.5 }]).ok).toBe(true);
      expect((await flush()).ok).toBe(true);
      const afterFlush = await readEventFile(path);
      expect(afterFlush.ok && afterFlush.value.events.length).toBe(2);
      add(2, [
        { kind: 'scalar', tag: 'loss', value: Number.NaN },
        { kind: 'image', tag: 'preview', png },
      ]);
      expect((await close()).ok).toBe(true);
      const read = await readEventFile(path);
      const wallTime = 1_700_000_000.5;
      expect(read.ok && read.value).toEqual({
        note: null,
        events: [
          { wallTime, step: 0, version: 'brain.Event:2', values: [] },
          { wallTime, step: 1, values: [{ kind: 'scalar', tag: 'loss', value: 0.5 }] },
          {
            wallTime,
            step: 2,
            values: [
              { kind: 'scalar', tag: 'loss', value: Number.NaN },
              { kind: 'image', tag: 'preview', png: new Uint8Array(png) },
            ],
          },
        ],
      });
    });
  });

  it('have the bytes of the wire format', () => {
    const event = encodeEvent({ wallTime: 1, step: 300, values: [{ kind: 'scalar', tag: 'a', value: 1.5 }] });
    expect(event.ok && Buffer.from(event.value).toString('hex')).toBe(
      '09000000000000f03f10ac022a0a0a080a0161150000c03f',
    );
  });

  it('take a scalar that 32 bits cannot hold as infinite', () => {
    const values = [1e39, -1e39].map((value) => ({ kind: 'scalar' as const, tag: 'a', value }));
    const event = encodeEvent({ wallTime: 1, step: -2, values });
    expect(event.ok && decodeEvent(event.value)).toEqual({
      wallTime: 1,
      step: -2,
      values: [
        { kind: 'scalar', tag: 'a', value: Infinity },
        { kind: 'scalar', tag: 'a', value: -Infinity },
      ],
    });
  });

  it('are never overwritten', async () => {
    await inFolder(async (folder) => {
      const first = await openEventFile(folder, CLOCK);
      const second = await openEventFile(folder, CLOCK);
      if (first.ok) await first.value.close();
      if (second.ok) await second.value.close();
      const name = 'events.out.tfevents.1700000000.a_host_1';
      expect((await readdir(folder)).sort()).toEqual([name, `${name}.1`]);
      await writeFile(join(folder, 'file'), '');
      const failed = await openEventFile(join(folder, 'file'), CLOCK);
      expect(failed.ok ? null : failed.error.code).toBe('write-failed');
    });
  });

  it('tell TensorBoard which steps a resumed run does again', async () => {
    await inFolder(async (folder) => {
      const opened = await openEventFile(folder, { ...CLOCK, resumeStep: 20 });
      if (!opened.ok) throw new Error(opened.error.message);
      await opened.value.close();
      const read = await readEventFile(opened.value.path);
      expect(read.ok && read.value.events[1]).toEqual({
        wallTime: 1_700_000_000.5,
        step: 21,
        restart: true,
        values: [],
      });
    });
  });

  it('refuse an image that is no PNG', () => {
    const event = encodeEvent({
      wallTime: 1,
      step: 1,
      values: [{ kind: 'image', tag: 'x', png: new Uint8Array(99) }],
    });
    expect(event.ok ? null : event.error.message).toMatch(/image x, byte 0: it is no PNG/);
  });

  it('keep what was read before a cut-off end, and name damage', async () => {
    await inFolder(async (folder) => {
      const opened = await openEventFile(folder, CLOCK);
      if (!opened.ok) throw new Error(opened.error.message);
      opened.value.add(1, [{ kind: 'scalar', tag: 'a', value: 1 }]);
      await opened.value.close();
      const { path } = opened.value;
      const bytes = await readFile(path);
      await truncate(path, bytes.length - 3);
      const cut = await readEventFile(path);
      expect(cut.ok && [cut.value.events.length, cut.value.note]).toEqual([
        1,
        expect.stringMatching(/record 1/),
      ]);
      bytes[20] ^= 4;
      await writeFile(path, bytes);
      const damaged = await readEventFile(path);
      expect(damaged.ok ? null : damaged.error.code).toBe('file-damaged');
    });
  });

  it('decode to an event or words, whatever the bytes (seed 3301)', () => {
    const png = encodePng(2, 2, [1, 2, 3, 4], 8);
    const good = encodeEvent({
      wallTime: 3,
      step: -4,
      values: [
        { kind: 'image', tag: 'i', png },
        { kind: 'scalar', tag: 's', value: 2 },
      ],
    });
    if (!good.ok) throw new Error(good.error.message);
    expect(decodeEvent(good.value)).toMatchObject({ step: -4, values: [{ tag: 'i' }, { tag: 's' }] });
    fc.assert(
      fc.property(fc.nat(good.value.length - 1), fc.nat(255), fc.boolean(), (at, value, cut) => {
        const bytes = cut
          ? good.value.subarray(0, at)
          : good.value.map((byte, i) => (i === at ? value : byte));
        const event = decodeEvent(bytes);
        expect(typeof event === 'string' ? event.length : event.values.length).toBeGreaterThanOrEqual(0);
      }),
      { seed: 3301, numRuns: 500 },
    );
  });
});

describe('metrics as JSON lines', () => {
  it('come back, with the numbers that JSON lacks', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'run', 'metrics.jsonl');
      const opened = await openMetrics(path);
      if (!opened.ok) throw new Error(opened.error.message);
      const rows: MetricsRow[] = [
        { step: 1, values: { loss: 0.1 + 0.2, iou: Number.NaN } },
        { step: 2, values: { loss: Number.POSITIVE_INFINITY, low: Number.NEGATIVE_INFINITY } },
      ];
      opened.value.add(rows[0]);
      // Neither flush is awaited before the next: the lines must still follow one another.
      const first = opened.value.flush();
      opened.value.add(rows[1]);
      await Promise.all([first, opened.value.close()]);
      const read = await readMetrics(path);
      expect(read.ok && read.value).toEqual({ rows, note: null });
    });
  });

  it('survive a cut at any byte, and go on after it (seed 3302)', async () => {
    const lines = [1, 2, 3].map((step) => `{"step":${step},"values":{"loss":0.5}}\n`);
    const whole = lines.join('');
    await inFolder(async (folder) => {
      const path = join(folder, 'metrics.jsonl');
      await fc.assert(
        fc.asyncProperty(fc.nat(whole.length), async (length) => {
          await writeFile(path, whole.slice(0, length));
          const complete = whole.slice(0, length).split('\n').length - 1;
          const read = await readMetrics(path);
          expect(read.ok && read.value.rows.map((row) => row.step)).toEqual([1, 2, 3].slice(0, complete));
          expect(read.ok && read.value.note !== null).toBe(length % lines[0].length !== 0);
          const opened = await openMetrics(path);
          if (!opened.ok) throw new Error(opened.error.message);
          opened.value.add({ step: 9, values: {} });
          await opened.value.close();
          const again = await readMetrics(path);
          expect(again.ok && again.value.note).toBe(null);
          expect(again.ok && again.value.rows.map((row) => row.step)).toEqual([
            ...[1, 2, 3].slice(0, complete),
            9,
          ]);
        }),
        { seed: 3302, numRuns: 60 },
      );
    });
  });

  it('drop the rows that a resumed run does again', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'metrics.jsonl');
      await writeFile(path, [10, 20, 30].map((step) => `{"step":${step},"values":{}}\n`).join(''));
      const opened = await openMetrics(path, 20);
      if (!opened.ok) throw new Error(opened.error.message);
      opened.value.add({ step: 25, values: {} });
      await opened.value.close();
      const read = await readMetrics(path);
      expect(read.ok && read.value.rows.map((row) => row.step)).toEqual([10, 20, 25]);
    });
  });

  it('name the line that is damaged', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'metrics.jsonl');
      for (const line of [
        '{"step":',
        '[]',
        'null',
        '{"step":"1","values":{}}',
        '{"step":1,"values":{"a":"x"}}',
        '',
      ]) {
        await writeFile(path, `{"step":1,"values":{}}\n${line}\n`);
        const read = await readMetrics(path);
        expect(read.ok ? line : read.error.message).toMatch(/metrics\.jsonl, line 2: a row/);
      }
      await appendFile(path, 'x');
      const resumed = await openMetrics(path, 5);
      expect(resumed.ok ? null : resumed.error.code).toBe('file-damaged');
      const missing = await readMetrics(join(folder, 'none'));
      expect(missing.ok ? null : missing.error.code).toBe('file-unreadable');
    });
  });
});

describe('an appender', () => {
  it('keeps what a failed flush could not write', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'read-only');
      await writeFile(path, 'old');
      const file = await open(path, 'r');
      const appender = createAppender(file, path, 3);
      appender.add(Buffer.from('new'));
      const failed = await appender.flush();
      expect(failed.ok ? null : failed.error.code).toBe('write-failed');
      const again = await appender.close();
      expect(again.ok).toBe(false);
      expect(await readFile(path, 'utf8')).toBe('old');
    });
  });
});
