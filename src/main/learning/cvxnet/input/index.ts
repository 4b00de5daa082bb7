import type { NetworkConfig } from '../../../../shared/recipes/network';
import type { ShapeView } from '../../../../shared/dataset/types';
import { fail, ok, type Result } from '../../../../shared/result';
import { colourInput, depthInput } from './images';

export { cropAround, type Crop } from './crop';
export { cellDepths, emptyInput } from './images';

/** Views that one input takes: a network of more than four channels has one depth view per channel. */
export function viewsPerInput({ inputChannels }: NetworkConfig): number {
  return inputChannels > 4 || inputChannels === 2 ? inputChannels : 1;
}

/** What kind of picture a network takes. */
export function inputKind({ inputChannels }: NetworkConfig): 'depth' | 'rgb' {
  return inputChannels === 3 || inputChannels === 4 ? 'rgb' : 'depth';
}

/**
 * Views of a shape as a network's input [S, S, C]: one channel is a depth view, three are colour over white, four
 * colour and coverage, any other number that many depth views.
 *
 * @param views as many as viewsPerInput says
 */
export function networkInput(config: NetworkConfig, views: readonly ShapeView[]): Result<Float32Array> {
  const { inputSize, inputChannels } = config;
  if (inputKind(config) === 'rgb') {
    const { colour } = views[0];
    if (colour === null) return missing('colour picture');
    const input = colourInput(colour, inputSize, inputChannels as 3 | 4);
    return input === null ? empty('The picture shows no object.') : ok(input);
  }
  const out = new Float32Array(inputSize * inputSize * inputChannels);
  for (const [channel, { depth, camera }] of views.entries()) {
    if (depth === null) return missing('depth picture');
    // Without a camera, a field of view like that of common depth cameras.
    const input = depthInput(depth, camera?.fx ?? 1.2 * depth.width, inputSize);
    if (input === null) return empty('The depth image measured nothing: every pixel is 0.');
    for (let i = 0; i < input.length; i++) out[i * inputChannels + channel] = input[i];
  }
  return ok(out);
}

function missing(what: string): Result<never> {
  return fail({
    code: 'view-missing',
    message: `The network takes a ${what} and the view has none.`,
    hint: 'Choose a configuration for what the data set holds.',
  });
}

function empty(message: string): Result<never> {
  return fail({ code: 'object-not-seen', message, hint: 'Use a picture in which the object can be seen.' });
}
