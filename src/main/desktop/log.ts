import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const LIMIT_BYTES = 4_000_000;

export interface Log {
  write(source: string, text: string): void;
}

/** A log file of bounded size: when it is full it becomes `<file>.old` and a new one begins. */
export function createLog(file: string): Log {
  mkdirSync(dirname(file), { recursive: true });
  let size = sizeOf(file);
  return {
    write: (source, text) => {
      const line = `${new Date().toISOString()} ${source}: ${text.trimEnd()}\n`;
      try {
        if (size + line.length > LIMIT_BYTES) {
          rmSync(`${file}.old`, { force: true });
          renameSync(file, `${file}.old`);
          size = 0;
        }
        appendFileSync(file, line);
        size += line.length;
      } catch (error) {
        // A full disk must not end the work whose log this is.
        process.stderr.write(`${line}(the log ${file} cannot be written: ${String(error)})\n`);
      }
    },
  };
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
