import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fail, ok, type Problem, type Result } from '../../shared/result';
import { BACKEND_CHOICES } from '../engine/hosts/backends';
import { startChildEngine, type ChildEngine } from '../engine/hosts/child';
import { benchCommand } from './bench';
import type { Command, CommandContext, OptionTable, OptionValues } from './command';
import { datasetCommand } from './dataset';
import { devicesCommand } from './devices';
import { evaluateCommand } from './evaluate';
import { explainCommand } from './explain';
import { exportCommand } from './export';
import { fitCommand } from './fit';
import { interpolateCommand } from './interpolate';
import { modelsCommand } from './models';
import { reconstructCommand } from './reconstruct';
import { trainCommand } from './train';

const COMMANDS: readonly Command[] = [
  fitCommand,
  reconstructCommand,
  interpolateCommand,
  explainCommand,
  modelsCommand,
  evaluateCommand,
  exportCommand,
  devicesCommand,
  benchCommand,
  datasetCommand,
  trainCommand,
];

/** Options that every command takes. */
const COMMON: OptionTable = {
  json: { type: 'boolean' },
  backend: { type: 'string' },
  seed: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

const SUCCESS = 0;
const FAILURE = 1;
const BAD_USAGE = 2;

/** Runs one command. @returns the exit code: 0 success, 1 failure with one clear line, 2 bad usage */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (!name || name === '--help' || name === '-h' || name === 'help') {
    console.log(overview());
    return name ? SUCCESS : BAD_USAGE;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command)
    return complain(
      { code: 'usage', message: `There is no command "${name}".`, hint: overview() },
      BAD_USAGE,
    );
  const parsed = parse(command, rest);
  if (!parsed.ok) return complain(parsed.error, BAD_USAGE);
  if (parsed.value.values.help) {
    console.log(`${command.usage}\n\n${command.summary}`);
    return SUCCESS;
  }
  return execute(command, parsed.value.positionals, parsed.value.values);
}

async function execute(
  command: Command,
  positionals: readonly string[],
  values: OptionValues,
): Promise<number> {
  const seed = values.seed === undefined ? 1 : Number(values.seed);
  if (!Number.isSafeInteger(seed) || seed < 0) {
    return complain(
      { code: 'usage', message: `--seed takes a whole number from 0, not "${values.seed}".` },
      BAD_USAGE,
    );
  }
  const abort = new AbortController();
  const interrupt = (): void => abort.abort();
  process.once('SIGINT', interrupt);
  let engine: ChildEngine | null = null;
  const terminal = process.stderr.isTTY;
  const context: CommandContext = {
    positionals,
    values,
    seed,
    signal: abort.signal,
    engine: () =>
      (engine ??= startChildEngine(join(__dirname, 'engine.cjs'), String(values.backend ?? 'auto'))),
    progress: (line) => void process.stderr.write(terminal ? `\r\u001b[K${line}` : `${line}\n`),
  };
  try {
    const result = await command.run(context);
    if (terminal) process.stderr.write('\r\u001b[K');
    if (!result.ok) return complain(result.error, result.error.code === 'usage' ? BAD_USAGE : FAILURE);
    console.log(values.json ? JSON.stringify(result.value.json, null, 2) : result.value.lines.join('\n'));
    return SUCCESS;
  } finally {
    process.removeListener('SIGINT', interrupt);
    await (engine as ChildEngine | null)?.close();
  }
}

function parse(
  command: Command,
  argv: readonly string[],
): Result<{ positionals: readonly string[]; values: OptionValues }> {
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      options: { ...COMMON, ...command.options },
      allowPositionals: true,
    });
    const [minimum, maximum] = command.positionals;
    if (!values.help && (positionals.length < minimum || positionals.length > maximum)) {
      return fail({
        code: 'usage',
        message: `"${command.name}" got ${positionals.length} names.`,
        hint: command.usage,
      });
    }
    return ok({ positionals, values: values as OptionValues });
  } catch (error) {
    return fail({ code: 'usage', message: (error as Error).message, hint: command.usage });
  }
}

function complain(problem: Problem, code: number): number {
  console.error(`halfspace: ${problem.message}${problem.hint ? `\n${problem.hint}` : ''}`);
  if (problem.detail) console.error(problem.detail);
  return code;
}

function overview(): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length));
  return [
    'Usage: halfspace <command> [options]',
    '',
    ...COMMANDS.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    `Every command takes --json (machine-readable output), --backend ${BACKEND_CHOICES.join('|')} and --seed n.`,
    '"halfspace <command> --help" says more. Exit codes: 0 success, 1 failure, 2 bad usage.',
  ].join('\n');
}
