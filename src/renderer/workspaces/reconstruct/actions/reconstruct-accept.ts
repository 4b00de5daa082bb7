import { reconstructionChange } from '../../../../shared/document/build';
import { reconstructSlice } from '../state';
import type { Workbench } from '../../../workbench/state/workbench';
import { change as apply } from '../../shape/actions/edit';
import { dropFit } from '../../shape/actions/fit';
import { guardUnsaved } from '../../shape/actions/open';
import { shapeSlice } from '../../shape/state';

/** Makes the reconstruction the document's shape, as one entry that undo takes back, and shows it where it is edited. */
export function acceptReconstruction(workbench: Workbench): void {
  const { result, selected } = reconstructSlice.get(workbench);
  if (!result) return;
  const { reconstruction, picture, seed } = result;
  const { inspected, request } = picture;
  const change = reconstructionChange(
    reconstruction,
    {
      file: picture.name,
      sha256: inspected.sha256,
      byteLength: picture.bytes,
      ...(request.box && { box: request.box }),
    },
    seed,
  );
  const before = workbench.document.state().document.source?.sha256;
  const accepted = apply(workbench, {
    ...change,
    select: { partIds: selected === null ? [] : [selected], plane: null },
  });
  if (!accepted) return;
  dropFit(workbench);
  const { token, cameraToken } = request;
  shapeSlice.set(workbench, ({ project }) => ({
    source: null,
    picture: { request: { token, ...(cameraToken && { cameraToken }) }, embedded: false },
    // A project about something else is not silently written over by the next save.
    project: before === inspected.sha256 ? project : null,
    isolated: null,
  }));
  // From here on it is this document's own, whichever it was made beside.
  const { generation } = workbench.document.state();
  reconstructSlice.set(workbench, { result: { ...result, generation } });
  workbench.ui.setState({ workspace: 'shape' });
}

/** Accepts a reconstruction in a document that it was not made beside; a person is asked when that has unsaved work. */
export function replaceByReconstruction(workbench: Workbench): void {
  guardUnsaved(workbench, () => acceptReconstruction(workbench));
}
