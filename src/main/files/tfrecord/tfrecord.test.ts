import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeExample, encodeExample, type Feature } from './example';
import { collect, inFolder } from './fixtures';
import { frameRecord, readTfrecords } from './records';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

describe('TFRecord files', () => {
  it('write and read a record made by hand', async () => {
    // The masked checksums come from TensorBoard's own writer.
    const golden = hex('0500000000000000eab2043e68656c6c6fbb1f1c19');
    expect(frameRecord(Buffer.from('hello'))).toEqual(golden);
    await inFolder(async (folder) => {
      const path = join(folder, 'a.tfrecord');
      await writeFile(path, Buffer.concat([golden, frameRecord(new Uint8Array(0)), golden]));
      const { values, problem } = await collect(readTfrecords(path));
      expect(problem).toBeNull();
      expect(values.map(({ index, offset, data }) => [index, offset, Buffer.from(data).toString()])).toEqual([
        [0, 0, 'hello'],
        [1, 21, ''],
        [2, 37, 'hello'],
      ]);
    });
  });

  it('name the record of every kind of damage', async () => {
    const record = frameRecord(Buffer.from('hello'));
    const broken = (at: number): Uint8Array => record.map((byte, i) => (i === at ? byte ^ 1 : byte));
    const huge = new Uint8Array(16);
    new DataView(huge.buffer).setBigUint64(0, 1n << 60n, true);
    const cases: [string, Uint8Array, string, RegExp][] = [
      ['empty', new Uint8Array(0), 'file-empty', /empty/],
      [
        'length',
        Buffer.concat([record, broken(0)]),
        'file-damaged',
        /record 1 at byte 21: the checksum of its length/,
      ],
      [
        'data',
        Buffer.concat([record, broken(14)]),
        'file-damaged',
        /record 1 at byte 21: the checksum of its data/,
      ],
      ['checksum', broken(18), 'file-damaged', /record 0 at byte 0: the checksum of its data/],
      ['cut', Buffer.concat([record, record.subarray(0, 20)]), 'file-truncated', /record 1 at byte 21/],
      ['header', Buffer.concat([record, record.subarray(0, 5)]), 'file-truncated', /record 1 at byte 21/],
      ['gzip', Buffer.concat([hex('1f8b0800'), record]), 'file-unsupported', /gzip/],
      ['absurd length', huge, 'file-damaged', /checksum of its length/],
    ];
    await inFolder(async (folder) => {
      for (const [name, bytes, code, message] of cases) {
        const path = join(folder, name);
        await writeFile(path, bytes);
        const { problem } = await collect(readTfrecords(path));
        expect([name, problem?.code]).toEqual([name, code]);
        expect(problem?.message).toMatch(message);
        expect(problem?.message).toContain(path);
      }
      const { problem } = await collect(readTfrecords(join(folder, 'none')));
      expect(problem?.code).toBe('file-unreadable');
    });
  });

  it('give records or one problem for any damage (seed 3101)', async () => {
    const whole = Buffer.concat([frameRecord(Buffer.from('first')), frameRecord(Buffer.from('the second'))]);
    await inFolder(async (folder) => {
      const path = join(folder, 'damaged');
      await fc.assert(
        fc.asyncProperty(
          fc.nat(whole.length - 1),
          fc.integer({ min: 1, max: 255 }),
          fc.boolean(),
          async (at, flip, cut) => {
            const bytes = cut
              ? whole.subarray(0, at)
              : whole.map((byte, i) => (i === at ? byte ^ flip : byte));
            await writeFile(path, bytes);
            const { values, problem } = await collect(readTfrecords(path));
            // Only a cut between two records leaves a valid file.
            expect(problem === null).toBe(cut && at === 21);
            expect(values.length).toBe(at >= 21 ? 1 : 0);
          },
        ),
        { seed: 3101, numRuns: 150 },
      );
    });
  });
});

