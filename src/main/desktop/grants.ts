import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { FileGrant } from '../../shared/contract/bridge';
import { isProjectName } from '../../shared/formats/lookup';

/** A path that a person chose, and what may be done with it. The window knows only the token. */
export interface PathGrant {
  readonly token: string;
  readonly path: string;
  readonly write: boolean;
}

export interface GrantStore {
  /** The same path with the same right keeps its token, so that the list stays as short as the list of files. */
  grant(path: string, write: boolean): FileGrant;
  find(token: string): PathGrant | null;
  all(): readonly PathGrant[];
}

export function createGrantStore(): GrantStore {
  const grants = new Map<string, PathGrant>();
  return {
    grant: (path, write) => {
      let entry = [...grants.values()].find((known) => known.path === path && known.write === write);
      if (!entry) {
        entry = { token: randomUUID(), path, write };
        grants.set(entry.token, entry);
      }
      return { token: entry.token, name: basename(path), bytes: bytesOf(path) };
    },
    find: (token) => grants.get(token) ?? null,
    all: () => [...grants.values()],
  };
}

/** A project that a person opened is also the file that "Save" writes; every other source is only read. */
export function isWritableWhenOpened(path: string): boolean {
  return isProjectName(path);
}

function bytesOf(path: string): number {
  try {
    const entry = statSync(path);
    return entry.isFile() ? entry.size : 0;
  } catch {
    return 0;
  }
}
