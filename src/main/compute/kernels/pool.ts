import { CONTROL, JOB_ADDRESS, WORD } from './layout';
import { instantiateField, type FieldExports } from './wasm-module';

/** What a worker thread needs to take part; structured-cloneable. */
export interface FieldWorkerInit {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** 1, 2, ...: thread 0 is the caller's. */
  readonly thread: number;
}

export interface FieldWorker {
  /** Resolves when the thread runs, rejects when it could not start. */
  readonly ready: Promise<void>;
  terminate(): void;
}

/** Starts a thread that calls runFieldWorker with `init`; the platform's part. */
export type StartFieldWorker = (init: FieldWorkerInit) => FieldWorker;

export type Direction = 'forward' | 'backward';

/** The state word: a call's generation above, its next free chunk in the lowest byte. */
const GENERATION = 0x100;
/** The lowest byte between calls: no chunk is free, however many the next call will have. */
const CLOSED = GENERATION - 1;
const LAST_GENERATION = 0x7fffff;
/** Looks at a shared word before sleeping: about 20 microseconds, shorter than waking a thread. */
const SPINS = 400;
const LONGEST_WAIT_MS = 10_000;

/** The control words, read as signed integers. */
export function controlWords(memory: WebAssembly.Memory): Int32Array {
  return new Int32Array(memory.buffer, JOB_ADDRESS, 64);
}

/** Closes the state word: what a memory needs before its first thread starts. */
export function closeChunks(words: Int32Array): void {
  Atomics.store(words, CONTROL.state, CLOSED);
}

/** Runs every chunk of the current job on this thread. */
export function runChunks(kernel: FieldExports, words: Int32Array, direction: Direction): void {
  for (let chunk = 0; chunk < words[WORD.chunks]; chunk++) {
    runChunk(kernel, direction, chunk, words[WORD.scratchAt]);
  }
}

function runChunk(kernel: FieldExports, direction: Direction, chunk: number, scratch: number): void {
  if (direction === 'forward') kernel.forwardChunk(JOB_ADDRESS, chunk, scratch);
  else kernel.backwardChunk(JOB_ADDRESS, chunk, scratch);
}

/**
 * Runs every chunk of the current job on this thread and on all workers; returns when all are done. Chunks are taken
 * as threads come free, but each is computed whole by one thread and summed in order, so the result does not depend
 * on who took it.
 */
export function shareChunks(kernel: FieldExports, words: Int32Array, direction: Direction): void {
  const chunks = words[WORD.chunks];
  words[CONTROL.direction] = direction === 'forward' ? 0 : 1;
  Atomics.store(words, CONTROL.done, 0);
  const generation = (Math.floor(words[CONTROL.state] / GENERATION) + 1) & LAST_GENERATION;
  Atomics.store(words, CONTROL.state, generation * GENERATION);
  Atomics.notify(words, CONTROL.state);
  while (takeChunk(kernel, words, 0)) continue;
  for (let spin = 0; Atomics.load(words, CONTROL.done) < chunks; spin++) {
    if (spin < SPINS) continue;
    const done = Atomics.load(words, CONTROL.done);
    if (done < chunks && Atomics.wait(words, CONTROL.done, done, LONGEST_WAIT_MS) === 'timed-out') {
      throw new Error('A thread of the convex-field kernel stopped answering.');
    }
  }
  // A thread that still looks at this call must not take a chunk that the next call's words seem to offer.
  Atomics.store(words, CONTROL.state, generation * GENERATION + CLOSED);
}

/** Takes one chunk and computes it; false when none is left. */
function takeChunk(kernel: FieldExports, words: Int32Array, thread: number): boolean {
  for (;;) {
    const state = Atomics.load(words, CONTROL.state);
    const chunk = state & (GENERATION - 1);
    const chunks = words[WORD.chunks];
    const direction = words[CONTROL.direction] === 0 ? 'forward' : 'backward';
    const scratch = words[WORD.scratchAt] + thread * words[WORD.scratchBytes];
    if (chunk >= chunks) return false;
    // The words above are those of the state's call if the state still stands: it is closed before they change.
    if (Atomics.compareExchange(words, CONTROL.state, state, state + 1) !== state) continue;
    runChunk(kernel, direction, chunk, scratch);
    if (Atomics.add(words, CONTROL.done, 1) + 1 === chunks) Atomics.notify(words, CONTROL.done);
    return true;
  }
}

/** A worker thread's life: waits for chunks and computes them until the thread is terminated. */
export function runFieldWorker(init: FieldWorkerInit, onReady: () => void): never {
  const kernel = instantiateField(init.module, init.memory);
  const words = controlWords(init.memory);
  onReady();
  for (;;) {
    const state = Atomics.load(words, CONTROL.state);
    if (takeChunk(kernel, words, init.thread)) continue;
    let spin = 0;
    while (spin < SPINS && Atomics.load(words, CONTROL.state) === state) spin++;
    if (spin === SPINS) Atomics.wait(words, CONTROL.state, state);
  }
}
