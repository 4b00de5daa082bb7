import {
  trainingConfigSchema,
  type TrainingConfig,
  type NetworkKind,
} from '../../../shared/recipes/training';
import { TRAINING_PRESETS, type TrainingPreset } from '../../../shared/recipes/training-presets';
import { fieldMessage } from './messages';
import { NETWORKS, UNSAID_KIND, isNetworkKind } from '../../../shared/networks';

export interface Preset extends TrainingPreset {
  readonly id: string;
}

export const PRESETS: readonly Preset[] = TRAINING_PRESETS.map((preset) => ({
  ...preset,
  id: `${preset.config.kind}-${preset.name}`,
}));

/** The kind that a draft says it is of. */
export function kindOf(draft: unknown): NetworkKind {
  const kind = valueAt(draft, 'kind');
  return isNetworkKind(kind) ? kind : UNSAID_KIND;
}

export interface CheckedDraft {
  /** Null while something is wrong. */
  readonly config: TrainingConfig | null;
  /** What is wrong, by place. */
  readonly errors: ReadonlyMap<string, string>;
}

export function checkDraft(draft: unknown): CheckedDraft {
  const parsed = trainingConfigSchema.safeParse(draft);
  if (parsed.success) return { config: parsed.data, errors: new Map() };
  const errors = new Map<string, string>();
  for (const issue of parsed.error.issues) {
    const path = issue.path.join('.');
    if (!errors.has(path)) errors.set(path, fieldMessage(issue));
  }
  return { config: null, errors };
}

export function valueAt(draft: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      draft,
    );
}

/** The draft with another value at a place; what is not an object on the way becomes one. */
export function withValue(draft: unknown, path: string, value: unknown): unknown {
  const [key, ...rest] = path.split('.');
  const object = isObject(draft) ? draft : {};
  return { ...object, [key]: rest.length === 0 ? value : withValue(object[key], rest.join('.'), value) };
}

/** Every value that is not among the main figures, as text, and the place of every error outside them. */
export function otherValues(
  draft: unknown,
  errors: CheckedDraft['errors'],
): readonly { readonly path: string; readonly value: string }[] {
  const main = new Set(NETWORKS[kindOf(draft)].fields.map(({ path }) => path));
  const values = new Map(leaves(draft, ''));
  for (const path of errors.keys()) {
    if (![...values.keys()].some((known) => known === path)) values.set(path, textOf(valueAt(draft, path)));
  }
  return [...values].filter(([path]) => !main.has(path)).map(([path, value]) => ({ path, value }));
}

function leaves(value: unknown, path: string): [string, string][] {
  if (!isObject(value)) return path === '' ? [] : [[path, textOf(value)]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

/** A value as a person reads it. */
export function textOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'none';
  return Array.isArray(value) ? value.map(textOf).join(', ') : isObject(value) ? '' : String(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
