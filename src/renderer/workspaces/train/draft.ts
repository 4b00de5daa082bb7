import {
  trainingConfigSchema,
  type TrainingConfig,
  type TrainingKind,
} from '../../../shared/recipes/training';
import { TRAINING_PRESETS, type TrainingPreset } from '../../../shared/recipes/training-presets';
import { fieldMessage } from './messages';

export interface Preset extends TrainingPreset {
  readonly id: string;
}

export const PRESETS: readonly Preset[] = TRAINING_PRESETS.map((preset) => ({
  ...preset,
  id: `${preset.config.kind}-${preset.name}`,
}));

export interface DraftField {
  /** Place in the configuration, joined by dots. */
  readonly path: string;
  readonly label: string;
  readonly unit?: string;
  /** A list of names, separated by commas; empty stands for none, a null. A number where absent. */
  readonly names?: { readonly empty: string };
  readonly hint: string;
}

/** The figures that a person is most likely to change. */
const CVXNET_FIELDS: readonly DraftField[] = [
  { path: 'network.parts', label: 'Parts', hint: 'The most convex parts of a shape.' },
  { path: 'network.planes', label: 'Planes per part', hint: 'Half-spaces that bound each part.' },
  {
    path: 'network.encoderWidth',
    label: 'Encoder width',
    hint: 'Multiplies the 64, 128, 256 and 512 channels of ResNet-18: 1 is the published network.',
  },
  { path: 'network.inputSize', label: 'Input size', unit: 'px', hint: 'Height and width of the picture.' },
  { path: 'batch', label: 'Batch', unit: 'shapes', hint: 'Shapes per step, shared by all workers.' },
  {
    path: 'steps',
    label: 'Steps',
    hint: 'Steps that learn from pictures; those of a first stage without (teacher.steps) come before.',
  },
  { path: 'optimiser.rate', label: 'Rate', hint: "Adam's learning rate after the warm-up." },
  { path: 'seed', label: 'Seed', hint: 'The same configuration, data and seed give the same weights.' },
];

const VAE_FIELDS: readonly DraftField[] = [
  {
    path: 'classes',
    label: 'Classes',
    names: { empty: 'all' },
    hint: 'Learns from pictures of these classes only, separated by commas. One class makes a one-class model, to which all else is an anomaly.',
  },
  { path: 'network.latent', label: 'Latents', hint: 'Numbers that a picture is coded in.' },
  {
    path: 'beta',
    label: 'Beta',
    hint: 'Factor of the divergence from the prior: 1 is a VAE, more a beta-VAE.',
  },
  { path: 'batch', label: 'Batch', unit: 'pictures', hint: 'Pictures per step, shared by all workers.' },
  { path: 'steps', label: 'Steps', hint: 'Steps in all.' },
  { path: 'optimiser.rate', label: 'Rate', hint: "Adam's learning rate." },
  { path: 'seed', label: 'Seed', hint: 'The same configuration, data and seed give the same weights.' },
];

export const MAIN_FIELDS: Readonly<Record<TrainingKind, readonly DraftField[]>> = {
  cvxnet: CVXNET_FIELDS,
  vae: VAE_FIELDS,
};

/** The kind that a draft says it is of; CvxNet's where it says none. */
export function kindOf(draft: unknown): TrainingKind {
  return valueAt(draft, 'kind') === 'vae' ? 'vae' : 'cvxnet';
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
  const main = new Set(MAIN_FIELDS[kindOf(draft)].map(({ path }) => path));
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
