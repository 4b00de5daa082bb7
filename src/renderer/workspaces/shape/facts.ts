import type { JobEntry } from '../../workbench/jobs/list';
import type { Workbench } from '../../workbench/state/workbench';
import { shapeSlice } from './state';

/** What the window holds, as plain data without a way to change it. */
export interface WindowFacts {
  readonly document: {
    readonly name: string;
    readonly parts: readonly {
      readonly id: string;
      readonly name: string;
      readonly visible: boolean;
      readonly locked: boolean;
      readonly planes: number;
      readonly offsets: readonly number[];
    }[];
    readonly source: string | null;
    readonly unsaved: boolean;
    readonly undo: string | null;
    readonly redo: string | null;
    readonly metresPerUnit: number;
  };
  readonly selection: { readonly partIds: readonly string[]; readonly plane: number | null };
  readonly figures: {
    readonly iou: number | null;
    readonly parts: number;
    readonly vertices: number;
    readonly unionVolume: number | null;
  } | null;
  readonly jobs: readonly Pick<JobEntry, 'id' | 'kind' | 'title' | 'state' | 'outcome' | 'problem'>[];
  readonly engine: string;
  readonly fitting: boolean;
  readonly previewParts: number | null;
  /** Middle of a plane's face in the window's CSS pixels; null when it is not drawn. */
  readonly faceAt: (partId: string, plane: number) => { readonly x: number; readonly y: number } | null;
}

export function readFacts(workbench: Workbench): WindowFacts {
  const { document, selection, unsaved, undoTitle, redoTitle } = workbench.document.state();
  const { figures, fitJob, preview } = shapeSlice.get(workbench);
  const { engine } = workbench.ui.getState();
  return {
    document: {
      name: document.name,
      parts: document.parts.map(({ id, name, visible, locked, planes }) => ({
        id,
        name,
        visible,
        locked,
        planes: planes.length,
        offsets: planes.map((plane) => plane.offset),
      })),
      source: document.source?.name ?? null,
      unsaved,
      undo: undoTitle,
      redo: redoTitle,
      metresPerUnit: document.frame.metresPerUnit,
    },
    selection,
    figures: figures && {
      iou: figures.iou,
      parts: figures.parts,
      vertices: figures.vertices,
      unionVolume: figures.unionVolume,
    },
    jobs: workbench.jobs.store
      .getState()
      .map(({ id, kind, title, state, outcome, problem }) => ({ id, kind, title, state, outcome, problem })),
    engine,
    fitting: fitJob !== null,
    previewParts: preview?.parts.length ?? null,
    faceAt: (partId, plane) => {
      const at = workbench.viewport?.projectFace(partId, plane);
      const box = workbench.viewportBox();
      return at ? { x: at.x + box.x, y: at.y + box.y } : null;
    },
  };
}
