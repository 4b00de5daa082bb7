import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { z } from 'zod';
import { isOwnAddress } from './origin';

/** One question that the window may ask: the arguments it takes, as a tuple, and the answer. */
export interface Call {
  readonly channel: string;
  readonly answer: (event: IpcMainInvokeEvent, args: readonly unknown[]) => Promise<unknown>;
}

/** Binds a channel to a handler that only ever sees arguments of the declared shape. */
export function defineCall<Args extends readonly unknown[]>(
  channel: string,
  schema: z.ZodType<Args>,
  run: (args: Args, event: IpcMainInvokeEvent) => Promise<unknown> | unknown,
): Call {
  return {
    channel,
    answer: async (event, args) => {
      const parsed = schema.safeParse(args);
      if (!parsed.success) throw new Error(`${channel} was called with arguments that it does not take.`);
      return run(parsed.data, event);
    },
  };
}

/** Whether a message comes from the top frame of a window that shows our own page. */
export function isTrustedSender(event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>): boolean {
  const frame = event.senderFrame;
  if (!frame || frame !== event.sender.mainFrame) return false;
  return isOwnAddress(frame.url);
}

/** The one way from the window into main: known channels, a trusted sender, checked arguments. */
export function registerCalls(ipc: Pick<IpcMain, 'handle'>, calls: readonly Call[]): void {
  const channels = new Set<string>();
  for (const call of calls) {
    if (channels.has(call.channel)) throw new Error(`${call.channel} is registered twice.`);
    channels.add(call.channel);
    ipc.handle(call.channel, (event, ...args: unknown[]) => {
      if (!isTrustedSender(event)) throw new Error(`${call.channel} was called from a foreign page.`);
      return call.answer(event, args);
    });
  }
}
