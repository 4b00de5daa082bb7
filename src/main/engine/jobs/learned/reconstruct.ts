import { CANCELLED } from '../../../../shared/contract/job-client';
import type { JobRequest } from '../../../../shared/contract/jobs';
import type { Reconstruction } from '../../../../shared/contract/learning';
import type { Frame } from '../../../../shared/document/types';
import { fail, ok, type Result } from '../../../../shared/result';
import type { ConvexShape } from '../../../../shared/shape/types';
import { learnedNotes } from '../../../learning/cvxnet/infer';
import {
  findDepthPose,
  findOutlinePose,
  poseMatrix,
  refineByDepth,
  refineByOutline,
  type FoundPose,
  type GuessedCode,
  type Refined,
} from '../../../learning/cvxnet/refine';
import { openKernel } from '../../../compute/backends';
import { openNetwork, type OpenNetwork } from '../../models/networks';
import type { JobContext } from '../../service/session';
import type { Workshop } from '../index';
import type { ColourPicture } from '../../observation/load-colour';
import type { DepthPicture } from '../../observation/load-depth';
import { checkLatent, networkView, seenPicture } from '../../observation/look';
import { loadPicture, type LoadedPicture } from '../../observation/load-picture';
import { frameOfPose, observeDepth, seenDepth, seenOutline } from '../../observation/observe';

type Request = Extract<JobRequest, { kind: 'reconstruct' }>;

/** Mean distances beyond which a pose explains too little to be told: learning units, and 1 - IoU of outlines. */
const WORST_POSE = { depth: 0.12, rgb: 0.6 } as const;
const UNIT_FRAME: Frame = { origin: [0, 0, 0], metresPerUnit: 1, upAxis: 'y' };

/** A picture to parts: read, tell the object apart, encode, decode, find the camera, and refine when asked to. */
export async function runReconstruct(
  request: Request,
  workshop: Workshop,
  context: JobContext,
): Promise<Result<Reconstruction>> {
  const secondsPerStage: Record<string, number> = {};
  const timed = async <T>(stage: string, work: () => Promise<T> | T): Promise<T> => {
    context.progress({ fraction: null, stage: STAGES[stage] ?? stage, figures: {} });
    const startedAt = performance.now();
    const value = await work();
    secondsPerStage[stage] = (performance.now() - startedAt) / 1000;
    return value;
  };
  const picture = await timed('read', () => loadPicture(request.image, workshop));
  if (!picture.ok) return picture;
  const network = await timed('open model', () => openNetwork(request.model, workshop));
  if (!network.ok) return network;
  const { config, input, name, sha256 } = network.value;
  const view = networkView(config, input, picture.value);
  if (!view.ok) return view;
  const latent = await timed('encode', () => checkLatent(network.value.encode(view.value)));
  if (!latent.ok) return latent;
  const [guess] = await timed('decode', () => network.value.decode(latent.value));
  if (guess.shape.parts.length === 0) return nothingReconstructed(picture.value.name);
  context.preview(() => guess.shape);
  if (context.signal.aborted) return fail(CANCELLED);
  const needsPose = request.refine || picture.value.input === 'depth';
  const found = needsPose ? await timed('pose', () => findPose(guess.shape, picture.value)) : null;
  const notes = [...picture.value.notes, ...learnedNotes(guess)];
  if (needsPose && !found) notes.push('Where the camera stood could not be told, so the size is not known.');
  if (found?.told) notes.push('The pose is the one that the camera file gives.');
  if (context.signal.aborted) return fail(CANCELLED);
  const refined =
    request.refine && found
      ? await timed('refine', () =>
          refineGuess(request, workshop, context, {
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
    backend: workshop.backend,
    secondsPerStage,
    notes,
  });
}

const STAGES: Readonly<Record<string, string>> = {
  read: 'Reading',
  'open model': 'Opening the model',
  encode: 'Looking',
  decode: 'Shaping',
  pose: 'Finding the camera',
  refine: 'Refining',
};

export function nothingReconstructed(picture: string): Result<never> {
  return fail({
    code: 'nothing-reconstructed',
    message: `The network found no body in ${picture}.`,
    hint: 'Use a picture of an object like those that the model learned from.',
  });
}

/**
 * Null when no pose explains the picture well enough.
 * @param ask whether the camera's own word for its place counts
 */
export function findPose(
  shape: ConvexShape,
  picture: DepthPicture | ColourPicture,
  ask = true,
): FoundPose | null {
  const quiet = ask ? {} : { told: null };
  const found =
    picture.input === 'depth'
      ? findDepthPose(shape, { ...seenDepth(picture), ...quiet })
      : findOutlinePose(shape, { ...seenOutline(picture), ...quiet });
  return found && found.error <= WORST_POSE[picture.input] ? found : null;
}

/** A guess as a refinement takes it. Its code may move only about a told pose: it would follow a searched one's errors. */
export function refinable(
  { config, withWeights, decode }: Pick<OpenNetwork, 'config' | 'withWeights' | 'decode'>,
  latent: Float32Array,
  guess: ConvexShape,
  { told }: FoundPose,
): { readonly guess: ConvexShape; readonly code?: GuessedCode } {
  const shapeOf = (code: Float32Array): ConvexShape => decode(code)[0].shape;
  return { guess, ...(told && { code: { latent, config, withWeights, shapeOf } }) };
}

interface Refinable {
  readonly picture: LoadedPicture;
  readonly found: FoundPose;
  readonly start: ReturnType<typeof refinable>;
}

async function refineGuess(
  request: Request,
  workshop: Workshop,
  context: JobContext,
  { picture, found, start }: Refinable,
): Promise<Result<Refined>> {
  const kernel = await openKernel(workshop.backend, workshop.fieldWorker);
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
