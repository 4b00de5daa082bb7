import { builtinPicturesSchema, type BuiltinPictures } from '../../../shared/recipes/vae';
import type { TrainingSource } from './state';

const NAMES: Readonly<Record<BuiltinPictures, string>> = {
  digits: 'Digits',
  dsprites: 'dSprites',
  planted: 'Planted anomalies',
};

/** Pictures that ship, as something to learn from. */
export function builtinSource(builtin: BuiltinPictures): TrainingSource {
  return { builtin, name: NAMES[builtin] };
}

export const BUILTIN_SOURCES = builtinPicturesSchema.options.map((builtin) => ({
  builtin,
  name: NAMES[builtin],
}));
