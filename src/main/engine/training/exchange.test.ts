import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALONE, closeExchange, createExchangeMemory, joinExchange } from '../../learning/training/exchange';
import { buildForNode } from '../../compute/build.fixture';

const LENGTH = 600_001;
const folder = mkdtempSync(join(tmpdir(), 'exchange-'));
let file = '';
beforeAll(async () => {
  const entry = join(import.meta.dirname, '../../learning/training/exchange.ts');
  file = await buildForNode(entry, folder, 'exchange');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `body(exchange, rank)` on `count` threads and gives what each returned. */
async function onThreads(count: number, body: string): Promise<unknown[]> {
  const memory = createExchangeMemory(count);
  return Promise.all(
    Array.from(
      { length: count },
      (_, rank) =>
        new Promise((resolve, reject) => {
          const worker = new Worker(
            `const { parentPort, workerData } = require('node:worker_threads');
             const exchange = require(workerData.file).joinExchange(workerData.memory, workerData.rank, workerData.count);
             parentPort.postMessage((${body})(exchange, workerData.rank));`,
            { eval: true, workerData: { file, memory, rank, count } },
          );
          worker.once('message', resolve);
          worker.once('error', reject);
        }),
    ),
  );
}

describe('the exchange of data-parallel workers', () => {
  it('leaves the values of a single worker alone', () => {
    const values = Float32Array.of(1, 2);
    ALONE.average(values);
    expect([...values]).toEqual([1, 2]);
  });

  it('gives every worker the same mean, over many rounds and arrays longer than a piece', async () => {
    const results = (await onThreads(
      3,
      `(exchange, rank) => {
        let sum = 0;
        for (let round = 0; round < 200; round++) {
          const values = Float32Array.of(rank + round, rank * rank);
          exchange.average(values);
          sum += values[0] + values[1];
        }
        const long = new Float32Array(${LENGTH}).map((_, i) => rank * 3 + (i % 7));
        exchange.average(long);
        return [sum, ...long];
      }`,
    )) as number[][];
    let expected = 0;
    for (let round = 0; round < 200; round++) expected += Math.fround(1 + round) + Math.fround(5 / 3);
    for (const [sum, ...long] of results) {
      expect(sum).toBeCloseTo(expected, 6);
      expect(long.length).toBe(LENGTH);
      expect(long.every((value, i) => value === 3 + (i % 7))).toBe(true);
    }
  });

  it('lets nobody wait for a worker that is gone', async () => {
    const memory = createExchangeMemory(2);
    closeExchange(memory);
    expect(() => joinExchange(memory, 0, 2).average(Float32Array.of(1))).toThrow('has ended');
  });
});
