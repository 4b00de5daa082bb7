import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Zip, ZipPassThrough, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../shared/result';
import { inFolder } from '../tfrecord/fixtures';
import { openZip, readEntry } from './zip-stream';

const DIRECTORY = 'PK\x01\x02';
const at = (bytes: Uint8Array, signature: string): number =>
  Buffer.from(bytes).indexOf(signature, 0, 'latin1');

function patched(bytes: Uint8Array, from: number, ...values: number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, from);
  return copy;
}

/** A megabyte that packs to a few kilobytes. */
const large = Uint8Array.from({ length: 1 << 20 }, (_, i) => (i >> 8) & 0xff);

async function read(path: string, name: string): Promise<Uint8Array> {
  const zip = unwrap(await openZip(path));
  try {
    return await readEntry(zip.entries.find((entry) => entry.name === name)!);
  } finally {
    zip.close();
  }
}

describe('an archive read in pieces', () => {
  it('lists its entries and gives each one, stored or deflated', async () => {
    const stored = Uint8Array.of(1, 2, 3);
    await inFolder(async (folder) => {
      const path = join(folder, 'a.npz');
      await writeFile(path, zipSync({ 'large.npy': large, 'stored.npy': [stored, { level: 0 }] }));
      const zip = unwrap(await openZip(path));
      expect(zip.entries.map(({ name, bytes }) => [name, bytes])).toEqual([
        ['large.npy', 1 << 20],
        ['stored.npy', 3],
      ]);
      zip.close();
      expect(Buffer.compare(await read(path, 'large.npy'), large)).toBe(0);
      expect([...(await read(path, 'stored.npy'))]).toEqual([1, 2, 3]);
    });
  });

  it('gives entries whose sizes come after them', async () => {
    const pieces: Uint8Array[] = [];
    const writer = new Zip((error, piece) => {
      if (error) throw error;
      pieces.push(piece);
    });
    const entry = new ZipPassThrough('a.npy');
    writer.add(entry);
    entry.push(Uint8Array.of(4, 5), false);
    entry.push(Uint8Array.of(6), true);
    writer.end();
    await inFolder(async (folder) => {
      const path = join(folder, 'a.npz');
      await writeFile(path, Buffer.concat(pieces));
      expect([...(await read(path, 'a.npy'))]).toEqual([4, 5, 6]);
    });
  });

  it('that unpacks to more or less than its directory says is damaged, without more being read', async () => {
    const bytes = zipSync({ 'a.npy': large });
    await inFolder(async (folder) => {
      const path = join(folder, 'a.npz');
      await writeFile(path, patched(bytes, at(bytes, DIRECTORY) + 24, 16, 0, 0, 0));
      await expect(read(path, 'a.npy')).rejects.toThrow(/too many bytes/);
      await writeFile(path, patched(bytes, at(bytes, DIRECTORY) + 24, 0, 0, 0x20, 0));
      await expect(read(path, 'a.npy')).rejects.toThrow(/not enough bytes/);
      await writeFile(path, patched(bytes, 60, 0xff, 0xff, 0xff, 0xff));
      await expect(read(path, 'a.npy')).rejects.toThrow(/invalid/);
    });
  });

  it('that is damaged is one problem that names the file and the place', async () => {
    const bytes = zipSync({ 'a.npy': [Uint8Array.of(1, 2, 3), { level: 0 }] });
    const deflated = zipSync({ 'a.npy': large });
    const end = bytes.length - 22;
    const directory = at(bytes, DIRECTORY);
    const cases: [string, Uint8Array, string, RegExp][] = [
      ['cut', bytes.slice(0, bytes.length - 10), 'file-truncated', /ends before its directory/],
      ['empty', new Uint8Array(0), 'file-truncated', /ends before its directory/],
      ['many', patched(bytes, end + 8, 255, 254, 255, 254), 'file-too-large', /the zip directory: .*65279/],
      ['missing', patched(bytes, end + 10, 2), 'file-damaged', /the zip directory, entry 2 of 2: .*EOF/],
      [
        'outside',
        patched(bytes, end + 16, 0, 0, 0, 0x10),
        'file-damaged',
        /the zip directory, entry 1 of 1: /,
      ],
      ['method', patched(bytes, directory + 10, 12), 'file-unsupported', /entry "a\.npy": .*method 12/],
      [
        'locked',
        patched(deflated, at(deflated, DIRECTORY) + 8, 1),
        'file-unsupported',
        /entry "a\.npy": .*encrypted/,
      ],
      ['sizes', patched(bytes, directory + 24, 9), 'file-damaged', /the zip directory, entry 1 of 1: .*size/],
    ];
    for (const name of ['../a.npy', '/a.npy', 'b/../../a.npy']) {
      const leaving = zipSync({ [name]: large });
      cases.push(['leaving', leaving, 'archive-unsafe', /entry "[./b]*a\.npy": the name leaves/]);
    }
    await inFolder(async (folder) => {
      for (const [name, content, code, message] of cases) {
        const path = join(folder, name);
        await writeFile(path, content);
        const zip = await openZip(path);
        expect([name, zip.ok ? 'none' : zip.error.code]).toEqual([name, code]);
        if (zip.ok) continue;
        expect(zip.error.message).toMatch(message);
        expect(zip.error.message).toContain(path);
      }
      const absent = await openZip(join(folder, 'absent'));
      expect(absent.ok ? 'none' : absent.error.code).toBe('file-unreadable');
      const isFolder = await openZip(folder);
      expect(isFolder.ok ? 'none' : isFolder.error.code).toBe('file-unreadable');
    });
  });
});
