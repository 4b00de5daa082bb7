import { parentPort, workerData } from 'node:worker_threads';
import { ProblemError } from '../../../shared/result';
import { joinExchange } from '../../learning/training/exchange';
import { startTensorflow } from '../../compute/tensorflow';
import type { ControlWord, TrainingMessage, TrainingWorkerData } from './messages';
import { networkEngine } from '../networks';
import { train } from './train';

/** One worker of a data-parallel training, on a thread of its own so that the engine goes on answering. */
const { config, data, runFolder, resume, backend, rank, count, exchange, control } =
  workerData as TrainingWorkerData;

function tell(message: TrainingMessage): void {
  parentPort?.postMessage(message);
}

async function main(): Promise<void> {
  try {
    await startTensorflow(backend);
    const word = new Int32Array(control);
    const own = joinExchange(exchange, rank, count);
    await train({
      config,
      open: (resumed) => networkEngine(config.kind).openCourse(config, data, own, resumed),
      runFolder,
      resume,
      exchange: own,
      control: () => Atomics.load(word, 0) as ControlWord,
      tell,
    });
  } catch (error) {
    tell({
      type: 'problem',
      problem:
        error instanceof ProblemError
          ? error.problem
          : {
              code: 'training-failed',
              message: 'The training stopped on an error of the program.',
              hint: 'The last checkpoint is whole: resume the run. Please report this with the details below.',
              detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
            },
    });
  }
}

void main();
