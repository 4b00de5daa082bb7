import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inFolder } from '../tfrecord/fixtures';
import { readCheckpoint, writeCheckpoint } from './checkpoint';
import { readSafetensors } from './read';
import type { SafetensorsContent, StoredTensor } from './types';
import { encodeSafetensors } from './write';

const CONTENT: SafetensorsContent = {
  tensors: new Map<string, StoredTensor>([
    ['flags', { dtype: 'BOOL', shape: [3], data: Uint8Array.of(1, 0, 1) }],
    ['half', { dtype: 'F16', shape: [2, 2], data: Float32Array.of(1, -0.5, 65_504, 2 ** -24) }],
    ['brain', { dtype: 'BF16', shape: [2], data: Float32Array.of(1, -(2 ** 100)) }],
    [
      'weights',
      { dtype: 'F32', shape: [1, 3], data: Float32Array.of(0.1, Number.NaN, Number.NEGATIVE_INFINITY) },
    ],
    ['exact', { dtype: 'F64', shape: [], data: Float64Array.of(Math.PI) }],
    ['step', { dtype: 'I64', shape: [1], data: BigInt64Array.of(-(2n ** 60n)) }],
    ['state', { dtype: 'I32', shape: [2], data: Int32Array.of(-1, 7) }],
    ['bytes', { dtype: 'U8', shape: [0, 4], data: new Uint8Array(0) }],
  ]),
  metadata: new Map([['recipe', '{"seed":"ü"}']]),
};

function encoded(content: SafetensorsContent): Uint8Array {
  const bytes = encodeSafetensors(content);
  if (!bytes.ok) throw new Error(bytes.error.message);
  return bytes.value;
}

/** A file from a header and the number of data bytes. */
function fileOf(header: unknown, data = 0): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const out = Buffer.alloc(8 + json.length + data);
  out.writeBigUInt64LE(BigInt(json.length));
  out.set(json, 8);
  return out;
}

