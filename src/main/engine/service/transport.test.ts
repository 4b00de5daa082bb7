import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../shared/contract/jobs';
import { portFromMessagePort } from './transport';

describe('portFromMessagePort', () => {
  it('posts events, hears what messages carry once it has a listener, and the end', () => {
    const posted: unknown[] = [];
    const listeners = new Map<string, (event: { data: unknown }) => void>();
    let started = 0;
    const port = portFromMessagePort({
      postMessage: (message) => void posted.push(message),
      on: (event: string, listener: (event: { data: unknown }) => void) =>
        void listeners.set(event, listener),
      start: () => void (started += listeners.has('message') ? 1 : 100),
    });
    const event: EngineEvent = { type: 'cancelled', id: 3 };
    port.post(event);
    expect(posted).toEqual([event]);
    const heard: unknown[] = [];
    expect(started).toBe(0);
    port.onMessage((message) => void heard.push(message));
    expect(started).toBe(1);
    listeners.get('message')!({ data: 'hello' });
    expect(heard).toEqual(['hello']);
    let closed = false;
    port.onClose(() => void (closed = true));
    listeners.get('close')!({ data: null });
    expect(closed).toBe(true);
  });
});
