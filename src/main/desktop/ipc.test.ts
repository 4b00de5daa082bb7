import type { IpcMainInvokeEvent } from 'electron';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineCall, isTrustedSender, registerCalls } from './ipc';

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

function eventFrom(url: string, top = true): IpcMainInvokeEvent {
  const frame = { url };
  return {
    senderFrame: frame,
    sender: { mainFrame: top ? frame : { url: 'app://halfspace/' } },
  } as unknown as IpcMainInvokeEvent;
}

function registered(): { call: Listener; seen: unknown[] } {
  const handlers = new Map<string, Listener>();
  const seen: unknown[] = [];
  const call = defineCall('double', z.tuple([z.number()]), ([value]) => {
    seen.push(value);
    return value * 2;
  });
  registerCalls({ handle: (channel, listener) => void handlers.set(channel, listener) }, [call]);
  return { call: handlers.get('double')!, seen };
}

describe('the guarded calls', () => {
  it('answer the top frame of our own page', async () => {
    expect(await registered().call(eventFrom('app://halfspace/index.html'), 21)).toBe(42);
  });

  it.each(['https://example.invalid/', 'app://other/index.html', 'file:///tmp/a.html', 'about:blank', ''])(
    'refuse %s',
    (url) => {
      const { call, seen } = registered();
      expect(() => call(eventFrom(url), 21)).toThrow(/foreign page/);
      expect(seen).toEqual([]);
    },
  );

  it('refuse a frame inside our page, and a frame that is gone', () => {
    expect(isTrustedSender(eventFrom('app://halfspace/index.html', false))).toBe(false);
    expect(isTrustedSender({ ...eventFrom('app://halfspace/'), senderFrame: null })).toBe(false);
  });

  it.each([[['21']], [[]], [[21, 22]], [[null]], [[Number.NaN]]])('refuse the arguments %j', async (args) => {
    const { call, seen } = registered();
    await expect(call(eventFrom('app://halfspace/'), ...args)).rejects.toThrow(/arguments/);
    expect(seen).toEqual([]);
  });

  it('refuse a channel that is registered twice', () => {
    const call = defineCall('a', z.tuple([]), () => null);
    expect(() => registerCalls({ handle: () => undefined }, [call, call])).toThrow(/twice/);
  });
});
