import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import {
  dialogSchema,
  MAXIMUM_WRITTEN_BYTES,
  settingsSchema,
  type FileGrant,
  type RunGrant,
  type Settings,
} from '../../shared/contract/bridge';
import { CALLS, type CallName } from '../../shared/contract/channels';
import { menuSchema, type MenuEntry } from '../../shared/contract/menu';
import { tokenSchema } from '../../shared/contract/token';
import { unwrap } from '../../shared/result';
import { writeFileAtomic } from '../files/atomic';
import type { ChosenPath } from './dialogs';
import type { EngineConnection } from './engine-connection';
import { isWritableWhenOpened, type GrantStore, type PathGrant } from './grants';
import { defineCall, type Call } from './ipc';
import type { Recovery } from './recovery';
import { BEST_MODEL, type Runs } from './runs';
import type { Samples } from './samples';
import type { StoredJson } from './stored-json';
import type { UnsavedState } from './close-guard';

export interface BridgeServices {
  readonly grants: GrantStore;
  readonly engine: EngineConnection;
  readonly samples: Samples;
  readonly recovery: Recovery;
  readonly runs: Runs;
  readonly settings: StoredJson<Settings>;
  choosePath(request: z.infer<typeof dialogSchema>): Promise<ChosenPath | null>;
  setUnsaved(state: UnsavedState): void;
  setMenu(entries: readonly MenuEntry[]): void;
  saveWasCancelled(): void;
  reveal(path: string): void;
}

const none = z.tuple([]);

/** Grants a path and returns only when a running engine knows it, so that a job with the token cannot overtake it. */
export async function grantPath(
  services: Pick<BridgeServices, 'grants' | 'engine'>,
  { path, write }: ChosenPath,
): Promise<FileGrant> {
  const given = services.grants.grant(path, write);
  const entry = services.grants.find(given.token);
  if (entry) await services.engine.grant(entry);
  return given;
}

/** The place behind a token that a person chose for writing. */
function writable({ grants }: BridgeServices, token: string): PathGrant {
  const entry = grants.find(token);
  if (!entry?.write) throw new Error('Nobody chose this place for writing.');
  return entry;
}

async function grantRuns(services: BridgeServices): Promise<readonly RunGrant[]> {
  const runs = await services.runs.list();
  return Promise.all(
    runs.map(async ({ path, data }) => ({
      folder: await grantPath(services, { path, write: true }),
      data:
        data !== null && existsSync(data) ? await grantPath(services, { path: data, write: false }) : null,
    })),
  );
}

/** Main's side of HalfspaceBridge: one entry per question of the window. */
export function bridgeCalls(services: BridgeServices): readonly Call[] {
  const calls: Record<CallName, Call> = {
    chooseFile: defineCall(CALLS.chooseFile, z.tuple([dialogSchema]), async ([request]) => {
      const chosen = await services.choosePath(request);
      if (!chosen) {
        if (request.purpose === 'save-project') services.saveWasCancelled();
        return null;
      }
      return grantPath(services, { ...chosen, write: chosen.write || isWritableWhenOpened(chosen.path) });
    }),
    // The path comes from the preload script, which takes it from a File of a drop; a page cannot name one.
    grantDrop: defineCall(CALLS.grantDrop, z.tuple([z.string().min(1).max(4096)]), ([path]) =>
      isAbsolute(path) && existsSync(path)
        ? grantPath(services, { path, write: isWritableWhenOpened(path) })
        : null,
    ),
    listSamples: defineCall(CALLS.listSamples, none, () => services.samples.list()),
    grantSample: defineCall(CALLS.grantSample, z.tuple([z.string().max(200)]), async ([name]) => {
      const path = await services.samples.pathOf(name);
      return path === null ? null : grantPath(services, { path, write: false });
    }),
    readSettings: defineCall(CALLS.readSettings, none, () => services.settings.read()),
    writeSettings: defineCall(CALLS.writeSettings, z.tuple([settingsSchema]), ([settings]) =>
      services.settings.write(settings),
    ),
    grantRecovery: defineCall(CALLS.grantRecovery, none, () =>
      grantPath(services, { path: services.recovery.path, write: true }),
    ),
    hasRecovery: defineCall(CALLS.hasRecovery, none, () => services.recovery.exists()),
    clearRecovery: defineCall(CALLS.clearRecovery, none, () => services.recovery.clear()),
    revealGrant: defineCall(CALLS.revealGrant, z.tuple([tokenSchema]), ([token]) => {
      const entry = services.grants.find(token);
      if (entry) services.reveal(entry.path);
    }),
    writeGrant: defineCall(
      CALLS.writeGrant,
      z.tuple([
        tokenSchema,
        z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= MAXIMUM_WRITTEN_BYTES),
      ]),
      async ([token, bytes]) => void unwrap(await writeFileAtomic(writable(services, token).path, bytes)),
    ),
    listRuns: defineCall(CALLS.listRuns, none, () => grantRuns(services)),
    createRun: defineCall(CALLS.createRun, z.tuple([z.string().max(200)]), async ([name]) =>
      grantPath(services, { path: await services.runs.create(name), write: true }),
    ),
    rememberRun: defineCall(
      CALLS.rememberRun,
      z.tuple([tokenSchema, tokenSchema.nullable()]),
      ([folder, data]) =>
        services.runs.remember({
          path: writable(services, folder).path,
          data: data === null ? null : (services.grants.find(data)?.path ?? null),
        }),
    ),
    grantBestModel: defineCall(CALLS.grantBestModel, z.tuple([tokenSchema]), async ([folder]) => {
      const path = join(writable(services, folder).path, BEST_MODEL);
      return existsSync(path) ? grantPath(services, { path, write: false }) : null;
    }),
    forgetRun: defineCall(CALLS.forgetRun, z.tuple([tokenSchema]), ([folder]) =>
      services.runs.forget(writable(services, folder).path),
    ),
    setUnsaved: defineCall(
      CALLS.setUnsaved,
      z.tuple([z.object({ unsaved: z.boolean(), title: z.string().max(1000) })]),
      ([state]) => services.setUnsaved(state),
    ),
    setMenu: defineCall(CALLS.setMenu, z.tuple([menuSchema]), ([entries]) => services.setMenu(entries)),
    connectEngine: defineCall(CALLS.connectEngine, none, async (_args, event) => {
      const { backend } = await services.settings.read();
      await services.engine.connect(event.sender, backend);
    }),
  };
  return Object.values(calls);
}
