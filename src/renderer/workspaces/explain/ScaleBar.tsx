import { useEffect, useRef } from 'react';
import { colourAt, COLOUR_STEPS, type ColourMapName } from '../../../shared/pictures/colour-maps';
import type { MapScale } from '../../../shared/pictures/overlay';
import { significant } from '../../ui/format';

export interface ScaleBarProps {
  readonly scale: MapScale;
  readonly colourMap: ColourMapName;
  /** What shares the scale. */
  readonly words: string;
}

/** What the colours of a map mean. */
export function ScaleBar({ scale, colourMap, words }: ScaleBarProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = new ImageData(COLOUR_STEPS, 1);
    for (let i = 0; i < COLOUR_STEPS; i++) {
      image.data.set([...colourAt(colourMap, i / (COLOUR_STEPS - 1)), 255], i * 4);
    }
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [colourMap]);
  const [from, to] = [significant(scale.from), significant(scale.to)];
  return (
    <div className="scale-bar" data-testid="scale-bar">
      <div className="scale-line">
        <span className="figure">{from}</span>
        <canvas
          ref={canvas}
          width={COLOUR_STEPS}
          height={1}
          role="img"
          aria-label={`Colours from ${from} to ${to}`}
        />
        <span className="figure">{to}</span>
      </div>
      <span className="muted small">{words}</span>
    </div>
  );
}
