import type { Problem, Result } from '../../../shared/result';

export interface DecoderOptions<T, R> {
  decode(request: T): Promise<Result<R>>;
  onDecoded(decoded: R, request: T): void;
  onProblem(problem: Problem): void;
  /** Answers per second while they follow each other, null at rest. */
  onRate(rate: number | null): void;
  /** Runs a function when what the last answer changed has been drawn. */
  afterDrawing(callback: () => void): void;
  /** Milliseconds. */
  now(): number;
  /** Runs a function after a time in ms; returns how to prevent it. */
  later(callback: () => void, milliseconds: number): () => void;
}

/** Answers within this time count for the rate, ms. */
const WINDOW = 1000;
/** Without an answer for this long, it is at rest, ms. */
const REST = 400;

/**
 * Decodes the newest request only: one is under way at a time, the next one is sent when its answer has been drawn, and
 * whatever was asked in between is forgotten. Returns how to ask.
 */
export function createDecoder<T, R>(options: DecoderOptions<T, R>): (request: T) => void {
  let waiting: { readonly request: T } | null = null;
  let busy = false;
  let shownAt: readonly number[] = [];
  let preventRest: () => void = () => undefined;

  const count = (): void => {
    const now = options.now();
    // A first answer after a rest says nothing about the pace.
    const before = shownAt.length > 0 && now - shownAt[shownAt.length - 1] > REST ? [] : shownAt;
    shownAt = [...before.filter((at) => now - at < WINDOW), now];
    const span = now - shownAt[0];
    if (shownAt.length > 2 && span > 0) options.onRate(((shownAt.length - 1) * 1000) / span);
    preventRest();
    preventRest = options.later(() => {
      shownAt = [];
      options.onRate(null);
    }, REST);
  };

  const next = (): void => {
    busy = false;
    if (!waiting) return;
    const { request } = waiting;
    waiting = null;
    void send(request);
  };

  const send = async (request: T): Promise<void> => {
    busy = true;
    const end = await options.decode(request);
    if (!end.ok) {
      options.onProblem(end.error);
      next();
      return;
    }
    options.onDecoded(end.value, request);
    count();
    options.afterDrawing(next);
  };

  return (request) => {
    if (busy) waiting = { request };
    else void send(request);
  };
}

/** A decoder's clock in a window. */
export const WINDOW_CLOCK: Pick<DecoderOptions<never, never>, 'afterDrawing' | 'now' | 'later'> = {
  afterDrawing: (callback) => void requestAnimationFrame(callback),
  now: () => performance.now(),
  later: (callback, milliseconds) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};
