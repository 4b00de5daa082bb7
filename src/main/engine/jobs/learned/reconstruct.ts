import { CANCELLED } from '../../../../shared/contract/job-client';
import type { JobRequest } from '../../../../shared/contract/jobs';
import type { Frame } from '../../../../shared/document/types';
import { fail, ok, type Result } from '../../../../shared/result';
import { learnedNotes } from '../../../learning/cvxnet/infer';
import {
  poseMatrix,
  refineByDepth,
  refineByOutline,
  type FoundPose,
  type Refined,
} from '../../../learning/cvxnet/refine';
import { openKernel } from '../../../compute/field-kernel';
import { openNetwork } from '../../models/networks';
import type { JobContext } from '../../service/job';
import type { Job, JobEnvironment } from '../../service/job';
import { checkLatent, networkView, nothingReconstructed, seenPicture } from '../../observation/look';
import { loadPicture, type LoadedPicture } from '../../observation/load-picture';
import { frameOfPose, observeDepth, seenOutline } from '../../observation/observe';
import { findPose, refinable } from '../../observation/pose';

type Request = Extract<JobRequest, { kind: 'reconstruct' }>;

const UNIT_FRAME: Frame = { origin: [0, 0, 0], metresPerUnit: 1, upAxis: 'y' };

/** A picture to parts: read, tell the object apart, encode, decode, find the camera, and refine when asked to. */
export const reconstructJob: Job<'reconstruct'> = {
  kind: 'reconstruct',
  exclusive: true,
  run: async (request, environment, context) => {
    const secondsPerStage: Record<string, number> = {};
    const timed = async <T>(stage: string, work: () => Promise<T> | T): Promise<T> => {
      context.progress({ fraction: null, stage: STAGES[stage] ?? stage, figures: {} });
      const startedAt = performance.now();
      const value = await work();
      secondsPerStage[stage] = (performance.now() - startedAt) / 1000;
      return value;
    };
    const picture = await timed('read', () => loadPicture(request.image, environment));
    if (!picture.ok) return picture;
    const network = await timed('open model', () => openNetwork(request.model, environment));
    if (!network.ok) return network;
    const { config, input, name, sha256 } = network.value;
    const view = networkView(config, input, picture.value);
    if (!view.ok) return view;
    const latent = await timed('encode', async () => checkLatent(await network.value.encode(view.value)));
    if (!latent.ok) return latent;
    const [guess] = await timed('decode', () => network.value.decode(latent.value));
    if (guess.shape.parts.length === 0) return nothingReconstructed(picture.value.name);
    context.preview(() => guess.shape);
    if (context.signal.aborted) return fail(CANCELLED);
    const needsPose = request.refine || picture.value.input === 'depth';
    const found = needsPose ? await timed('pose', () => findPose(guess.shape, picture.value)) : null;
    const notes = [...picture.value.notes, ...learnedNotes(guess)];
    if (needsPose && !found)
      notes.push('Where the camera stood could not be told, so the size is not known.');
    if (found?.told) notes.push('The pose is the one that the camera file gives.');
    if (context.signal.aborted) return fail(CANCELLED);
    const refined =
      request.refine && found
        ? await timed('refine', () =>
            refineGuess(request, environment, context, {
              picture: picture.value,
              found,
              start: refinable(network.value, latent.value, guess.shape, found),
            }),
          )
        : null;
    if (refined && !refined.ok) return refined;
    if (refined && !refined.value.accepted) {
      notes.push('Refining explained the picture no better, so the guess of the network was kept.');
    }
    const metric = found !== null && picture.value.input === 'depth' && picture.value.camera !== null;
    return ok({
      shape: refined?.value.shape ?? guess.shape,
      latent: Array.from(refined?.value.latent ?? latent.value),
      model: { name, sha256, input },
      frame:
        metric && found && picture.value.input === 'depth'
          ? frameOfPose(picture.value, found.pose)
          : UNIT_FRAME,
      metric,
      cameraToShape: found ? poseMatrix(found.pose) : null,
      observed: refined?.value.observed ?? null,
      refined: refined?.value.accepted ?? false,
      seen: seenPicture(config, view.value),
      backend: environment.backend,
      secondsPerStage,
      notes,
    });
  },
};

const STAGES: Readonly<Record<string, string>> = {
  read: 'Reading',
  'open model': 'Opening the model',
  encode: 'Looking',
  decode: 'Shaping',
  pose: 'Finding the camera',
  refine: 'Refining',
};

interface Refinable {
  readonly picture: LoadedPicture;
  readonly found: FoundPose;
  readonly start: ReturnType<typeof refinable>;
}

async function refineGuess(
  request: Request,
  environment: JobEnvironment,
  context: JobContext,
  { picture, found, start }: Refinable,
): Promise<Result<Refined>> {
  const kernel = await openKernel(environment.backend, environment.fieldWorker);
  const asked = {
    ...start,
    kernel,
    seed: request.seed,
    signal: context.signal,
    onProgress: (fraction: number) => context.progress({ fraction, stage: STAGES.refine, figures: {} }),
    onPreview: context.preview,
  };
  if (picture.input === 'rgb') return refineByOutline(asked, seenOutline(picture), found.pose);
  const { label, points } = observeDepth(picture, found.pose);
  return refineByDepth(asked, label, points);
}
