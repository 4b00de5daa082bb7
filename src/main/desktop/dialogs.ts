import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { dialog, type BrowserWindow, type FileFilter } from 'electron';
import type { DialogRequest } from '../../shared/contract/bridge';
import { extensionsReadAs, formatOfExtension } from '../../shared/formats/lookup';

export interface ChosenPath {
  readonly path: string;
  readonly write: boolean;
}

/** What the system dialog offers: first everything that fits, then each kind by its name. */
export function dialogFilters(extensions: readonly string[], together: boolean): FileFilter[] {
  const kinds = new Map<string, string[]>();
  for (const extension of extensions) {
    const name = formatOfExtension(extension)?.title ?? extension.toUpperCase();
    kinds.set(name, [...(kinds.get(name) ?? []), extension]);
  }
  const each = [...kinds].map(([name, own]) => ({ name, extensions: own }));
  if (!together || each.length < 2) return each;
  return [{ name: 'All supported files', extensions: [...extensions] }, ...each];
}

/** The chosen name with the first extension when a person typed none. */
export function withExtension(path: string, extensions: readonly string[]): string {
  return extname(path) === '' && extensions.length > 0 ? `${path}.${extensions[0]}` : path;
}

type Purpose = DialogRequest['purpose'];

/** What is chosen to be read only. */
const READ: ReadonlySet<Purpose> = new Set<Purpose>(['open', 'camera', 'model', 'data-folder']);

/** Folders, with what the dialog asks. A run that is opened may be resumed, so it is written too. */
const FOLDERS: Partial<Record<Purpose, string>> = {
  'export-folder': 'Choose a folder to export to',
  'data-folder': 'Choose the folder of a data set, or of meshes',
  'new-data-folder': 'Choose an empty folder for the data set',
  'run-folder': 'Choose a folder for the run',
  'open-run': 'Choose the folder of a run',
};

/** Asks for a path. Null when the person cancels. */
export async function choosePath(
  window: BrowserWindow | null,
  request: DialogRequest,
  testQueue: string | null,
): Promise<ChosenPath | null> {
  const write = !READ.has(request.purpose);
  if (testQueue) {
    const path = takeFromQueue(testQueue);
    return path === null ? null : { path, write };
  }
  const extensions = request.extensions ?? defaultExtensions(request.purpose);
  const title = FOLDERS[request.purpose];
  if (title) {
    const properties = write ? (['openDirectory', 'createDirectory'] as const) : (['openDirectory'] as const);
    // A Mac shows the message, the others the title.
    const options = { title, message: title, properties: [...properties] };
    const answer = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
    return answer.canceled || !answer.filePaths[0] ? null : { path: answer.filePaths[0], write };
  }
  if (!write) {
    const options = { properties: ['openFile' as const], filters: dialogFilters(extensions, true) };
    const answer = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
    return answer.canceled || !answer.filePaths[0] ? null : { path: answer.filePaths[0], write };
  }
  const options = { defaultPath: request.suggestedName, filters: dialogFilters(extensions, false) };
  const answer = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  if (answer.canceled || !answer.filePath) return null;
  const path = withExtension(answer.filePath, extensions);
  // The dialog asked about the name as it was typed; with the extension it may be another file's.
  if (path !== answer.filePath && existsSync(path) && !(await confirmReplace(window, path))) return null;
  return { path, write };
}

async function confirmReplace(window: BrowserWindow | null, path: string): Promise<boolean> {
  const options = {
    type: 'question' as const,
    message: `${path} already exists. Replace it?`,
    buttons: ['Replace', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  };
  const { response } = await (window
    ? dialog.showMessageBox(window, options)
    : dialog.showMessageBox(options));
  return response === 0;
}

function defaultExtensions(purpose: Purpose): readonly string[] {
  if (purpose === 'save-project') return extensionsReadAs('project');
  return purpose === 'model' || purpose === 'camera' ? extensionsReadAs(purpose) : [];
}

/** System dialogs cannot be driven by tests: they put the next answers (paths, null for cancel) into a JSON file. */
function takeFromQueue(file: string): string | null {
  const [next, ...rest] = JSON.parse(readFileSync(file, 'utf8')) as (string | null)[];
  writeFileSync(file, JSON.stringify(rest));
  return next ?? null;
}
