import type { AnomalyOptions } from '../../../shared/contract/explain';
import type { AttentionVariant } from '../../../shared/recipes/vae';
import type { ColourMapName } from '../../../shared/pictures/colour-maps';
import type { MapSign } from '../../../shared/pictures/overlay';
import type { AnomalyMethod, MapLook } from './state';

export const SIGN_WORDS: Readonly<Record<MapSign, string>> = {
  relu: 'Positive (ReLU)',
  abs: 'Absolute',
  signed: 'Signed',
};

export const COLOUR_WORDS: Readonly<Record<ColourMapName, string>> = {
  viridis: 'Viridis',
  magma: 'Magma',
  diverging: 'Diverging',
};

export const RANGE_WORDS: Readonly<Record<MapLook['range'], string>> = {
  shown: 'Of what is shown',
  collection: 'Of the collection',
  each: 'Each map its own',
};

export const VARIANT_WORDS: Readonly<Record<AttentionVariant, string>> = {
  paper: 'Paper (Eq. 1, 2)',
  'authors-code': "Authors' code",
  'grad-cam++': 'Grad-CAM++',
};

export const SCORE_WORDS: Readonly<Record<AnomalyOptions['score'], string>> = {
  sumMu: 'Sum of means',
  normalDifference: 'Normal difference',
  meanOfMaps: 'Mean of maps',
};

export const METHOD_WORDS: Readonly<Record<AnomalyMethod, string>> = {
  attention: 'Attention',
  'reconstruction error': 'Reconstruction error',
};
