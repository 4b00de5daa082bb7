import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { EngineState, FileGrant, HalfspaceBridge } from '../shared/contract/bridge';
import { CALLS, ENGINE_PORT_MESSAGE, EVENTS, VERSION_ARGUMENT } from '../shared/contract/channels';

/** What main sent before the page listened is kept for the first listener: a file named on the command line is early. */
function eventSource<Args extends readonly unknown[]>(
  channel: string,
): (listener: (...args: Args) => void) => () => void {
  const listeners = new Set<(...args: Args) => void>();
  const early: Args[] = [];
  ipcRenderer.on(channel, (_event, ...args: unknown[]) => {
    if (listeners.size === 0) early.push(args as unknown as Args);
    for (const listener of listeners) listener(...(args as unknown as Args));
  });
  return (listener) => {
    listeners.add(listener);
    for (const args of early.splice(0)) listener(...args);
    return () => void listeners.delete(listener);
  };
}

/** Asks main; its errors arrive with Electron's own words around them, which a person should not read. */
async function ask<T>(channel: string, ...args: unknown[]): Promise<T> {
  try {
    return (await ipcRenderer.invoke(channel, ...args)) as T;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(message.replace(/^Error invoking remote method '[^']*': (?:\w*Error: )?/, ''), {
      cause: error,
    });
  }
}

/** The path behind a File of a drop: '' for one that the page made itself. Electron before 32 keeps it on the File. */
function pathOf(file: File): string {
  const utilities = webUtils as typeof webUtils | undefined;
  return utilities ? utilities.getPathForFile(file) : ((file as { path?: string }).path ?? '');
}

const engineState = eventSource<[EngineState, string | null]>(EVENTS.engineState);
const menuCommand = eventSource<[string]>(EVENTS.menuCommand);
const openFile = eventSource<[FileGrant]>(EVENTS.openFile);

ipcRenderer.on(EVENTS.enginePort, (event) => {
  window.postMessage(ENGINE_PORT_MESSAGE, window.location.origin, event.ports);
});

const versionArgument = process.argv.find((argument) => argument.startsWith(VERSION_ARGUMENT));

const bridge: HalfspaceBridge = {
  versions: {
    app: versionArgument?.slice(VERSION_ARGUMENT.length) ?? '',
    electron: process.versions.electron,
    chrome: process.versions.chrome,
  },
  platform: process.platform,
  chooseFile: (request) => ask(CALLS.chooseFile, request),
  grantDrop: async (file) => {
    const path = pathOf(file);
    return path === '' ? null : ask(CALLS.grantDrop, path);
  },
  listSamples: () => ask(CALLS.listSamples),
  grantSample: (name) => ask(CALLS.grantSample, name),
  readSettings: () => ask(CALLS.readSettings),
  writeSettings: (settings) => ask(CALLS.writeSettings, settings),
  grantRecovery: () => ask(CALLS.grantRecovery),
  hasRecovery: () => ask(CALLS.hasRecovery),
  clearRecovery: () => ask(CALLS.clearRecovery),
  revealGrant: (token) => ask(CALLS.revealGrant, token),
  writeGrant: (token, bytes) => ask(CALLS.writeGrant, token, bytes),
  listRuns: () => ask(CALLS.listRuns),
  createRun: (name) => ask(CALLS.createRun, name),
  rememberRun: (folder, data) => ask(CALLS.rememberRun, folder, data),
  grantBestModel: (folder) => ask(CALLS.grantBestModel, folder),
  forgetRun: (folder) => ask(CALLS.forgetRun, folder),
  setUnsaved: (state) => ask(CALLS.setUnsaved, state),
  setMenu: (entries) => ask(CALLS.setMenu, entries),
  connectEngine: () => ask(CALLS.connectEngine),
  onEngineState: engineState,
  onMenuCommand: menuCommand,
  onOpenFile: openFile,
};

contextBridge.exposeInMainWorld('halfspace', bridge);
