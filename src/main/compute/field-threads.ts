import { Worker } from 'node:worker_threads';
import type { StartFieldWorker } from './kernels/pool';

/** Starts kernel threads from the built field-worker file at `file`; they do not keep the process alive. */
export function fieldWorkersFrom(file: string): StartFieldWorker {
  return (init) => {
    const worker = new Worker(file, { workerData: init });
    const ready = new Promise<void>((resolve, reject) => {
      worker.once('message', () => {
        // From here on: before, nothing else may keep the process waiting for it.
        worker.unref();
        resolve();
      });
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`A kernel thread ended early with code ${code}.`)));
    });
    // The thread also ends, by intent, after it was ready; a second rejection of a settled promise is nothing.
    ready.catch(() => undefined);
    return { ready, terminate: () => void worker.terminate() };
  };
}
