import type { ModelInput, Picture } from '../../../shared/contract/inputs';
import type { NetworkConfig } from '../../../shared/recipes/network';
import { fail, ok, type Result } from '../../../shared/result';
import { networkInput, viewsPerInput } from '../../learning/cvxnet/input';
import { withMask } from './shrink';
import type { LoadedPicture } from './load-picture';

/** What a network sees of a picture: its input [S, S, C]. Errors: the wrong kind of picture, no object in it. */
export function networkView(
  config: NetworkConfig,
  input: ModelInput,
  picture: LoadedPicture,
): Result<Float32Array> {
  if (input !== picture.input) {
    const [takes, is] = input === 'depth' ? ['depth images', 'colour'] : ['colour pictures', 'depth'];
    return fail({
      code: 'wrong-input',
      message: `The model takes ${takes}, and ${picture.name} is ${is}.`,
      hint: `Choose a model for ${is === 'depth' ? 'depth images' : 'colour pictures'}.`,
    });
  }
  if (viewsPerInput(config) > 1) {
    return fail({
      code: 'wrong-input',
      message: `The model takes ${viewsPerInput(config)} views at once, and there is one picture.`,
      hint: 'Choose a model of one view.',
    });
  }
  if (picture.input === 'depth') {
    const { view, mask, camera } = picture;
    const depth = Float32Array.from(view.depth, (metres, i) => (mask[i] ? metres : 0));
    const image = { width: view.width, height: view.height, depth };
    return networkInput(config, [{ colour: null, depth: image, camera: camera ?? view.camera }]);
  }
  if (!picture.mask) {
    return fail({
      code: 'object-not-found',
      message: `${picture.name}: the object could not be told from its background.`,
      hint: 'Draw a box around it (--box x,y,w,h), use a picture with a plain background, or one with transparency.',
    });
  }
  const colour = withMask(picture.image, picture.mask);
  return networkInput(config, [{ colour, depth: null, camera: null }]);
}

/** A network's input as a picture that a person can look at. */
export function seenPicture({ inputSize, inputChannels }: NetworkConfig, values: Float32Array): Picture {
  const rgba = new Uint8Array(inputSize * inputSize * 4);
  for (let i = 0; i < inputSize * inputSize; i++) {
    for (let c = 0; c < 3; c++) {
      rgba[i * 4 + c] = Math.round(
        255 * Math.min(1, values[i * inputChannels + (inputChannels >= 3 ? c : 0)]),
      );
    }
    rgba[i * 4 + 3] = 255;
  }
  return { width: inputSize, height: inputSize, rgba };
}

/** Null: every value of a code is a finite number; a network of broken weights gives others. */
export function checkLatent(latent: Float32Array): Result<Float32Array> {
  return latent.every(Number.isFinite)
    ? ok(latent)
    : fail({
        code: 'model-broken',
        message: 'The network answered with values that are no numbers.',
        hint: 'Take another copy of the model, or the checkpoint before.',
      });
}

/** The problem of a picture in which a network sees no part. */
export function nothingReconstructed(picture: string): Result<never> {
  return fail({
    code: 'nothing-reconstructed',
    message: `The network found no body in ${picture}.`,
    hint: 'Use a picture of an object like those that the model learned from.',
  });
}
