import type { HalfspaceBridge } from '../../../shared/contract/bridge';
import type { JobKind, OpenedSource } from '../../../shared/contract/jobs';
import type { JobControl } from '../../../shared/contract/learning';
import { createDocument } from '../../../shared/document/build';
import { createDocumentStore } from '../../../shared/document/store';
import type { Problem, Result } from '../../../shared/result';
import { boxPart } from '../../../shared/shape/box.fixture';
import type { ConvexPart } from '../../../shared/shape/types';
import type { JobEnd, JobListeners } from '../../../shared/contract/job-client';
import type { EngineClient } from '../jobs/client';
import { createJobList } from '../jobs/list';
import { createTurns } from '../state/turns';
import { createUiStore } from '../state/ui';
import { createCommandList } from '../commands/list';
import type { Workbench, Workspace } from '../state/workbench';

/** A job that a test started and ends by hand. */
export interface StartedJob {
  readonly request: { readonly kind: JobKind };
  readonly listeners: JobListeners;
  readonly cancelled: () => boolean;
  /** What the window said to it while it ran. */
  readonly controls: readonly JobControl[];
  succeed(value: unknown, seconds?: number): Promise<void>;
  fail(problem: Problem): Promise<void>;
}

export function cube(id: string, index = 0): ConvexPart {
  return boxPart(index, [0, 0, 0], [0.2, 0.2, 0.2], { id, name: id });
}

export const openedCube: OpenedSource = {
  reference: { name: 'cube.obj', kind: 'mesh', sha256: '0'.repeat(64), byteLength: 10 },
  frame: { origin: [0, 0, 0], metresPerUnit: 2, upAxis: 'y' },
  ghost: { positions: new Float32Array(9), indices: new Uint32Array([0, 1, 2]) },
  facts: { vertices: 8, triangles: 12, openEdges: 0, volume: 1, size: [1, 1, 1] },
  samples: { points: new Float32Array(3), inside: new Uint8Array(1) },
  notes: [],
};

/** A workbench whose engine does nothing but what the test says, whose bridge is made of `bridge`, and which has these workspaces. */
export function fakeWorkbench(
  parts: readonly ConvexPart[] = [],
  bridge: Partial<HalfspaceBridge> = {},
  workspaces: readonly Workspace[] = [],
): Workbench & { readonly started: StartedJob[] } {
  const started: StartedJob[] = [];
  const engine: EngineClient = {
    startJob: (request, listeners = {}) => {
      let cancelled = false;
      const controls: JobControl[] = [];
      let settle: (end: Result<JobEnd<JobKind>>) => void = () => undefined;
      const result = new Promise<Result<JobEnd<JobKind>>>((resolve) => {
        settle = resolve;
      });
      const end = async (value: Result<JobEnd<JobKind>>): Promise<void> => {
        settle(value);
        // What follows a job's end runs in a few turns of the queue.
        for (let turn = 0; turn < 8; turn++) await Promise.resolve();
      };
      started.push({
        request,
        listeners,
        cancelled: () => cancelled,
        controls,
        succeed: (value, seconds = 1) => end({ ok: true, value: { value: value as never, seconds } }),
        fail: (error) => end({ ok: false, error }),
      });
      return {
        id: started.length,
        result: result as never,
        cancel: () => {
          cancelled = true;
        },
        control: (control) => void controls.push(control),
      };
    },
    disconnect: () => undefined,
    dispose: () => undefined,
  };
  const document = createDocumentStore(
    { ...createDocument('test', undefined, 'id'), parts },
    () => new Date(0),
  );
  return {
    bridge: bridge as HalfspaceBridge,
    engine,
    jobs: createJobList(() => 0),
    document,
    ui: createUiStore('shape'),
    workspaces,
    commands: createCommandList(workspaces.flatMap(({ commands }) => commands)),
    viewport: null,
    viewportBox: () => ({}) as DOMRect,
    turns: createTurns(document),
    started,
  };
}
