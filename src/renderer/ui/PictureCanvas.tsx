import { useEffect, useRef } from 'react';
import type { Picture } from '../../shared/contract/inputs';

export interface PictureCanvasProps {
  readonly picture: Picture;
  /** What the picture shows, for those who cannot see it; null when text beside it says so. */
  readonly label: string | null;
  /** Shows pixels as squares: for what a network saw. */
  readonly pixelated?: boolean;
}

/** Pixels as the engine sent them. */
export function PictureCanvas({ picture, label, pixelated }: PictureCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const { width, height, rgba } = picture;
    const image = new ImageData(new Uint8ClampedArray(rgba), width, height);
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [picture]);
  return (
    <canvas
      ref={canvas}
      className={pixelated ? 'picture pixelated' : 'picture'}
      width={picture.width}
      height={picture.height}
      role={label === null ? undefined : 'img'}
      aria-label={label ?? undefined}
      aria-hidden={label === null}
    />
  );
}
