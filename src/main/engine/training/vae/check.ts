import type { VaeTraining } from '../../../../shared/recipes/vae';
import { fail, ok, type Result } from '../../../../shared/result';
import { checkVaeNetwork, encoderLayers } from '../../../learning/vae/network';

/** What a configuration's fields say one by one but cannot mean together. */
export function checkVaeTraining(config: VaeTraining): Result<null> {
  const { attention, network } = config;
  const checked = checkVaeNetwork(network);
  if (!checked.ok) return checked;
  const layers = encoderLayers(network);
  if (attention !== null && attention.layer >= layers.length) {
    return fail({
      code: 'bad-network',
      message: `attention.layer is ${attention.layer}, but the encoder has ${layers.length} maps.`,
      hint: `Choose 0 to ${layers.length - 1}.`,
    });
  }
  if (attention !== null && network.latent < 2) {
    return fail({
      code: 'bad-network',
      message: 'Attention disentanglement compares two latents, but the network has one.',
      hint: 'Give the network more latents, or set "attention" to null.',
    });
  }
  return ok(null);
}
