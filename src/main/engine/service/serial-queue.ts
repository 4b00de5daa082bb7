/** Runs pieces of work one after another. What one of them does, failing included, never keeps the next from its turn. */
export interface SerialQueue {
  /**
   * Adds work, which begins at once when nothing runs.
   *
   * @returns how to take it out again: true when it had not begun and never will
   */
  add(work: () => Promise<unknown>): () => boolean;
}

export function createSerialQueue(): SerialQueue {
  const waiting: (() => Promise<unknown>)[] = [];
  let isRunning = false;

  const next = (): void => {
    const work = waiting.shift();
    isRunning = work !== undefined;
    work?.().then(next, next);
  };

  return {
    add: (work) => {
      waiting.push(work);
      if (!isRunning) next();
      return () => {
        const at = waiting.indexOf(work);
        if (at >= 0) waiting.splice(at, 1);
        return at >= 0;
      };
    },
  };
}
