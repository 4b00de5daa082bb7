import {
  COMPACT_DEPTH_TRAINING,
  COMPACT_RGB_TRAINING,
  REFERENCE_DEPTH_TRAINING,
  REFERENCE_RGB_TRAINING,
  type TrainingConfig,
} from './training';
import type { BuiltinPictures } from './vae';
import {
  ATTENTION_DSPRITES_TRAINING,
  DIGITS_TRAINING,
  DSPRITES_TRAINING,
  FACTOR_DSPRITES_TRAINING,
  MVTEC_TRAINING,
  ONE_CLASS_DIGIT_TRAINING,
  PED1_TRAINING,
  PLANTED_TRAINING,
  REFERENCE_DSPRITES_TRAINING,
  REFERENCE_MNIST_TRAINING,
} from './vae-presets';

/** A recipe that ships. */
export interface TrainingPreset {
  /** By which the command line knows it; unique within its kind of network. */
  readonly name: string;
  readonly title: string;
  readonly hint: string;
  readonly config: TrainingConfig;
  /** Pictures that ship and that it is made for. */
  readonly builtin?: BuiltinPictures;
}

/** The recipes, in the order that a person sees them in. */
export const TRAINING_PRESETS: readonly TrainingPreset[] = [
  {
    name: 'depth',
    title: 'Compact, one depth view',
    hint: 'What ships: two cores train it in hours.',
    config: COMPACT_DEPTH_TRAINING,
  },
  {
    name: 'rgb',
    title: 'Compact, one colour image',
    hint: 'The same for colour: red, green, blue and coverage.',
    config: COMPACT_RGB_TRAINING,
  },
  {
    name: 'reference-depth',
    title: 'Reference, twenty depth views',
    hint: 'CvxNet as published (Deng et al. 2020): 25 million samples, for a large GPU.',
    config: REFERENCE_DEPTH_TRAINING,
  },
  {
    name: 'reference-rgb',
    title: 'Reference, one colour image',
    hint: 'CvxNet as published (Deng et al. 2020): 25 million samples, for a large GPU.',
    config: REFERENCE_RGB_TRAINING,
  },
  {
    name: 'digits',
    title: 'VAE, all digits',
    hint: 'A compact VAE of handwritten digits: a core trains it in some ten minutes.',
    config: DIGITS_TRAINING,
    builtin: 'digits',
  },
  {
    name: 'one-class-digit',
    title: 'VAE, one digit',
    hint: 'Knows the digit 3 alone, so that any other is an anomaly.',
    config: ONE_CLASS_DIGIT_TRAINING,
    builtin: 'digits',
  },
  {
    name: 'planted',
    title: 'VAE, textures',
    hint: 'Learns normal textures, so that what is planted in the others stands out.',
    config: PLANTED_TRAINING,
    builtin: 'planted',
  },
  {
    name: 'dsprites',
    title: 'VAE, dSprites',
    hint: 'A compact VAE of squares, ellipses and hearts with known factors.',
    config: DSPRITES_TRAINING,
    builtin: 'dsprites',
  },
  {
    name: 'factor-dsprites',
    title: 'FactorVAE, dSprites',
    hint: 'Pushes down the total correlation of the latents (Kim and Mnih 2018).',
    config: FACTOR_DSPRITES_TRAINING,
    builtin: 'dsprites',
  },
  {
    name: 'attention-dsprites',
    title: 'AD-FactorVAE, dSprites',
    hint: "Pushes down the overlap of the latents' attention, too (Liu et al. 2020).",
    config: ATTENTION_DSPRITES_TRAINING,
    builtin: 'dsprites',
  },
  {
    name: 'reference-mnist',
    title: 'Reference VAE, one digit',
    hint: "The authors' public network and recipe for MNIST.",
    config: REFERENCE_MNIST_TRAINING,
    builtin: 'digits',
  },
  {
    name: 'reference-dsprites',
    title: 'Reference FactorVAE, dSprites',
    hint: 'As published (Kim and Mnih 2018): 300,000 steps, for a GPU.',
    config: REFERENCE_DSPRITES_TRAINING,
    builtin: 'dsprites',
  },
  {
    name: 'ped1',
    title: 'Reference VAE, UCSD Ped1',
    hint: 'As its public reproductions train it, at 100 x 100 pixels, for a GPU.',
    config: PED1_TRAINING,
  },
  {
    name: 'mvtec',
    title: 'Reference VAE, MVTec AD',
    hint: 'As its public reproductions train it, ResNet-18 at 256 x 256 pixels, for a GPU.',
    config: MVTEC_TRAINING,
  },
];
