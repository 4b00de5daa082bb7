import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/result';
import { badFile } from '../read/problems';
import { frameRecord, readTfrecords } from '../tfrecord/records';
import { createAppender } from './append';
import { decodeEvent, encodeEvent, FILE_VERSION, type SummaryValue, type TrainingEvent } from './event';

/** An event file that TensorBoard follows while it grows. */
export interface EventFile {
  readonly path: string;
  /** Collects the values of one step; they reach the file with the next flush. */
  add(step: number, values: readonly SummaryValue[]): Result<void>;
  flush(): Promise<Result<number>>;
  close(): Promise<Result<number>>;
}

export interface EventFileOptions {
  /** The machine's name in the file's name. */
  readonly host?: string;
  /** The clock, milliseconds since 1970. */
  readonly now?: () => number;
  /** The step of the checkpoint that a run goes on from: TensorBoard drops the steps after it of earlier files. */
  readonly resumeStep?: number;
}

/**
 * Creates `events.out.tfevents.<seconds>.<host>` in a folder, which is made as needed. A file of that name is never
 * overwritten: a run that resumes within the same second gets a numbered name. TensorBoard joins a folder's files.
 */
export async function openEventFile(
  folder: string,
  { host = hostname(), now = Date.now, resumeStep }: EventFileOptions = {},
): Promise<Result<EventFile>> {
  const started = now();
  const safeHost = host.replace(/[^\w.-]/g, '_').slice(0, 64) || 'localhost';
  const name = `events.out.tfevents.${String(Math.floor(started / 1000)).padStart(10, '0')}.${safeHost}`;
  const created = await createNew(folder, name);
  if (!created.ok) return created;
  const { file, path } = created.value;
  const appender = createAppender(file, path, 0);
  const add = (event: TrainingEvent): Result<void> => {
    const bytes = encodeEvent(event);
    if (!bytes.ok) return bytes;
    appender.add(frameRecord(bytes.value));
    return ok(undefined);
  };
  add({ wallTime: started / 1000, step: 0, version: FILE_VERSION, values: [] });
  if (resumeStep !== undefined) {
    add({ wallTime: started / 1000, step: resumeStep + 1, restart: true, values: [] });
  }
  const first = await appender.flush();
  if (!first.ok) {
    await file.close();
    return first;
  }
  return ok({
    path,
    add: (step, values) => add({ wallTime: now() / 1000, step, values }),
    flush: appender.flush,
    close: appender.close,
  });
}

async function createNew(folder: string, name: string): Promise<Result<{ file: FileHandle; path: string }>> {
  let reason: unknown = null;
  for (let number = 0; number < 100; number++) {
    const path = join(folder, number === 0 ? name : `${name}.${number}`);
    try {
      await mkdir(folder, { recursive: true });
      return ok({ file: await open(path, 'wx'), path });
    } catch (error) {
      reason = error;
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') break;
    }
  }
  return fail({
    code: 'write-failed',
    message: `${join(folder, name)} could not be created: ${reason instanceof Error ? reason.message : String(reason)}.`,
    hint: 'Choose another folder for the run.',
  });
}

/** What a file holds; `note` tells of an incomplete record at its end, which a killed writer leaves. */
export interface ReadEvents {
  readonly events: readonly TrainingEvent[];
  readonly note: string | null;
}

/** Reads a whole event file. A cut-off end is a note, damage anywhere else an error. */
export async function readEventFile(path: string): Promise<Result<ReadEvents>> {
  const events: TrainingEvent[] = [];
  for await (const record of readTfrecords(path)) {
    if (!record.ok) {
      if (record.error.code === 'file-truncated') return ok({ events, note: record.error.message });
      return record;
    }
    const event = decodeEvent(record.value.data);
    if (typeof event === 'string') {
      const place = `record ${record.value.index}`;
      return badFile('file-damaged', path, place, event, 'Start the run again in another folder.');
    }
    events.push(event);
  }
  return ok({ events, note: null });
}
