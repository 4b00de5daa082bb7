import type { EngineEvent } from '../../../shared/contract/jobs';

/** What a host says to the engine process itself, beside the jobs that travel over ports. */
export type HostMessage =
  | { readonly type: 'grant'; readonly token: string; readonly path: string; readonly write: boolean }
  | { readonly type: 'connect'; readonly backend: string };

export type HostReply = { readonly type: 'granted'; readonly token: string };

/** The messages of a child process: the host's own and, on the same channel, the jobs of its one client. */
export type ChildMessage = HostMessage | { readonly type: 'job'; readonly message: unknown };
export type ChildReply = HostReply | { readonly type: 'job'; readonly event: EngineEvent };
