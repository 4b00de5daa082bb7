import type { Result } from '../../../shared/result';
import { stampOf } from './model-files';

const MOST_CACHED = 2;

interface Slot<T> {
  readonly stamp: string;
  readonly opening: Promise<Result<T>>;
}

/**
 * Keeps the last opened models of one kind, for the life of the process. A file that changed is opened anew, and a
 * file that could not be opened is tried again.
 */
export function createModelCache<T extends { dispose(): void }>() {
  const slots = new Map<string, Slot<T>>();
  return async (path: string, backend: string, load: () => Promise<Result<T>>): Promise<Result<T>> => {
    const stamp = await stampOf(path);
    const key = `${backend} ${path}`;
    const known = slots.get(key);
    slots.delete(key);
    if (known?.stamp !== stamp) close(known);
    const slot = known?.stamp === stamp ? known : { stamp, opening: load() };
    slots.set(key, slot);
    for (const [oldest, old] of slots) {
      if (slots.size <= MOST_CACHED) break;
      slots.delete(oldest);
      close(old);
    }
    const opened = await slot.opening;
    if (!opened.ok && slots.get(key) === slot) slots.delete(key);
    return opened;
  };
}

function close<T extends { dispose(): void }>(slot: Slot<T> | undefined): void {
  void slot?.opening.then((opened) => {
    if (opened.ok) opened.value.dispose();
  });
}
