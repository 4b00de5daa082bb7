import type { InspectedImage, ObservedError, Reconstruction } from '../../../shared/contract/learning';
import { plural, seconds as formatSeconds, significant } from '../../ui/format';

/** "14 parts in 0.8 s", and what a refinement gained. */
export function describeReconstruction({ shape, observed }: Reconstruction, seconds: number): string {
  const made = `${plural(shape.parts.length, 'part')} in ${formatSeconds(seconds)}`;
  return observed ? `${made}, ${describeRefinement(observed)}` : made;
}

/** Whether the refinement explains the picture better, with the numbers. */
export function describeRefinement({ before, after }: ObservedError): string {
  return after < before
    ? `observed error ${significant(before)} \u2192 ${significant(after)} %: accepted`
    : `observed error ${significant(before)} % did not fall: the first guess was kept`;
}

/** How the object was told from the rest of the picture. */
export function describeMask({ maskFrom }: InspectedImage): string {
  switch (maskFrom) {
    case 'alpha':
      return 'The outline comes from the transparency of the picture.';
    case 'background':
      return 'The outline comes from the plain background.';
    case 'depth':
      return 'The outline comes from the depths.';
    case 'box':
      return 'The outline comes from the box that you drew.';
    case null:
      return 'There is no outline yet.';
  }
}
