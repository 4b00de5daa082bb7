import type { DisentanglementReport } from '../../../shared/contract/explain';
import { runJob } from '../../workbench/actions/jobs';
import type { Workbench } from '../../workbench/state/workbench';
import { currentVae } from './model';
import { explainSlice } from './state';
import type { UiState } from '../../workbench/state/ui';

export function factorsKey(state: UiState): string | null {
  const { collection } = explainSlice.in(state);
  const vae = currentVae(state);
  return collection && vae ? JSON.stringify([collection.choice, vae.choice]) : null;
}

/** Measures how the model's latents and the collection's factors hang together. */
export async function measureFactors(workbench: Workbench): Promise<void> {
  const ui = workbench.ui.getState();
  const { collection, factors, options } = explainSlice.in(ui);
  const vae = currentVae(ui);
  const key = factorsKey(ui);
  if (!collection || !vae || key === null) return;
  explainSlice.set(workbench, { view: 'factors' });
  const end = await runJob(
    workbench,
    {
      kind: 'disentanglement',
      model: vae.choice,
      collection: collection.choice,
      share: factors.share,
      seed: options.seed,
    },
    {
      title: `Measure ${vae.entry.card.title}`,
      outcome: ({ value }) =>
        `FactorVAE score ${value.scores.factorvae_eval.toFixed(3)}, MIG ${value.scores.mig.toFixed(3)}`,
      onStarted: (id) => explainSlice.set(workbench, { running: id, lastJob: id }),
    },
  );
  explainSlice.set(workbench, { running: null });
  if (!end.ok) return;
  explainSlice.set(workbench, {
    factors: { ...explainSlice.get(workbench).factors, report: { key, report: end.value.value } },
  });
}

export interface ScoreWords {
  readonly id: keyof DisentanglementReport['scores'];
  readonly title: string;
  readonly hint: string;
}

/** The scores in the order of their table, with what they mean. */
export const SCORES: readonly ScoreWords[] = [
  {
    id: 'factorvae_eval',
    title: 'FactorVAE score',
    hint: 'Kim and Mnih 2018, on held-out votes: how often the latent that varies least names the factor that was fixed.',
  },
  {
    id: 'factorvae_train800',
    title: 'FactorVAE score, 800 training votes',
    hint: 'The same on the votes it was fitted to, as the literature often has it: optimistic.',
  },
  {
    id: 'betavae',
    title: 'beta-VAE score',
    hint: 'Higgins et al. 2017: accuracy of a linear classifier that names the fixed factor from mean differences of codes.',
  },
  {
    id: 'mig',
    title: 'Mutual information gap',
    hint: 'Chen et al. 2018: how far the best latent of a factor is ahead of the second, by mutual information.',
  },
  {
    id: 'sap',
    title: 'Separated attribute predictability',
    hint: 'Kumar et al. 2018: how far the best latent of a factor is ahead of the second as a predictor.',
  },
  {
    id: 'dci_disentanglement',
    title: 'DCI disentanglement',
    hint: 'Eastwood and Williams 2018: whether each latent speaks for one factor only.',
  },
  {
    id: 'dci_completeness',
    title: 'DCI completeness',
    hint: 'Whether each factor is captured by one latent only.',
  },
  {
    id: 'dci_informativeness',
    title: 'DCI informativeness',
    hint: 'How well the factors are predicted from the whole code, held-out accuracy.',
  },
];
