import type { App, Details, RenderProcessGoneDetails } from 'electron';
import type { Log } from './log';

/** How Electron tells that a process is gone; older ones leave the rest out. */
export type ProcessEnd = Pick<Details, 'reason' | 'exitCode'>;

/** Chromium's reasons in words that follow "it". */
const WORDS: Readonly<Record<(RenderProcessGoneDetails & Details)['reason'], string>> = {
  'clean-exit': 'ended by itself',
  'abnormal-exit': 'ended with an error',
  killed: 'was killed',
  crashed: 'crashed',
  oom: 'ran out of memory',
  'launch-failed': 'could not be started',
  'integrity-failure': 'failed a check of its code',
  'memory-eviction': 'was ended to free memory',
};

/** Why a process is gone: words, Chromium's reason and the exit code. */
export function describeEnd({ reason, exitCode }: ProcessEnd): string {
  // A newer Electron may know more reasons than these.
  return `${WORDS[reason] ?? 'ended'} (${reason}, code ${exitCode})`;
}

/** Names in the log every process beside the pages' that is gone: the engine, the one that draws, the network's. */
export function logProcessEnds(app: App, log: Log): void {
  app.on('child-process-gone', (_event, details) => {
    const name = details.name ?? details.serviceName;
    log.write('process', `${details.type}${name ? ` "${name}"` : ''} ${describeEnd(details)}`);
  });
}
