import type { ModelChoice } from '../../shared/contract/inputs';
import { ok } from '../../shared/result';
import type { ChildEngine } from '../engine/hosts/child';
import type { Command } from './command';

export const modelsCommand: Command = {
  name: 'models',
  summary: 'List the models that ship, with what they scored.',
  usage: 'halfspace models',
  positionals: [0, 0],
  options: {},
  run: async ({ engine, signal }) => {
    const listed = await engine().client.run({ kind: 'models' }, { signal });
    if (!listed.ok) return listed;
    const { models, vaes, notes } = listed.value;
    const networks = models.map(({ name, input, bytes, sha256, card }) => {
      const scores = card.test ? `, IoU ${card.test.macro.iou.toFixed(3)}` : '';
      return `${name.padEnd(10)} ${input.padEnd(6)} ${(bytes / 1e6).toFixed(1)} MB${scores}, ${sha256.slice(0, 12)}`;
    });
    const explained = vaes.map(({ name, bytes, sha256, card }) => {
      const { network, test } = card;
      const scores = test ? `, reconstruction ${test.reconstruction.toFixed(1)} nats` : '';
      const size = `${network.width} x ${network.height}, ${network.latent} latents`;
      return `${name.padEnd(10)} ${'vae'.padEnd(6)} ${(bytes / 1e6).toFixed(1)} MB, ${size}${scores}, ${sha256.slice(0, 12)}`;
    });
    const lines = [...networks, ...explained];
    const none = lines.length === 0 ? ['No model ships with this copy.'] : [];
    return ok({ json: listed.value, lines: [...lines, ...none, ...notes] });
  },
};

/** A model by its name, or by the path of its file: a name has no dot and no slash. */
export function modelChoice(engine: ChildEngine, text: string): ModelChoice {
  return /^[a-z0-9-]{1,40}$/.test(text) ? { name: text } : { token: engine.grant(text, 'read') };
}
