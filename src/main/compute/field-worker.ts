import { parentPort, workerData } from 'node:worker_threads';
import { runFieldWorker, type FieldWorkerInit } from './kernels/pool';

// A thread of the convex-field kernel. It never returns to its event loop: the engine ends it by terminate().
runFieldWorker(workerData as FieldWorkerInit, () => parentPort?.postMessage('ready'));