describe('safetensors', () => {
  it('has the documented bytes', () => {
    const bytes = encoded({
      tensors: new Map([['a', { dtype: 'F32', shape: [1], data: Float32Array.of(1) }]]),
      metadata: new Map(),
    });
    const header = '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  ';
    expect(Buffer.from(bytes)).toEqual(
      Buffer.concat([Buffer.of(56, 0, 0, 0, 0, 0, 0, 0), Buffer.from(header), Buffer.of(0, 0, 0x80, 0x3f)]),
    );
  });

  it('brings every type, shape and text back', () => {
    const read = readSafetensors(encoded(CONTENT), 'a.safetensors');
    expect(read.ok && [...read.value.metadata]).toEqual([...CONTENT.metadata]);
    expect(read.ok && read.value.tensors).toEqual(CONTENT.tensors);
  });

  it('reads from any alignment of the buffer', () => {
    const bytes = encoded(CONTENT);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const read = readSafetensors(shifted.subarray(3), 'a');
    expect(read.ok && read.value.tensors).toEqual(CONTENT.tensors);
  });

  it('aligns each array and gives the same bytes for any order', () => {
    const bytes = encoded(CONTENT);
    const length = Number(Buffer.from(bytes).readBigUInt64LE());
    expect(length % 8).toBe(0);
    const header = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString());
    expect(header.flags.data_offsets[0]).toBeGreaterThan(header.half.data_offsets[0]);
    expect(header.half.data_offsets[0] % 2).toBe(0);
    expect(header.weights.data_offsets[0] % 4).toBe(0);
    expect(header.step.data_offsets[0] % 8).toBe(0);
    const reversed = new Map([...CONTENT.tensors].reverse());
    expect(encoded({ ...CONTENT, tensors: reversed })).toEqual(bytes);
  });

  it('refuses arrays that contradict their shape', () => {
    const tensors = new Map([['a', { dtype: 'F32' as const, shape: [2, 2], data: new Float32Array(3) }]]);
    const bytes = encodeSafetensors({ tensors, metadata: new Map() });
    expect(bytes.ok ? null : bytes.error.code).toBe('tensor-invalid');
  });

  it('says what is wrong with a file', () => {
    const f32 = (begin: number, end: number, shape: unknown = [1]): unknown => ({
      dtype: 'F32',
      shape,
      data_offsets: [begin, end],
    });
    const huge = Buffer.alloc(16);
    huge.writeBigUInt64LE(2n ** 63n);
    const cases: [Uint8Array, string, RegExp][] = [
      [new Uint8Array(0), 'file-empty', /empty/],
      [new Uint8Array(5), 'file-truncated', /byte 5/],
      [huge, 'file-too-large', /header of 9223372036854775808 bytes/],
      [fileOf('[]'), 'file-damaged', /no JSON object/],
      [fileOf('{"a":'), 'file-damaged', /no JSON object/],
      [fileOf({ __metadata__: { a: 1 } }), 'file-damaged', /__metadata__/],
      [fileOf({ __metadata__: 'x' }), 'file-damaged', /__metadata__/],
      [fileOf({ a: null }), 'file-damaged', /array "a": it needs dtype/],
      [
        fileOf({ a: { dtype: 'F8_E4M3', shape: [1], data_offsets: [0, 1] } }, 1),
        'file-unsupported',
        /F8_E4M3/,
      ],
      [fileOf({ a: f32(0, 4, [-1]) }, 4), 'file-damaged', /shape or its data_offsets/],
      [fileOf({ a: f32(0, 4, [1e300, 1e300]) }, 4), 'file-damaged', /shape or its data_offsets/],
      [fileOf({ a: f32(0, 4, [2]) }, 4), 'file-damaged', /needs 8 bytes, its offsets span 4/],
      [fileOf({ a: f32(0, 4), b: f32(2, 6) }, 6), 'file-damaged', /"b", data byte 2: it overlaps/],
      [fileOf({ a: f32(0, 4), b: f32(8, 12) }, 12), 'file-damaged', /bytes before it belong to no array/],
      [fileOf({ a: f32(0, 4) }, 8), 'file-damaged', /4 bytes belong to no array/],
      [fileOf({ a: f32(0, 4) }, 3), 'file-truncated', /need 4 bytes, 3 are there/],
      // Of a name that occurs twice only the last is seen; the first leaves a gap.
      [
        fileOf(`{"a":${JSON.stringify(f32(0, 4))},"a":${JSON.stringify(f32(4, 8))}}`, 8),
        'file-damaged',
        /belong to no array/,
      ],
    ];
    for (const [bytes, code, message] of cases) {
      const read = readSafetensors(bytes, 'file.safetensors');
      expect(read.ok ? null : read.error.code).toBe(code);
      expect(read.ok ? '' : read.error.message).toMatch(message);
      expect(read.ok ? '' : read.error.message).toContain('file.safetensors');
    }
  });

  it('reports every truncation', () => {
    const bytes = encoded(CONTENT);
    for (let length = 0; length < bytes.length; length++) {
      const read = readSafetensors(bytes.subarray(0, length), 'cut');
      expect(read.ok ? `accepted ${length} bytes` : read.error.code).toMatch(/^file-(empty|truncated)$/);
    }
  });

  it('gives a value or a problem for any damaged byte (seed 3210)', () => {
    const bytes = encoded(CONTENT);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const read = readSafetensors(
          bytes.map((byte, i) => (i === at ? value : byte)),
          'damaged',
        );
        if (!read.ok) expect(read.error.message).toContain('damaged');
        else expect(read.value.tensors.size).toBe(CONTENT.tensors.size);
      }),
      { seed: 3210, numRuns: 1500 },
    );
  });
});

describe('a checkpoint', () => {
  it('replaces the last one whole and clears what a killed writer left', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'run', 'last.safetensors');
      expect((await writeCheckpoint(path, CONTENT)).ok).toBe(true);
      await writeFile(join(folder, 'run', '.last.safetensors.1234abcd.part'), 'half');
      await writeFile(join(folder, 'run', '.best.safetensors.1234abcd.part'), "another writer's");
      const next: SafetensorsContent = { tensors: new Map(), metadata: new Map([['step', '2']]) };
      expect((await writeCheckpoint(path, next)).ok).toBe(true);
      expect((await readdir(join(folder, 'run'))).sort()).toEqual([
        '.best.safetensors.1234abcd.part',
        'last.safetensors',
      ]);
      const read = await readCheckpoint(path);
      expect(read.ok && read.value.metadata.get('step')).toBe('2');
    });
  });

  it('stays as it was when the next one cannot be written', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'last.safetensors');
      await writeCheckpoint(path, CONTENT);
      const before = await readFile(path);
      const tensors = new Map([['a', { dtype: 'F32' as const, shape: [2], data: new Float32Array(1) }]]);
      expect((await writeCheckpoint(path, { tensors, metadata: new Map() })).ok).toBe(false);
      expect(await readFile(path)).toEqual(before);
      await mkdir(join(folder, 'taken'));
      const failed = await writeCheckpoint(join(folder, 'taken'), CONTENT);
      expect(failed.ok ? null : failed.error.code).toBe('write-failed');
      expect((await readdir(folder)).sort()).toEqual(['last.safetensors', 'taken']);
    });
  });

  it('that is not there is a problem', async () => {
    await inFolder(async (folder) => {
      const read = await readCheckpoint(join(folder, 'none'));
      expect(read.ok ? null : read.error.code).toBe('file-unreadable');
    });
  });
});