describe('tf.train.Example', () => {
  // Example{a: float [1.5], b: int64 [3, -1], c: bytes ['x']}, by the wire format.
  const FLOAT_A = '0a0d 0a0161 1208 1206 0a04 0000c03f';
  const INT_B = '0a14 0a0162 120f 1a0d 0a0b 03 ffffffffffffffffff01';
  const BYTES_C = '0a0a 0a0163 1205 0a03 0a0178';

  it('decodes hand-made bytes and encodes the same ones', () => {
    const bytes = hex(`0a31 ${FLOAT_A} ${INT_B} ${BYTES_C}`);
    const example = decodeExample(bytes);
    expect(example).toEqual(
      new Map<string, Feature>([
        ['a', { kind: 'float', values: Float32Array.of(1.5) }],
        ['b', { kind: 'int64', values: BigInt64Array.of(3n, -1n) }],
        ['c', { kind: 'bytes', values: [Uint8Array.of(0x78)] }],
      ]),
    );
    expect(encodeExample(example as ReadonlyMap<string, Feature>)).toEqual(bytes);
  });

  it('reads lists that are not packed', () => {
    const floats = '0a11 0a0161 120c 120a 0d 0000c03f 0d 00000040';
    const integers = '0a0b 0a0162 1206 1a04 0805 0806';
    const example = decodeExample(hex(`0a20 ${floats} ${integers}`));
    expect(example).toEqual(
      new Map<string, Feature>([
        ['a', { kind: 'float', values: Float32Array.of(1.5, 2) }],
        ['b', { kind: 'int64', values: BigInt64Array.of(5n, 6n) }],
      ]),
    );
  });

  it('refuses lists that would take far more memory than the file', () => {
    const values = new BigInt64Array(1_000_001);
    expect(decodeExample(encodeExample(new Map([['n', { kind: 'int64', values }]])))).toMatch(
      /key "n": .* more than 1000000 values/,
    );
  });

  it('says what is wrong with damaged lists', () => {
    expect(decodeExample(hex('0aff'))).toMatch(/field 1 at byte 0 is damaged: premature EOF/);
    expect(decodeExample(hex('1202 00'))).toMatch(/field 2 at byte 0 .* announces 2 bytes, 1 follow/);
    expect(decodeExample(hex('0a7f 00'))).toMatch(/announces 127 bytes, 1 follow/);
    expect(decodeExample(hex('0b'))).toMatch(/field 1 at byte 0 is damaged: premature EOF/);
    expect(decodeExample(hex('0c'))).toMatch(/field 1 .* wire type 4/);
    expect(decodeExample(hex('0e'))).toMatch(/byte 0 holds no field key: .* wire type 6/);
    expect(decodeExample(hex('0a0c 0a0a 0a0161 1205 1203 0a01 00'))).toMatch(/key "a": floats/);
    expect(decodeExample(hex('00'))).toMatch(/byte 0 holds no field key: .*field no 0/);
    expect(decodeExample(hex('ffffffffffffffffffff01'))).toMatch(/no field key/);
  });

  const feature: fc.Arbitrary<Feature> = fc.oneof(
    fc
      .array(fc.uint8Array({ maxLength: 20 }), { maxLength: 4 })
      .map((values) => ({ kind: 'bytes' as const, values })),
    fc.float32Array({ maxLength: 20 }).map((values) => ({ kind: 'float' as const, values })),
    fc.bigInt64Array({ maxLength: 20 }).map((values) => ({ kind: 'int64' as const, values })),
  );
  const examples = fc.array(fc.tuple(fc.string({ maxLength: 12 }), feature), { maxLength: 6 });

  it('comes back as it was written (seed 3102)', () => {
    fc.assert(
      fc.property(examples, (entries) => {
        const example = new Map(entries);
        expect(decodeExample(encodeExample(example))).toEqual(example);
      }),
      { seed: 3102, numRuns: 200 },
    );
  });

  it('gives an example or words for any bytes (seed 3103)', () => {
    fc.assert(
      fc.property(examples, fc.nat(), fc.nat(255), fc.boolean(), (entries, where, value, cut) => {
        const bytes = encodeExample(new Map(entries));
        const at = where % bytes.length;
        const damaged = cut ? bytes.subarray(0, at) : bytes.map((byte, i) => (i === at ? value : byte));
        const decoded = decodeExample(damaged);
        expect(typeof decoded === 'string' || decoded instanceof Map).toBe(true);
      }),
      { seed: 3103, numRuns: 500 },
    );
  });
});
