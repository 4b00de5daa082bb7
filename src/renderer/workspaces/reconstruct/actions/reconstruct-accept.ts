import { reconstructionChange } from '../../../../shared/document/build';
import { reconstructSlice } from '../state';
import type { Workbench } from '../../../workbench/state/workbench';
import { change as apply } from '../../shape/actions/edit';
import { dropFit } from '../../shape/actions/fit';
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
  workbench.ui.setState({ workspace: 'shape' });
}
