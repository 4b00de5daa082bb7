import { describe, expect, it } from 'vitest';
import { TINY_VAE, tinyVaeCard } from '../../src/main/files/model/fixtures';
import { curveOfLoss, vaeCardPage } from './vae-card-text';
import { readVaeOptions } from './vae-options';

const card = tinyVaeCard(TINY_VAE);
const entry = { name: 'tiny', bytes: 1_230_000, sha256: 'cd'.repeat(32), card };

describe('the card of a VAE as a page', () => {
  it('has maps, hash, held-out figures, and latents by divergence', () => {
    const divergence = [0.2, 0.001, 1.5, 0.3];
    const page = vaeCardPage({ ...entry, card: { ...card, normal: { ...card.normal, divergence } } });
    expect(page).toContain('cd'.repeat(32));
    expect(page).toContain('conv1 8 x 8 x 4, conv2 4 x 4 x 6');
    expect(page).toContain('8: reconstruction 40.00, divergence 2.00 nats');
    expect(page).toContain('3 of 4');
    expect(page.match(/^\| \d \| /gm)).toEqual(['| 2 | ', '| 3 | ', '| 0 | ', '| 1 | ']);
    expect(page).toContain('| 2 | 1.500 | 0.250 | 0.500 |');
  });

  it('says what was trained, and dashes where nothing was measured', () => {
    const training = {
      ...card.training,
      classes: ['3'],
      factor: { gamma: 10, width: 8, layers: 2, rate: 0.001, beta1: 0.5, beta2: 0.9 },
    };
    const page = vaeCardPage({ ...entry, card: { ...card, training, test: null, curve: [] } });
    expect(page).toContain('FactorVAE with gamma 10, Bernoulli likelihood');
    expect(page).toContain('| classes | 3 |');
    expect(page).toContain('best validation loss –');
    expect(page).toContain('not measured');
    const beta = vaeCardPage({ ...entry, card: { ...card, training: { ...card.training, beta: 4 } } });
    expect(beta).toContain('beta-VAE with beta 4');
  });

  it('draws a falling loss inside its frame', () => {
    const drawing = curveOfLoss([
      [0, 200],
      [10, 100],
    ]);
    expect(drawing).toContain('points="56.0,12.0 628.0,244.0"');
    expect(curveOfLoss([])).not.toMatch(/NaN|Infinity/);
    expect(curveOfLoss([[5, 3]])).not.toMatch(/NaN|Infinity/);
  });
});

describe('what the packing of a VAE is asked', () => {
  it('is a run, its data and a name', () => {
    const asked = ['--run', 'r', '--data', 'digits', '--name', 'digit-3'];
    expect(readVaeOptions(asked)).toEqual({
      run: 'r',
      data: 'digits',
      name: 'digit-3',
      title: 'digit-3',
      recipe: 'digits',
      pictures: 5000,
    });
    expect(() => readVaeOptions(asked.slice(2))).toThrow(/^Usage/);
    expect(() => readVaeOptions([...asked, '--pictures', 'all'])).toThrow(/^Usage/);
  });
});
