/** Lets the event loop run when this much time has passed since it last did, milliseconds. */
const INTERVAL = 25;

/** Hands control back to the event loop now and then, so that cancel messages and other work arrive. */
export interface Breath {
  /** Waits one turn of the event loop if the last one is long enough ago. True when the signal is aborted. */
  take(): Promise<boolean>;
}

export function createBreath(signal: AbortSignal): Breath {
  let last = performance.now();
  return {
    take: async () => {
      if (performance.now() - last > INTERVAL) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        last = performance.now();
      }
      return signal.aborted;
    },
  };
}
