import { builtinPicturesSchema } from '../recipes/vae';
import type { NetworkFacts } from './types';

/** A variational autoencoder whose latents are explained by attention (Liu et al., CVPR 2020). */
export const VAE: NetworkFacts = {
  name: 'VAE',
  model: 'VAE',
  modelFormat: 'halfspace-vae-1',
  purpose: 'A VAE explains pictures; shapes need a CvxNet.',
  learnsFrom: 'pictures',
  validation: {
    metric: 'validationLoss',
    figure: 'heldOutLoss',
    best: 'bestLoss',
    words: 'loss',
    rises: false,
    places: null,
    hint: 'Per held-out picture: reconstruction and weighted divergence, in nats.',
  },
  usage: {
    data: `<file, folder or ${builtinPicturesSchema.options.join('|')}>`,
    options: '[--classes a,b]',
  },
  dataHint:
    "Pictures that ship, or a folder, chosen or dropped here: images, MNIST's files, MVTec AD, UCSD Ped1.",
  invitation: {
    title: 'Train a VAE on your pictures',
    text: 'It learns what your pictures have in common, so that you can see what each latent looks at, and what in a picture does not belong. Losses are drawn here while it learns, beside held-out pictures as it draws them; you can pause, stop and resume at any time.',
    begin: 'Begin with pictures that ship, or a folder of your own.',
  },
  fields: [
    {
      path: 'classes',
      label: 'Classes',
      names: { empty: 'all' },
      hint: 'Learns from pictures of these classes only, separated by commas. One class makes a one-class model, to which all else is an anomaly.',
    },
    { path: 'network.latent', label: 'Latents', hint: 'Numbers that a picture is coded in.' },
    {
      path: 'beta',
      label: 'Beta',
      hint: 'Factor of the divergence from the prior: 1 is a VAE, more a beta-VAE.',
    },
    { path: 'batch', label: 'Batch', unit: 'pictures', hint: 'Pictures per step, shared by all workers.' },
    { path: 'steps', label: 'Steps', hint: 'Steps in all.' },
    { path: 'optimiser.rate', label: 'Rate', hint: "Adam's learning rate." },
    { path: 'seed', label: 'Seed', hint: 'The same configuration, data and seed give the same weights.' },
  ],
};
