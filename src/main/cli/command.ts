import type { ParseArgsConfig } from 'node:util';
import type { Result } from '../../shared/result';
import type { ChildEngine } from '../engine/hosts/child';

export type OptionTable = NonNullable<ParseArgsConfig['options']>;
/** An option that may be repeated (`multiple`) has its values in a list. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** What a command gets to work with. */
export interface CommandContext {
  readonly positionals: readonly string[];
  readonly values: OptionValues;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Starts the engine on first use. */
  engine(): ChildEngine;
  /** One line to stderr that the next one replaces. */
  progress(line: string): void;
}

/** What a command has to say: plain lines for a person, or the same as JSON. */
export interface CommandOutput {
  readonly lines: readonly string[];
  readonly json: unknown;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  /** How many positional arguments it takes. */
  readonly positionals: readonly [minimum: number, maximum: number];
  readonly options: OptionTable;
  run(context: CommandContext): Promise<Result<CommandOutput>>;
}
