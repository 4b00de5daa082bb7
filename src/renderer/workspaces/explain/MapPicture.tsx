import { useMemo } from 'react';
import type { Maps } from '../../../shared/contract/explain';
import type { Picture } from '../../../shared/contract/inputs';
import type { MapScale } from '../../../shared/pictures/overlay';
import { PictureCanvas } from '../../ui/PictureCanvas';
import { paintOverlayOf } from './paint';
import type { MapLook } from './state';

export interface MapPictureProps {
  readonly picture: Picture;
  readonly maps: Maps;
  readonly at: number;
  readonly latent: number | null;
  readonly look: MapLook;
  readonly scale: MapScale | null;
  readonly signFirst: boolean;
  readonly side: number;
  readonly label: string | null;
}

/** A picture with a map over it. */
export function MapPicture({
  picture,
  maps,
  at,
  latent,
  look,
  scale,
  signFirst,
  side,
  label,
}: MapPictureProps) {
  const painted = useMemo(
    () => paintOverlayOf({ picture, maps, at, latent, look, scale, signFirst, side }).painted,
    [picture, maps, at, latent, look, scale, signFirst, side],
  );
  return <PictureCanvas picture={painted} label={label} />;
}
