import { MOST_PICTURES } from '../../shared/contract/explain';
import { attentionVariantSchema, builtinPicturesSchema } from '../../shared/recipes/vae';
import { SPLITS, type Split } from '../../shared/dataset/types';
import { COLOUR_MAP_NAMES } from '../../shared/pictures/colour-maps';
import { ok, type Result } from '../../shared/result';
import type { OptionValues } from './command';
import { usage } from './values';

export const EXPLAIN_USAGE = `halfspace explain <image, folder or ${builtinPicturesSchema.options.join('|')}> --model <name|file> -o <folder>
  --latent <i|all|anomaly>     maps of one latent, of all and their mean (default), or of what does not belong
  --layer <name>               the encoder's map (default: the deepest of at least 7 x 7)
  --variant <${attentionVariantSchema.options.join('|')}>   how a map is made (default: paper)
  --sign <signed|abs|relu>     what of a map is painted (default: relu; abs for authors-code and anomaly)
  --colour-map <${COLOUR_MAP_NAMES.join('|')}> (default: viridis; diverging when signed)
  --split <train|validation|test>  which pictures (default: the test split, or the one that has pictures)
  --class <name>               pictures of one class
  --pictures <n>               how many, spread evenly (default: 16, at most ${MOST_PICTURES})
halfspace explain <picture or depth image> --parts [--model <CvxNet>] [--layer name] [--sign s] -o <folder>
  for every part of a reconstruction, the pixels that moved it
The folder gets an overlay PNG per picture and map, all on one scale, the signed maps as NPY, and maps.json.`;

/** What was asked for, checked as far as possible without reading anything. */
export interface ExplainOptions {
  readonly output: string;
  readonly layer: string | null;
  readonly sign: 'signed' | 'abs' | 'relu' | null;
  readonly colourMap: (typeof COLOUR_MAP_NAMES)[number] | null;
}

export interface LatentOptions extends ExplainOptions {
  readonly latent: number | 'all' | 'anomaly';
  readonly variant: 'paper' | 'authors-code' | 'grad-cam++';
  readonly split: Split | null;
  readonly pictures: number;
}

/** Reads what was asked for. Problems: bad usage. */
export function readExplainOptions(values: OptionValues): Result<LatentOptions> {
  const { output, layer, split, variant = 'paper', latent = 'all', sign } = values;
  if (typeof output !== 'string') return usage('-o names the folder that the maps go to', EXPLAIN_USAGE);
  const signs = ['signed', 'abs', 'relu'] as const;
  const ofSign = signs.find((name) => name === sign) ?? null;
  if (sign !== undefined && ofSign === null) {
    return usage(`--sign takes signed, abs or relu, not "${sign}"`, EXPLAIN_USAGE);
  }
  const ofVariant = attentionVariantSchema.safeParse(variant);
  if (!ofVariant.success) {
    return usage(
      `--variant takes ${attentionVariantSchema.options.join(', ')}, not "${variant}"`,
      EXPLAIN_USAGE,
    );
  }
  const ofLatent = latent === 'all' || latent === 'anomaly' ? latent : Number(latent);
  if (typeof ofLatent === 'number' && (latent === '' || !Number.isInteger(ofLatent) || ofLatent < 0)) {
    return usage(`--latent takes a latent's number from 0, all or anomaly, not "${latent}"`, EXPLAIN_USAGE);
  }
  if (ofLatent === 'anomaly' && ofSign === 'signed') {
    return usage('--sign of what does not belong is abs or relu', EXPLAIN_USAGE);
  }
  const ofSplit = SPLITS.find((name) => name === split) ?? null;
  if (split !== undefined && ofSplit === null) {
    return usage(`--split takes ${SPLITS.join(', ')}, not "${split}"`, EXPLAIN_USAGE);
  }
  const colours = values['colour-map'];
  const colourMap = COLOUR_MAP_NAMES.find((name) => name === colours) ?? null;
  if (colours !== undefined && colourMap === null) {
    return usage(`--colour-map takes ${COLOUR_MAP_NAMES.join(', ')}, not "${colours}"`, EXPLAIN_USAGE);
  }
  const pictures = Number(values.pictures ?? 16);
  if (!Number.isInteger(pictures) || pictures < 1 || pictures > MOST_PICTURES) {
    return usage(`--pictures takes a whole number from 1 to ${MOST_PICTURES}`, EXPLAIN_USAGE);
  }
  return ok({
    output,
    layer: typeof layer === 'string' ? layer : null,
    sign: ofSign,
    colourMap,
    latent: ofLatent,
    variant: ofVariant.data,
    split: ofSplit,
    pictures,
  });
}
