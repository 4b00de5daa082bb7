import { AsyncLocalStorage } from 'node:async_hooks';

type Report = (error: unknown) => void;

const current = new AsyncLocalStorage<Report>();

/** Runs work; an error that nobody catches in it or in what it began, on a timer for example, is reported. */
export function withStrayErrors<T>(report: Report, work: () => T): T {
  return current.run(report, work);
}

/**
 * Hands errors that nobody caught, and rejections that nobody took, to the work that they come from, and writes each to
 * stderr: the work may have ended.
 *
 * @param otherwise takes those of no work
 */
export function catchStrayErrors(process: NodeJS.Process, otherwise: Report): void {
  // Both are told in the asynchronous context of what failed.
  const report = (error: unknown): void => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    (current.getStore() ?? otherwise)(error);
  };
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
}
