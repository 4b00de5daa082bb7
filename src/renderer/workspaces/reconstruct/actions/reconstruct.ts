import type { FileGrant } from '../../../../shared/contract/bridge';
import type { InspectedImage } from '../../../../shared/contract/learning';
import type { ImageRequest } from '../../../../shared/contract/inputs';
import { extensionsReadAs } from '../../../../shared/formats/lookup';
import { modelFor } from '../model';
import { reconstructSlice, type OpenedPicture } from '../state';
import { describeReconstruction } from '../words';
import type { Workbench } from '../../../workbench/state/workbench';
import { attempt, runJob } from '../../../workbench/actions/jobs';
import { boxOf } from '../../../../shared/document/build';
import { rememberFile } from '../../../workbench/actions/settings';
import { shapeSlice } from '../../shape/state';

const SEED = 1;

export async function openPictureByDialog(workbench: Workbench): Promise<void> {
  const grant = await attempt(workbench, 'Open picture', () =>
    workbench.bridge.chooseFile({
      purpose: 'open',
      extensions: extensionsReadAs('picture', 'depth'),
    }),
  );
  if (grant) await openPicture(workbench, grant);
}

/**
 * Looks at a picture, shows it in Reconstruct and reconstructs it when its object is known. A depth image that was
 * opened elsewhere is handed to `asDepth`, where it can be fitted or brought here.
 */
export async function openPicture(
  workbench: Workbench,
  grant: FileGrant,
  options: {
    readonly cameraToken?: string;
    readonly box?: ImageRequest['box'];
    readonly asDepth?: () => void;
  } = {},
): Promise<void> {
  const { cameraToken, box } = options;
  const request: ImageRequest = {
    token: grant.token,
    ...(cameraToken && { cameraToken }),
    ...(box && { box }),
  };
  const turn = workbench.turns.begin('picture');
  const inspected = await inspect(workbench, request, grant.name);
  if (!inspected || !turn.holds()) return;
  if (inspected.input === 'depth' && options.asDepth && workbench.ui.getState().workspace !== 'reconstruct') {
    options.asDepth();
    return;
  }
  show(workbench, { request, name: grant.name, bytes: grant.bytes, inspected });
  await rememberFile(workbench, grant.name);
  if (inspected.mask) await reconstruct(workbench, false);
}

/** Brings the depth image or the picture behind the document here, with the box that was drawn on it. */
export async function openSourceAsPicture(workbench: Workbench): Promise<void> {
  const { source, picture } = shapeSlice.get(workbench);
  const { source: reference, recipe } = workbench.document.state().document;
  const request = source?.request ?? picture?.request;
  if (!request || !reference) return;
  const { token, cameraToken } = request;
  await openPicture(
    workbench,
    { token, name: reference.name, bytes: reference.byteLength },
    { cameraToken, box: boxOf(recipe) },
  );
}

/** Takes a box around the object, pixels of the upright picture, and reconstructs what is in it. */
export async function chooseBox(workbench: Workbench, box: NonNullable<ImageRequest['box']>): Promise<void> {
  const { picture } = reconstructSlice.get(workbench);
  if (!picture) return;
  const request = { ...picture.request, box };
  const turn = workbench.turns.begin('picture');
  const inspected = await inspect(workbench, request, picture.name);
  if (!inspected || !turn.holds()) return;
  show(workbench, { ...picture, request, inspected });
  if (inspected.mask) await reconstruct(workbench, false);
}

/** Asks a model for the shape in the picture; `refine` continues from its guess on what the picture shows. */
export async function reconstruct(workbench: Workbench, refine: boolean): Promise<void> {
  const { picture, running } = reconstructSlice.get(workbench);
  if (!picture || running !== null) return;
  const model = modelFor(workbench, picture.inspected.input);
  const { generation } = workbench.document.state();
  const end = await runJob(
    workbench,
    { kind: 'reconstruct', image: picture.request, model, refine, seed: SEED },
    {
      title: `${refine ? 'Refine' : 'Reconstruct'} ${picture.name}`,
      outcome: ({ value, seconds }) => describeReconstruction(value, seconds),
      next: 'reconstruct.accept',
      onStarted: (id) => reconstructSlice.set(workbench, { running: id, lastJob: id, shown: null }),
    },
    {
      onPreview: (preview) => {
        if (reconstructSlice.get(workbench).running !== null) reconstructSlice.set(workbench, { preview });
      },
    },
  );
  if (reconstructSlice.get(workbench).picture !== picture) return;
  reconstructSlice.set(workbench, { running: null, preview: null });
  if (!end.ok) return;
  reconstructSlice.set(workbench, {
    result: {
      reconstruction: end.value.value,
      model,
      picture,
      seed: SEED,
      generation,
      asked: refine ? 'refinement' : 'guess',
      seconds: end.value.seconds,
    },
    selected: null,
    similar: null,
  });
}

/** A new picture replaces what was known about the last one, and ends what runs for it. */
function show(workbench: Workbench, picture: OpenedPicture): void {
  const { running } = reconstructSlice.get(workbench);
  if (running !== null) workbench.jobs.cancel(running);
  reconstructSlice.set(workbench, {
    picture,
    drawing: picture.inspected.mask === null,
    running: null,
    preview: null,
    result: null,
    selected: null,
    similar: null,
    shown: null,
  });
  workbench.ui.setState({ workspace: 'reconstruct' });
}

async function inspect(
  workbench: Workbench,
  image: ImageRequest,
  name: string,
): Promise<InspectedImage | null> {
  const end = await runJob(
    workbench,
    { kind: 'inspect-image', image },
    { title: `Look at ${name}`, onStarted: (lastJob) => reconstructSlice.set(workbench, { lastJob }) },
  );
  return end.ok ? end.value.value : null;
}
