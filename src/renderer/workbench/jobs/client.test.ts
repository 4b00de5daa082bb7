import { describe, expect, it } from 'vitest';
import type { EngineState } from '../../../shared/contract/bridge';
import type { EngineEvent, EngineRequest } from '../../../shared/contract/jobs';
import type { ConvexShape } from '../../../shared/shape/types';
import { createEngineClient, type EnginePort } from './client';

const ignore = (): void => undefined;

/** An engine made of two arrays: what the client sent, and a way to answer. */
function fakeEngine(failToConnect = false) {
  const sent: EngineRequest[] = [];
  const drawn: (() => void)[] = [];
  let connections = 0;
  let answer: (event: EngineEvent) => void = ignore;
  let deliver: (port: EnginePort) => void = ignore;
  let tell: (state: EngineState, reason: string | null) => void = ignore;
  const client = createEngineClient({
    bridge: {
      connectEngine: async () => {
        connections++;
        if (failToConnect) throw new Error('no engine here');
        deliver({
          send: (message) => void sent.push(message),
          onEvent: (listener) => {
            answer = listener;
          },
          onClose: () => undefined,
          close: () => undefined,
        });
      },
      onEngineState: (listener) => {
        tell = listener;
        return () => undefined;
      },
    },
    onPort: (listener) => {
      deliver = listener;
      return () => undefined;
    },
    afterDrawing: (callback) => void drawn.push(callback),
  });
  return {
    client,
    sent,
    drawn,
    connections: () => connections,
    answer: (event: EngineEvent) => answer(event),
    stop: (reason: string) => tell('stopped', reason),
  };
}

const shape: ConvexShape = { parts: [], sharpness: 75 };
const devices = { active: 'wasm', backends: [], cores: 2 };

describe('engine client', () => {
  it('connects once, sends jobs in order and resolves each with its own result', async () => {
    const engine = fakeEngine();
    const first = engine.client.startJob({ kind: 'devices' });
    const second = engine.client.startJob({ kind: 'devices' });
    await Promise.resolve();
    expect(engine.sent.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(engine.connections()).toBe(1);
    engine.answer({ type: 'error', id: first.id, error: { code: 'x', message: 'Not today.' } });
    engine.answer({ type: 'result', id: second.id, result: devices, seconds: 0.5 });
    expect(await first.result).toMatchObject({ ok: false, error: { code: 'x' } });
    expect(await second.result).toEqual({ ok: true, value: { value: devices, seconds: 0.5 } });
  });

  it('asks for the next preview only when the last one is drawn', async () => {
    const engine = fakeEngine();
    const seen: ConvexShape[] = [];
    const job = engine.client.startJob(
      { kind: 'devices' },
      { onPreview: (preview) => void seen.push(preview) },
    );
    await Promise.resolve();
    engine.answer({ type: 'preview', id: job.id, shape });
    expect(seen).toEqual([shape]);
    expect(engine.sent.at(-1)?.type).toBe('start');
    engine.drawn.forEach((callback) => callback());
    expect(engine.sent.at(-1)).toEqual({ type: 'preview-shown', id: job.id });
  });

  it('ends running jobs with a typed error when the engine stops, and connects again for the next', async () => {
    const engine = fakeEngine();
    const job = engine.client.startJob({ kind: 'devices' });
    await Promise.resolve();
    engine.stop('killed');
    expect(await job.result).toMatchObject({
      ok: false,
      error: { code: 'engine-stopped', detail: 'killed' },
    });
    engine.client.startJob({ kind: 'devices' });
    await Promise.resolve();
    expect(engine.connections()).toBe(2);
    expect(engine.sent).toHaveLength(2);
  });

  it('ends the job when the engine cannot be started at all', async () => {
    const engine = fakeEngine(true);
    const end = await engine.client.startJob({ kind: 'devices' }).result;
    expect(end).toMatchObject({ ok: false, error: { code: 'engine-stopped', detail: 'no engine here' } });
  });

  it('cancels a running job and nothing after it ended', async () => {
    const engine = fakeEngine();
    const job = engine.client.startJob({ kind: 'devices' });
    await Promise.resolve();
    job.cancel();
    expect(engine.sent.at(-1)).toEqual({ type: 'cancel', id: job.id });
    engine.answer({ type: 'cancelled', id: job.id });
    expect(await job.result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    job.cancel();
    expect(engine.sent).toHaveLength(2);
  });
});
