import type { FileGrant } from '../../../shared/contract/bridge';
import type { ModelEntry } from '../../../shared/contract/learning';
import type { ModelChoice, ModelInput } from '../../../shared/contract/inputs';
import { extensionsReadAs } from '../../../shared/formats/lookup';
import { attempt, reportProblem, runJob } from '../../workbench/actions/jobs';
import type { Workbench } from '../../workbench/state/workbench';
import { isSameModel, modelsSlice, type ModelItem } from './state';

/** Reads the models that ship, once. A kind of picture without a model of its own gets the first that fits. */
export async function ensureModels(workbench: Workbench): Promise<void> {
  if (modelsSlice.get(workbench).status !== 'unknown') return;
  modelsSlice.set(workbench, { status: 'loading' });
  const end = await workbench.engine.startJob({ kind: 'models' }).result;
  modelsSlice.set(workbench, ({ items, vaes }) => ({
    status: 'ready',
    problem: end.ok ? null : end.error,
    ...(end.ok && {
      items: merged(items, end.value.value.models),
      vaes: merged(vaes, end.value.value.vaes),
      notes: end.value.value.notes,
    }),
  }));
  for (const { choice, entry } of modelsSlice.get(workbench).items) {
    if (!modelsSlice.get(workbench).active[entry.input]) reconstructWith(workbench, { choice, entry });
  }
}

/** Reads them again after an error. */
export async function retryModels(workbench: Workbench): Promise<void> {
  modelsSlice.set(workbench, { status: 'unknown', problem: null });
  await ensureModels(workbench);
}

export async function openModelByDialog(workbench: Workbench): Promise<void> {
  const grant = await attempt(workbench, 'Open model', () =>
    workbench.bridge.chooseFile({ purpose: 'model', extensions: extensionsReadAs('model') }),
  );
  if (grant) await openModelFile(workbench, grant);
}

/** Reads a model file and shows its card. */
export async function openModelFile(workbench: Workbench, grant: FileGrant): Promise<void> {
  workbench.ui.setState({ workspace: 'train' });
  modelsSlice.set(workbench, { shown: true });
  const end = await runJob(
    workbench,
    { kind: 'models', files: [grant.token] },
    { title: `Open ${grant.name}` },
  );
  if (!end.ok) return;
  const found = end.value.value;
  modelsSlice.set(workbench, (models) => {
    const items = merged(models.items, found.models);
    const vaes = merged(models.vaes, found.vaes);
    const selected = [...items, ...vaes].findIndex(({ choice }) =>
      isSameModel(choice, { token: grant.token }),
    );
    return { status: 'ready', problem: null, items, vaes, selected: Math.max(0, selected) };
  });
}

/** Opens the best weights of a run as a model. */
export async function openBestModel(workbench: Workbench, run: FileGrant): Promise<void> {
  const grant = await attempt(workbench, 'Open model', () => workbench.bridge.grantBestModel(run.token));
  if (grant) {
    await openModelFile(workbench, grant);
    return;
  }
  reportProblem(workbench, `Open the model of ${run.name}`, {
    code: 'no-model',
    message: `${run.name} has no model yet.`,
    hint: 'It is written with the first validation.',
  });
}

export function selectModel(workbench: Workbench, selected: number): void {
  modelsSlice.set(workbench, { selected });
}

/** Makes a model the one that reconstructs from its kind of picture. */
export function reconstructWith(workbench: Workbench, { choice, entry }: ModelItem): void {
  modelsSlice.set(workbench, ({ active }) => ({
    active: { ...active, [entry.input]: { choice, title: entry.card.title } },
  }));
}

export const INPUT_WORDS: Readonly<Record<ModelInput, string>> = {
  depth: 'Depth image',
  rgb: 'Colour image',
};

type Entry = Pick<ModelEntry, 'name' | 'token'>;

function choiceOf({ name, token }: Entry): ModelChoice {
  return token === undefined ? { name } : { token };
}

/** What was read, in place of what was listed of it: models that ship first, then the files. */
function merged<T extends Entry>(
  items: readonly { readonly choice: ModelChoice; readonly entry: T }[],
  entries: readonly T[],
): readonly { readonly choice: ModelChoice; readonly entry: T }[] {
  const fresh = entries.map((entry) => ({ choice: choiceOf(entry), entry }));
  const kept = items.filter((item) => !fresh.some(({ choice }) => isSameModel(choice, item.choice)));
  const all = [...kept, ...fresh];
  return [...all.filter(({ choice }) => 'name' in choice), ...all.filter(({ choice }) => 'token' in choice)];
}
