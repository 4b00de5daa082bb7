import type { VaeEntry } from '../../src/shared/contract/explain';
import type { VaeTraining } from '../../src/shared/recipes/vae';

/** Nats from which a latent is said to be used. */
const ACTIVE = 0.01;

/** The card as a page: how the model was made and what it costs to describe a picture by it. */
export function vaeCardPage({ name, bytes, sha256, card }: VaeEntry): string {
  const { network, training, normal, test, layers, curve } = card;
  const best = curve.length === 0 ? '–' : Math.min(...curve.map(([, loss]) => loss)).toFixed(2);
  const used = normal.divergence.filter((value) => value > ACTIVE).length;
  const byDivergence = normal.divergence
    .map((divergence, latent) => ({ latent, divergence }))
    .toSorted((a, b) => b.divergence - a.divergence);
  return `# ${card.title}

| what | value |
| --- | --- |
| name | \`${name}\` |
| data | ${card.data} |
| classes | ${training.classes?.join(', ') ?? 'all'} |
| network | pictures of ${network.width} x ${network.height}, ${network.channels} channels; maps ${layers.map((layer) => `${layer.name} ${layer.width} x ${layer.height} x ${layer.channels}`).join(', ')}; ${network.latent} latents |
| parameters | ${card.parameters.toLocaleString('en')} |
| file | ${(bytes / 1e6).toFixed(2)} MB in half precision, SHA-256 \`${sha256}\` |
| training | ${lossOf(training)}; seed ${training.seed}, ${card.stepsDone} steps, ${card.samplesSeen.toLocaleString('en')} pictures; best validation loss ${best} |
| held-out pictures | ${test ? `${test.pictures}: reconstruction ${test.reconstruction.toFixed(2)}, divergence ${test.divergence.toFixed(2)} nats per picture` : 'not measured'} |
| latents in use | ${used} of ${network.latent}, with a mean divergence above ${ACTIVE} nats |

![Validation loss over steps](curve.svg)

Reconstruction is ${training.likelihood === 'bernoulli' ? 'the cross-entropy' : 'half the squared error'} summed over pixels, of a code drawn from the encoder's law; divergence is that of this law from the prior, summed over latents. Both are means over pictures that were not learned from, by the weights in this file.

## Latents by divergence

Over training pictures: what "normal" means where a picture is compared with them.

| latent | divergence, nats | mean | variance |
| --- | --- | --- | --- |
${byDivergence.map(({ latent, divergence }) => `| ${latent} | ${divergence.toFixed(3)} | ${normal.mean[latent].toFixed(3)} | ${normal.variance[latent].toFixed(3)} |`).join('\n')}
`;
}

function lossOf({ likelihood, beta, factor, attention }: VaeTraining): string {
  const kind = factor
    ? `FactorVAE with gamma ${factor.gamma}`
    : beta === 1
      ? 'VAE'
      : `beta-VAE with beta ${beta}`;
  const overlap = attention
    ? `, attention disentanglement (${attention.mode}) with weight ${attention.weight}`
    : '';
  return `${kind}${overlap}, ${likelihood === 'bernoulli' ? 'Bernoulli' : 'Gaussian'} likelihood`;
}

const WIDTH = 640;
const HEIGHT = 280;
const LEFT = 56;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 36;

/** The curve of a loss as a drawing, from its lowest value to its highest. */
export function curveOfLoss(curve: readonly (readonly [number, number])[]): string {
  const losses = curve.map(([, loss]) => loss);
  const least = losses.length > 0 ? Math.min(...losses) : 0;
  const range = losses.length > 0 ? Math.max(Math.max(...losses) - least, 1e-6) : 1;
  const last = Math.max(1, ...curve.map(([step]) => step));
  const x = (step: number): string => (LEFT + ((WIDTH - LEFT - RIGHT) * step) / last).toFixed(1);
  const y = (loss: number): string =>
    (HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * (loss - least)) / range).toFixed(1);
  const lines = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const loss = least + share * range;
    return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(loss)}" y2="${y(loss)}" stroke="#8884"/><text x="${LEFT - 6}" y="${y(loss)}" dy="4" text-anchor="end">${loss.toFixed(1)}</text>`;
  });
  const points = curve.map(([step, loss]) => `${x(step)},${y(loss)}`).join(' ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#777">
${lines.join('\n')}
<polyline points="${points}" fill="none" stroke="#3a6fe4" stroke-width="2"/>
<text x="${x(last)}" y="${HEIGHT - 14}" text-anchor="end">${last} steps</text>
<text x="${LEFT}" y="${HEIGHT - 14}">validation loss per picture</text>
</svg>
`;
}
