import { CANCELLED } from '../../../../shared/contract/job-client';
import type { ExplainedParts } from '../../../../shared/contract/explain';
import { fail, ok, type Result } from '../../../../shared/result';
import {
  attentionLayer,
  attentionLayers,
  partAttention,
  partSurface,
  type AttentionLayer,
} from '../../../learning/cvxnet/attention';
import { openNetwork } from '../../models/networks';
import type { Job } from '../../service/job';
import { loadPicture, type LoadedPicture } from '../../observation/load-picture';
import { checkLatent, networkView, seenPicture, nothingReconstructed } from '../../observation/look';
import { findPose } from '../../observation/pose';
import type { ConvexShape } from '../../../../shared/shape/types';
import { seenInFile, seenPoints } from './seen-square';

/** For every part that a network sees in a picture, the pixels that it is from; and for depth, where those lie. */
export const explainPartsJob: Job<'explain-parts'> = {
  kind: 'explain-parts',
  run: async (request, environment, context) => {
    const startedAt = performance.now();
    const stage = (name: string) => context.progress({ fraction: null, stage: name, figures: {} });
    stage('Reading');
    const picture = await loadPicture(request.image, environment);
    if (!picture.ok) return picture;
    const network = await openNetwork(request.model, environment);
    if (!network.ok) return network;
    const { config, input } = network.value;
    const view = networkView(config, input, picture.value);
    if (!view.ok) return view;
    const layer = attentionLayer(config, request.layer);
    if (layer === null) return noLayer(request.layer ?? '', attentionLayers(config));
    stage('Looking');
    const latent = checkLatent(await network.value.encode(view.value));
    if (!latent.ok) return latent;
    const [{ shape }] = await network.value.decode(latent.value);
    const crop = seenInFile(picture.value);
    if (shape.parts.length === 0 || crop === null) return nothingReconstructed(picture.value.name);
    if (context.signal.aborted) return fail(CANCELLED);
    stage('Tracing the parts');
    const surfaces = shape.parts.map((part) => partSurface(part, config.planes));
    const values = await network.value.withWeights((weights) =>
      partAttention(config, weights, view.value, layer, surfaces, request.target),
    );
    if (context.signal.aborted) return fail(CANCELLED);
    stage('Finding the camera');
    const { points, note } = pointsOf(shape, picture.value, config.inputSize);
    return ok({
      input,
      seen: seenPicture(config, view.value),
      crop,
      layer: described(layer),
      layers: attentionLayers(config).map(described),
      parts: shape.parts.map(({ index }) => index),
      values,
      points,
      notes: [...picture.value.notes, ...note],
      seconds: (performance.now() - startedAt) / 1000,
    });
  },
};

function pointsOf(
  shape: ConvexShape,
  picture: LoadedPicture,
  size: number,
): { readonly points: Float32Array | null; readonly note: readonly string[] } {
  if (picture.input !== 'depth') return { points: null, note: [] };
  const found = findPose(shape, picture);
  if (found) return { points: seenPoints(picture, found.pose, size), note: [] };
  return {
    points: new Float32Array(size * size * 3).fill(Number.NaN),
    note: ['Where the camera stood could not be told, so the maps cannot be painted on the parts.'],
  };
}

function described({ name, height, width, channels }: AttentionLayer): ExplainedParts['layer'] {
  return { name, height, width, channels };
}

function noLayer(name: string, layers: readonly AttentionLayer[]): Result<never> {
  return fail({
    code: 'layer-missing',
    message: `The network has no layer named "${name}".`,
    hint: `There is: ${layers.map(({ name: known, height, width }) => `${known} (${height} x ${width})`).join(', ')}.`,
  });
}
