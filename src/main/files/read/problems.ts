import { fail, type Problem } from '../../../shared/result';

export type Failure = { readonly ok: false; readonly error: Problem };

export type FileProblemCode =
  | 'file-empty'
  | 'file-truncated'
  | 'file-damaged'
  | 'file-too-large'
  | 'file-unsupported'
  | 'file-unreadable'
  | 'not-finite'
  | 'no-surface'
  | 'no-volume'
  | 'not-depth'
  | 'no-depth'
  | 'no-normals'
  | 'camera-missing'
  | 'camera-invalid'
  | 'archive-unsafe';

/** One error for one file: names the file, the place (`line 12`, `byte 84`, a field) and what was expected there. */
export function badFile(
  code: FileProblemCode,
  file: string,
  place: string,
  what: string,
  hint: string,
): Failure {
  return fail({ code, message: `${file}, ${place}: ${what}.`, hint });
}

export function truncated(file: string, place: string, what: string): Failure {
  return badFile(
    'file-truncated',
    file,
    place,
    what,
    'The file looks cut off: copy, download or export it again.',
  );
}

export function tooMany(file: string, place: string, what: string, limit: number): Failure {
  return badFile(
    'file-too-large',
    file,
    place,
    `${what}; at most ${limit.toLocaleString('en')} are read`,
    'Simplify or split it in the program that made it. If it should not be that large, it is damaged.',
  );
}

/** An archive with a name that would be written outside. */
export function leavesFolder(file: string, name: string): Failure {
  return badFile(
    'archive-unsafe',
    file,
    `entry ${quoted(name)}`,
    "the name leaves the archive's folder",
    'Do not use this archive: it was made to write outside its folder, or by a faulty program.',
  );
}

/** Text from a file, short enough for a message and without control characters. */
export function quoted(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what must not reach the message
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');
  return `"${clean.length > 40 ? `${clean.slice(0, 40)}...` : clean}"`;
}
