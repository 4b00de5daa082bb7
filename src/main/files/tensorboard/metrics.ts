import { constants, mkdir, open, readFile, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '../../../shared/result';
import { READ_LIMITS } from '../read/limits';
import { badFile, tooMany } from '../read/problems';
import { createAppender } from './append';

/** Figures of one step, by name. Values that JSON lacks (NaN, infinities) are stored as texts and come back. */
export interface MetricsRow {
  readonly step: number;
  readonly values: Readonly<Record<string, number>>;
}

export interface MetricsFile {
  /** Collects a row; it reaches the file with the next flush. */
  add(row: MetricsRow): void;
  flush(): Promise<Result<number>>;
  close(): Promise<Result<number>>;
}

export interface ReadMetrics {
  readonly rows: readonly MetricsRow[];
  /** Tells of an incomplete last line, which a killed writer leaves. */
  readonly note: string | null;
}

const NEWLINE = 0x0a;

/**
 * Opens a file of JSON lines to append to. An incomplete last line is cut off first, so that the next row begins on
 * a line of its own. When a run resumes from a checkpoint, `resumeStep` drops the rows after it: those steps are
 * done again.
 */
export async function openMetrics(path: string, resumeStep?: number): Promise<Result<MetricsFile>> {
  let opened: FileHandle | null = null;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, constants.O_RDWR | constants.O_CREAT);
    opened = file;
    const { size } = await file.stat();
    const kept =
      size > READ_LIMITS.jsonBytes
        ? tooMany(path, 'the file', `it has ${size} bytes`, READ_LIMITS.jsonBytes)
        : keptLength(await file.readFile(), path, resumeStep);
    if (!kept.ok) {
      await file.close();
      return kept;
    }
    await file.truncate(kept.value);
    const { add, flush, close } = createAppender(file, path, kept.value);
    return ok({ add: (row) => add(Buffer.from(`${formatRow(row)}\n`, 'utf8')), flush, close });
  } catch (error) {
    await opened?.close();
    return fail({
      code: 'write-failed',
      message: `${path} could not be opened: ${error instanceof Error ? error.message : String(error)}.`,
      hint: 'Choose another folder for the run.',
    });
  }
}

/** The bytes to keep: whole lines, up to the first row after `resumeStep`. */
function keptLength(bytes: Uint8Array, path: string, resumeStep: number | undefined): Result<number> {
  const whole = bytes.lastIndexOf(NEWLINE) + 1;
  if (resumeStep === undefined) return ok(whole);
  let at = 0;
  for (let line = 1; at < whole; line++) {
    const end = bytes.indexOf(NEWLINE, at) + 1;
    const row = parseRow(Buffer.from(bytes.subarray(at, end)).toString('utf8'), path, line);
    if (!row.ok) return row;
    if (row.value.step > resumeStep) break;
    at = end;
  }
  return ok(at);
}

/** Reads JSON lines. An incomplete last line is left out with a note; damage anywhere else names its line. */
export async function readMetrics(path: string): Promise<Result<ReadMetrics>> {
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > READ_LIMITS.jsonBytes)
      return tooMany(path, 'the file', `it has ${size} bytes`, READ_LIMITS.jsonBytes);
    text = await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const hint = 'Check that it exists and that you may read it.';
    return badFile('file-unreadable', path, 'the file', `it could not be read (${reason})`, hint);
  }
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  const rows: MetricsRow[] = [];
  for (const [index, line] of lines.entries()) {
    const row = parseRow(line, path, index + 1);
    if (!row.ok) return row;
    rows.push(row.value);
  }
  const note =
    rest === '' ? null : `${path}, line ${lines.length + 1}: the last line is incomplete and left out.`;
  return ok({ rows, note });
}

function formatRow({ step, values }: MetricsRow): string {
  const texts = Object.entries(values).map(([name, value]) => [
    name,
    Number.isFinite(value) ? value : String(value),
  ]);
  return JSON.stringify({ step, values: Object.fromEntries(texts) });
}

const NOT_IN_JSON: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

function parseRow(line: string, path: string, number: number): Result<MetricsRow> {
  let row: { step?: unknown; values?: unknown } | null = null;
  try {
    row = JSON.parse(line);
  } catch {
    // Answered below, together with JSON of another form.
  }
  const values: [string, number][] = [];
  let valid = typeof row?.step === 'number' && typeof row.values === 'object' && row.values !== null;
  for (const [name, stored] of valid ? Object.entries(row!.values as object) : []) {
    const value: unknown = NOT_IN_JSON.get(stored) ?? stored;
    if (typeof value === 'number') values.push([name, value]);
    else valid = false;
  }
  if (valid) return ok({ step: row!.step as number, values: Object.fromEntries(values) });
  const what = 'a row {"step": number, "values": {name: number}} is needed';
  return badFile('file-damaged', path, `line ${number}`, what, 'Remove the line.');
}
