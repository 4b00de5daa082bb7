import type { DisentanglementReport } from '../../../../../shared/contract/explain';
import { createRandom, type Random } from '../../../../../shared/random';
import { latentVariances, paceWithin, sampleCodes, type CodeSource, type Pace } from './codes';
import {
  activeByDeviation,
  activeByDivergence,
  collectVotes,
  heldOutAccuracy,
  majorityAccuracy,
} from './factor-votes';
import { completeness, disentanglement, importanceTable } from './importance';
import { informationGap, informationTable } from './information';
import { betaVaeScore, collectDifferences } from './pair-differences';
import { separability } from './separability';

/** The published counts; `share` makes all but the pictures of a vote smaller. */
const TRAIN = 10_000;
const TEST = 5_000;
const FEW_VOTES = 800;
const PICTURES_OF_FEW_VOTES = 100;
const PICTURES = 64;
/** So that every factor has a few votes in the smallest run. */
const LEAST = 100;

const STREAMS = ['codes', 'few votes', 'votes', 'differences', 'trees'] as const;

export interface DisentanglementRequest {
  /** Above 0, at most 1. */
  readonly share: number;
  readonly seed: number;
  /** [D] mean divergence from the prior over the training pictures, nats; null where it is not known. */
  readonly divergence: readonly number[] | null;
}

export type Disentanglement = Pick<DisentanglementReport, 'samples' | 'scores' | 'mutualInformation'>;

/** Tells what is being done and how much of everything is done; rejects to end all of it. */
export type Report = (stage: string, done: number) => Promise<void>;

/** All scores of a code; definitions and sources stand with each function and in the README, "Metrics". */
export async function scoreDisentanglement(
  source: CodeSource,
  { share, seed, divergence }: DisentanglementRequest,
  report: Report,
): Promise<Disentanglement> {
  const count = (most: number): number => Math.max(Math.round(most * share), LEAST);
  const randomOf = (stream: (typeof STREAMS)[number]): Random =>
    createRandom(seed + (STREAMS.indexOf(stream) + 1) * 4294967296);
  const factors = source.factors.length;
  const stage = (name: string, from: number, to: number): Pace =>
    paceWithin((done) => report(name, done), from, to);

  await report('Encoding pictures', 0);
  const codes = randomOf('codes');
  const train = await sampleCodes(source, count(TRAIN), codes);
  const test = await sampleCodes(source, count(TEST), codes);
  const variances = latentVariances(train.codes, train.latent, 0, train.count);

  const fewPerFactor = Math.ceil(count(FEW_VOTES) / factors);
  const few = await collectVotes(
    source,
    { variances, active: activeByDivergence(variances, divergence) },
    {
      count: fewPerFactor * factors,
      pictures: PICTURES_OF_FEW_VOTES,
      factorOf: (vote) => Math.floor(vote / fewPerFactor),
    },
    randomOf('few votes'),
    stage('FactorVAE score of 800 votes', 0.02, 0.1),
  );
  const votes = randomOf('votes');
  const vote = (own: number, pace: Pace) =>
    collectVotes(
      source,
      { variances, active: activeByDeviation(variances) },
      { count: own, pictures: PICTURES, factorOf: () => votes.integer(factors) },
      votes,
      pace,
    );
  const learned = await vote(count(TRAIN), stage('FactorVAE score, learning', 0.1, 0.4));
  const judged = await vote(count(TEST), stage('FactorVAE score, judging', 0.4, 0.5));

  const differences = randomOf('differences');
  const points = (own: number, pace: Pace) =>
    collectDifferences(source, { count: own, pairs: PICTURES }, differences, pace);
  const own = await points(count(TRAIN), stage('Beta-VAE score, learning', 0.5, 0.6));
  const held = await points(count(TEST), stage('Beta-VAE score, judging', 0.6, 0.65));
  const betavae = await betaVaeScore(own, held, factors, stage('Beta-VAE score, classifier', 0.65, 0.7));

  await report('Mutual information gap', 0.7);
  const mutualInformation = informationTable(train);
  let sap = 0;
  for (let k = 0; k < factors; k++) {
    await report('Separated attribute predictability', 0.7 + (0.05 * k) / factors);
    sap += separability(train, test, k) / factors;
  }
  const table = await importanceTable(
    train,
    test,
    randomOf('trees'),
    stage('Importance in boosted trees', 0.75, 1),
  );
  return {
    samples: train.count,
    scores: {
      factorvae_train800: majorityAccuracy(few),
      factorvae_eval: heldOutAccuracy(learned, judged),
      betavae,
      mig: informationGap(mutualInformation, train),
      sap,
      dci_disentanglement: disentanglement(table.importances),
      dci_completeness: completeness(table.importances),
      dci_informativeness: table.accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / factors,
    },
    mutualInformation,
  };
}
