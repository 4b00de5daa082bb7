import { madeWords, meshesOptionsSchema, type MeshesOptions } from '../../../shared/dataset/made';
import { attempt, runJob } from '../../workbench/actions/jobs';
import type { Workbench } from '../../workbench/state/workbench';
import { changeSetup, meshesIn } from './data';
import { fieldMessage } from './messages';
import { trainSlice, type TrainSetup } from './state';
import type { ConfigField } from '../../../shared/networks';

/** What a person may change of a data set that is made of meshes; the up axis is a choice of its own. */
export const MESHES_FIELDS: readonly ConfigField[] = [
  {
    path: 'views',
    label: 'Pictures per shape',
    hint: 'From around and a little above, in colour and depth.',
  },
  { path: 'imageSize', label: 'Picture size', unit: 'px', hint: 'Height and width of a picture.' },
  {
    path: 'pointsPerSet',
    label: 'Points per shape',
    hint: 'Labelled points in the cube around the shape, and as many near its surface.',
  },
  { path: 'seed', label: 'Seed', hint: 'The same meshes, options and seed give the same data set.' },
];

export function setMeshesOption(workbench: Workbench, path: string, value: unknown): void {
  trainSlice.set(workbench, ({ setup }) => ({
    setup: { ...setup, meshes: { ...setup.meshes, [path]: value } },
  }));
}

/** The options when all of them are right, and what is wrong by place. */
export function checkMeshesOptions(draft: TrainSetup['meshes']): {
  readonly options: MeshesOptions | null;
  readonly errors: ReadonlyMap<string, string>;
} {
  const parsed = meshesOptionsSchema.safeParse(draft);
  if (parsed.success) return { options: parsed.data, errors: new Map() };
  const errors = parsed.error.issues.map((issue) => [issue.path.join('.'), fieldMessage(issue)] as const);
  return { options: null, errors: new Map(errors) };
}

/** What stands against making a data set. Null when nothing does. */
export function makeReason(setup: TrainSetup): string | null {
  if (setup.making) return 'A data set is being made';
  if (meshesIn(setup) === 0) return 'Choose a folder of meshes first';
  return checkMeshesOptions(setup.meshes).options ? null : 'The options have errors';
}

/** Makes a data set of the chosen folder of meshes where a person says, and chooses it, unless other data was meanwhile. */
export async function makeDataset(workbench: Workbench): Promise<void> {
  const { setup } = trainSlice.get(workbench);
  const { data } = setup;
  const { options } = checkMeshesOptions(setup.meshes);
  if (!data || 'builtin' in data || !options || makeReason(setup) !== null) return;
  const making = (on: boolean): void =>
    trainSlice.set(workbench, ({ setup: current }) => ({ setup: { ...current, making: on } }));
  making(true);
  const folder = await attempt(workbench, 'Make a data set', () =>
    workbench.bridge.chooseFile({ purpose: 'new-data-folder' }),
  );
  if (!folder) {
    making(false);
    return;
  }
  const end = await runJob(
    workbench,
    { kind: 'make-dataset', meshes: data.token, destination: folder.token, options },
    {
      title: `Make a data set of ${data.name}`,
      outcome: ({ value }) => madeWords(value),
      reveal: folder.token,
    },
  );
  making(false);
  if (end.ok && trainSlice.get(workbench).setup.data === data) {
    changeSetup(workbench, { data: folder, made: end.value.value });
  }
}
