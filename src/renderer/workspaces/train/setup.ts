import type { FileGrant } from '../../../shared/contract/bridge';
import { isReadAs } from '../../../shared/formats/lookup';
import { attempt } from '../../workbench/actions/jobs';
import type { DroppedFile, Workbench } from '../../workbench/state/workbench';
import { openModelFile } from '../models/load';
import type { BuiltinPictures } from '../../../shared/recipes/vae';
import { changeSetup } from './data';
import { kindOf, PRESETS, withValue } from './draft';
import { builtinSource } from './sources';
import { trainSlice } from './state';
import { modelsSlice } from '../models/state';

/** A configuration is a page of JSON; more than this is something else. */
const MAXIMUM_CONFIG_BYTES = 1024 * 1024;

/** Shows the fields of the next run. */
export function beginSetup(workbench: Workbench): void {
  workbench.ui.setState({ workspace: 'train' });
  modelsSlice.set(workbench, { shown: false });
  trainSlice.set(workbench, { selected: null });
}

export async function chooseData(workbench: Workbench): Promise<void> {
  const grant = await attempt(workbench, 'Choose data', () =>
    workbench.bridge.chooseFile({ purpose: 'data-folder' }),
  );
  if (grant) takeData(workbench, grant);
}

function takeData(workbench: Workbench, data: FileGrant): void {
  beginSetup(workbench);
  changeSetup(workbench, { data });
}

export function chooseBuiltin(workbench: Workbench, builtin: BuiltinPictures): void {
  changeSetup(workbench, { data: builtinSource(builtin) });
}

export async function chooseRunFolder(workbench: Workbench): Promise<void> {
  const folder = await attempt(workbench, 'Choose a folder', () =>
    workbench.bridge.chooseFile({ purpose: 'run-folder' }),
  );
  if (folder) changeSetup(workbench, { folder });
}

export function takeOwnFolder(workbench: Workbench): void {
  changeSetup(workbench, { folder: null });
}

export function choosePreset(workbench: Workbench, id: string): void {
  const preset = PRESETS.find((candidate) => candidate.id === id);
  if (!preset) return;
  const { data } = trainSlice.get(workbench).setup;
  // A kind of network learns from its own kind of data; what a person chose stays for presets of the same kind.
  const fits = data !== null && kindOf(trainSlice.get(workbench).setup.draft) === preset.config.kind;
  const suggested = preset.builtin === undefined ? null : builtinSource(preset.builtin);
  changeSetup(workbench, {
    origin: id,
    draft: preset.config,
    name: id,
    fileProblem: null,
    data: fits && !('builtin' in data) ? data : suggested,
  });
}

export function setDraftValue(workbench: Workbench, path: string, value: unknown): void {
  changeSetup(workbench, { draft: withValue(trainSlice.get(workbench).setup.draft, path, value) });
}

export function setRunName(workbench: Workbench, name: string): void {
  changeSetup(workbench, { name });
}

/** Takes a configuration from a JSON file. What is wrong in it shows at its fields; only JSON itself is refused. */
export async function loadConfigFile(
  workbench: Workbench,
  file: Pick<File, 'name' | 'size' | 'text'>,
): Promise<void> {
  beginSetup(workbench);
  if (file.size > MAXIMUM_CONFIG_BYTES) {
    changeSetup(workbench, { fileProblem: `${file.name} is too large for a configuration.` });
    return;
  }
  try {
    const draft: unknown = JSON.parse(await file.text());
    const name = file.name.replace(/\.json$/i, '');
    changeSetup(workbench, { origin: file.name, draft, name, fileProblem: null });
  } catch (error) {
    changeSetup(workbench, {
      fileProblem: `${file.name} is not valid JSON: ${(error as Error).message}.`,
    });
  }
}

/** What a drop means while training is shown: a configuration, a model, or a folder of data. The first file counts. */
export async function dropOnTraining(
  workbench: Workbench,
  [{ file, grant }]: readonly DroppedFile[],
): Promise<void> {
  if (isReadAs(grant.name, 'configuration')) await loadConfigFile(workbench, file);
  else if (isReadAs(grant.name, 'model')) await openModelFile(workbench, grant);
  else takeData(workbench, grant);
}
