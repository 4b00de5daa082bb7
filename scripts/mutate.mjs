import { existsSync, readdirSync } from 'node:fs';
import { relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import settings from '../stryker.config.mjs';
import buildKernels from './build-kernels.mjs';
import { computing, rooms } from './lib/mutation-rooms.mjs';
import { root } from './lib/paths.mjs';
import { say } from './lib/process.mjs';

/**
 * npm run mutate [-- room or file ...]: breaks the code of rooms on purpose, one place at a time, and reports how many
 * of the breaks their own tests notice. Without arguments, all rooms. Results are kept per room in .cache/mutation, so
 * that a later run tries only what changed; --force tries all again.
 */
const words = process.argv.slice(2);
const force = words.includes('--force');
const asked = words.filter((word) => !word.startsWith('--'));

process.chdir(root);
try {
  await buildKernels();
  const totals = emptyCounts();
  for (const [room, files] of scopes(asked)) {
    const results = [];
    for (const batch of computing.has(room) ? files.map((file) => [file]) : [files]) {
      const found = await mutate(room, batch);
      if (found.length === 0) process.stdout.write(`${batch.join(', ')}: only types, or no test uses it\n`);
      results.push(...found);
    }
    const counts = countOf(results);
    for (const key of Object.keys(totals)) totals[key] += counts[key];
    report(room, counts, results);
  }
  process.stdout.write(`\n${'all'.padEnd(10)} ${line(totals)}\n`);
  if (scoreOf(totals) < settings.thresholds.low) process.exitCode = 1;
} catch (error) {
  say(error.message);
  process.exitCode = 2;
}

/** Which files of which rooms the arguments name. */
function scopes(names) {
  if (names.length === 0) return Object.keys(rooms).map((room) => [room, filesOf(room)]);
  const found = new Map();
  for (const name of names) {
    const path = relative(root, name);
    const room = rooms[name] ? name : Object.keys(rooms).find((key) => path.startsWith(`${rooms[key]}/`));
    if (!room || (name !== room && !existsSync(path))) {
      throw new Error(
        `${name} is neither a room (${Object.keys(rooms).join(', ')}) nor a file in one of their folders.`,
      );
    }
    found.set(room, [...(found.get(room) ?? []), ...(name === room ? filesOf(room) : [path])]);
  }
  return [...found];
}

/** What in a room is neither a test nor made for tests. */
function filesOf(room) {
  return readdirSync(rooms[room], { recursive: true })
    .filter(
      (path) => path.endsWith('.ts') && !/\.(test|d|fixture)\.ts$|\btesting\/|\bfixtures\.ts$/.test(path),
    )
    .map((path) => `${rooms[room]}/${path}`)
    .sort();
}

/** Stryker's results for files of a room: `{status, fileName, location, mutatorName, replacement}` each. */
async function mutate(room, files) {
  const results = await new Stryker({
    force,
    incrementalFile: `.cache/mutation/${room}.json`,
    mutate: files,
    vitest: { ...settings.vitest, dir: rooms[room] },
  }).runMutationTest();
  // Stryker hands over what it has kept of the room's other files, too.
  return results.filter(({ fileName }) => files.includes(relative(root, fileName)));
}

function emptyCounts() {
  return { killed: 0, timeout: 0, survived: 0, uncovered: 0, invalid: 0 };
}

function countOf(results) {
  const counts = emptyCounts();
  const keys = { Killed: 'killed', Timeout: 'timeout', Survived: 'survived', NoCoverage: 'uncovered' };
  for (const { status } of results) if (status !== 'Ignored') counts[keys[status] ?? 'invalid']++;
  return counts;
}

/** Percent of the mutants that could be noticed. */
function scoreOf({ killed, timeout, survived, uncovered }) {
  const noticed = killed + timeout;
  return noticed + survived + uncovered === 0 ? 100 : (100 * noticed) / (noticed + survived + uncovered);
}

function line(counts) {
  const { killed, timeout, survived, uncovered, invalid } = counts;
  return (
    `${scoreOf(counts).toFixed(1)} %: ${killed} killed, ${timeout} by running on and on, ${survived} survived, ` +
    `${uncovered} in code that no test runs${invalid > 0 ? `, ${invalid} that do not run at all` : ''}`
  );
}

function report(room, counts, results) {
  const alive = results
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .sort((a, b) => a.fileName.localeCompare(b.fileName) || a.location.start.line - b.location.start.line);
  for (const { fileName, location, mutatorName, replacement, status } of alive) {
    const place = `${relative(root, fileName)}:${location.start.line}:${location.start.column}`;
    const word = status === 'NoCoverage' ? 'no test' : 'survived';
    process.stdout.write(
      `${place} ${word} ${mutatorName}: ${replacement.replace(/\s+/g, ' ').slice(0, 100)}\n`,
    );
  }
  process.stdout.write(`${room.padEnd(10)} ${line(counts)}\n`);
}
