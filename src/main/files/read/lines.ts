/** Lines of a text file, one at a time: a file of 512 MiB never becomes one string. */
export interface LineReader {
  /** The next line without its end, or null behind the last. */
  next(): string | null;
  /** Number of the line that `next` gave last, from 1. */
  line(): number;
}

/** Lines end with LF, CRLF or a lone CR. Bytes are read as Latin-1: numbers and keywords are ASCII. */
export function readLines(bytes: Uint8Array, from = 0): LineReader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = from;
  let line = 0;
  return {
    next: () => {
      if (at >= buffer.length) return null;
      let end = at;
      while (end < buffer.length && buffer[end] !== 10 && buffer[end] !== 13) end++;
      const text = buffer.toString('latin1', at, end);
      at = buffer[end] === 13 && buffer[end + 1] === 10 ? end + 2 : end + 1;
      line++;
      return text;
    },
    line: () => line,
  };
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The number a token spells; NaN where it spells none (`nan` and `inf` included). */
export function parseNumber(token: string | undefined): number {
  return token !== undefined && NUMBER.test(token) ? Number(token) : NaN;
}
