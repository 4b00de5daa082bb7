import type { Workbench } from '../../../workbench/state/workbench';
import { guardUnsaved, openSource } from '../../shape/actions/open';
import { reconstructSlice } from '../state';

/** Opens the depth image that is shown as a source, to fit parts to it. */
export function openPictureAsSource(workbench: Workbench): void {
  const { picture } = reconstructSlice.get(workbench);
  if (!picture) return;
  const { token, cameraToken } = picture.request;
  guardUnsaved(
    workbench,
    () =>
      void openSource(
        workbench,
        { token, name: picture.name, bytes: picture.bytes },
        { token, ...(cameraToken && { cameraToken }) },
      ),
  );
}
