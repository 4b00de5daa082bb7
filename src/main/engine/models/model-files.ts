import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ModelChoice } from '../../../shared/contract/inputs';
import { fail, ok, type Result } from '../../../shared/result';
import type { NetworkKind } from '../../../shared/recipes/training';
import { modelKind } from '../../files/model';
import type { Grants } from '../service/grants';
import { NETWORKS, UNSAID_KIND } from '../../../shared/networks';

/** What opening a model needs. */
export interface ModelAccess {
  readonly grants: Grants;
  readonly backend: string;
  readonly modelsFolder: string;
}

const MODEL_FILE = 'model.safetensors';

/** The file of a choice. Problems: no model of that name, with the names of the models of the wanted kind. */
export async function modelPath(
  choice: ModelChoice,
  { grants, modelsFolder }: Pick<ModelAccess, 'grants' | 'modelsFolder'>,
  kind: NetworkKind,
): Promise<Result<string>> {
  if ('token' in choice) return grants.resolve(choice.token, 'read');
  const path = shippedPath(modelsFolder, choice.name);
  if (await stampOf(path)) return ok(path);
  const names = await shippedNames(modelsFolder, kind);
  return fail({
    code: 'model-missing',
    message: `There is no ${NETWORKS[kind].model} named "${choice.name}".`,
    hint:
      names.length > 0
        ? `There is: ${names.join(', ')}. A model file can be chosen, too.`
        : `No ${NETWORKS[kind].model} ships with this copy: choose a model file, or train one with "halfspace train".`,
  });
}

/** What a person calls the model of a choice. */
export function modelName(choice: ModelChoice, path: string): string {
  return 'name' in choice ? choice.name : basename(path);
}

export function shippedPath(modelsFolder: string, name: string): string {
  return join(modelsFolder, name, MODEL_FILE);
}

/** Names of the folders with a model file of a kind; one that says no kind counts, too. */
export async function shippedNames(modelsFolder: string, kind: NetworkKind): Promise<string[]> {
  const folders = await readdir(modelsFolder).catch((): string[] => []);
  const kinds = await Promise.all(
    folders.map(async (name) => {
      const path = shippedPath(modelsFolder, name);
      return (await stampOf(path)) === '' ? null : ((await modelKind(path)) ?? UNSAID_KIND);
    }),
  );
  return folders.filter((_, i) => kinds[i] === kind).sort();
}

/** Changes when the file does; empty when it is not there. */
export async function stampOf(path: string): Promise<string> {
  const information = await stat(path).catch(() => null);
  return information?.isFile() ? `${information.mtimeMs} ${information.size}` : '';
}
