import type { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result';
import type { OptionValues } from './command';

/** Reads number options of the command line; absent ones stay undefined. */
export function readNumbers<K extends string>(
  values: OptionValues,
  names: readonly K[],
): Result<Partial<Record<K, number>>> {
  const numbers: Partial<Record<K, number>> = {};
  for (const name of names) {
    const text = values[name];
    if (text === undefined) continue;
    const number = Number(text);
    if (text === '' || !Number.isFinite(number)) {
      return fail({ code: 'usage', message: `--${name} takes a number, not "${String(text)}".` });
    }
    numbers[name] = number;
  }
  return ok(numbers);
}

/** Checks options against their schema and names the first that does not fit. */
export function checkOptions<S extends z.ZodType>(schema: S, input: unknown): Result<z.infer<S>> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return fail({ code: 'usage', message: `--${issue.path.map(String).join('.')}: ${issue.message}.` });
}

/** Bad usage of a command: what is wrong, and how it is called. */
export function usage(what: string, hint: string): Result<never> {
  return fail({ code: 'usage', message: `${what}.`, hint });
}
