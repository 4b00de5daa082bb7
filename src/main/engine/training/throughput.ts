/** Samples per second over the last steps, validation and pauses left out. */
export function createThroughput() {
  const kept = 20;
  let last = performance.now();
  let recent: { readonly samples: number; readonly seconds: number }[] = [];
  const total = (key: 'samples' | 'seconds'): number => recent.reduce((sum, one) => sum + one[key], 0);
  return {
    tick: (samples: number) => {
      const now = performance.now();
      recent = [...recent, { samples, seconds: (now - last) / 1000 }].slice(-kept);
      last = now;
    },
    /** What happened since the last step is no step. */
    skip: () => {
      last = performance.now();
    },
    rate: () => total('samples') / Math.max(1e-9, total('seconds')),
    /** Seconds that so many steps take. */
    left: (steps: number) => (steps * total('seconds')) / Math.max(1, recent.length),
  };
}
