/** Sends the newest value at a bounded rate; a slow reader gets the newest, never a growing queue. */
export interface Coalescer<T> {
  /** Offers a value; it is sent now, later, or never if a newer one comes first. */
  offer(value: T): void;
  /** The reader took what was last sent. */
  acknowledge(): void;
  /** Sends what is pending, if anything. */
  flush(): void;
  /** Drops what is pending; nothing is sent any more. */
  stop(): void;
}

/**
 * @param intervalMs least time between two sends, milliseconds
 * @param awaitReader when true, nothing is sent until the reader has acknowledged the last one
 */
export function createCoalescer<T>(
  send: (value: T) => void,
  intervalMs: number,
  awaitReader: boolean,
  now: () => number = () => performance.now(),
): Coalescer<T> {
  let pending: { value: T } | null = null;
  let lastSent = -Infinity;
  let readerBusy = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const sendPending = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!pending) return;
    const { value } = pending;
    pending = null;
    lastSent = now();
    readerBusy = awaitReader;
    try {
      send(value);
    } catch (error) {
      // Nobody acknowledges what never left.
      readerBusy = false;
      throw error;
    }
  };

  const schedule = (): void => {
    if (!pending || readerBusy || timer) return;
    const wait = lastSent + intervalMs - now();
    if (wait <= 0) sendPending();
    else timer = setTimeout(sendPending, wait);
  };

  return {
    offer: (value) => {
      if (stopped) return;
      pending = { value };
      schedule();
    },
    acknowledge: () => {
      readerBusy = false;
      schedule();
    },
    flush: sendPending,
    stop: () => {
      stopped = true;
      pending = null;
      clearTimeout(timer);
    },
  };
}
