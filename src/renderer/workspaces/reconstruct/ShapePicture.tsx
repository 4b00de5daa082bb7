import { useEffect, useState } from 'react';
import type { Picture } from '../../../shared/contract/inputs';
import type { ConvexShape } from '../../../shared/shape/types';
import { PictureCanvas } from '../../ui/PictureCanvas';
import { pictureOf } from './pictures';

/** Pixels: twice what is shown, for sharp displays. */
const SIZE = 144;

export interface ShapePictureProps {
  readonly shape: ConvexShape;
  readonly highlighted?: number | null;
  readonly upAxis: 'y' | 'z';
}

/** A small picture of a shape; an empty frame until it is rendered. */
export function ShapePicture({ shape, highlighted = null, upAxis }: ShapePictureProps) {
  const [picture, setPicture] = useState<Picture | null>(null);
  useEffect(() => {
    let current = true;
    void pictureOf(shape, { highlighted, upAxis, size: SIZE }).then((drawn) => {
      if (current) setPicture(drawn);
    });
    return () => {
      current = false;
    };
  }, [shape, highlighted, upAxis]);
  return <span className="shape-picture">{picture && <PictureCanvas picture={picture} label={null} />}</span>;
}
