import { useRef, useState, type PointerEvent } from 'react';
import { chooseBox } from './actions/reconstruct';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import { boxBetween, fitBox, middleBox, type Box } from './box';
import { PictureCanvas } from '../../ui/PictureCanvas';
import { reconstructSlice, type OpenedPicture } from './state';

const FIELDS = [
  ['x', 'Left'],
  ['y', 'Top'],
  ['width', 'Width'],
  ['height', 'Height'],
] as const;

/** A box around the object: drawn on the picture, or typed in pixels. */
export function BoxEditor({ picture }: { readonly picture: OpenedPicture }) {
  const workbench = useWorkbench();
  const running = useSlice(reconstructSlice, (reconstruct) => reconstruct.running !== null);
  const { inspected, request } = picture;
  const { width, height } = inspected;
  const [box, setBox] = useState<Box>(() => request.box ?? middleBox(width, height));
  const corner = useRef<readonly [number, number] | null>(null);

  const pixelAt = (event: PointerEvent<HTMLElement>): readonly [number, number] => {
    const area = event.currentTarget.getBoundingClientRect();
    return [
      ((event.clientX - area.left) / area.width) * width,
      ((event.clientY - area.top) / area.height) * height,
    ];
  };
  const percent = (value: number, of: number): string => `${(100 * value) / of}%`;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!running) void chooseBox(workbench, box);
      }}
    >
      <div
        className="picture-frame drawing"
        data-testid="box-area"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          corner.current = pixelAt(event);
        }}
        onPointerMove={(event) => {
          if (corner.current) setBox(boxBetween(corner.current, pixelAt(event), width, height));
        }}
        onPointerUp={() => {
          corner.current = null;
        }}
        onPointerCancel={() => {
          corner.current = null;
        }}
      >
        <PictureCanvas picture={inspected.picture} label={`The picture ${picture.name}`} />
        <div
          className="picture-box"
          style={{
            left: percent(box.x, width),
            top: percent(box.y, height),
            width: percent(box.width, width),
            height: percent(box.height, height),
          }}
        />
      </div>
      <p className="picture-note">Draw a box around the object, or type it in pixels.</p>
      <fieldset className="box-fields" aria-label="Box around the object, pixels">
        {FIELDS.map(([key, label]) => (
          <label key={key}>
            <span className="muted">{label}</span>
            <input
              type="number"
              step={1}
              min={key === 'width' || key === 'height' ? 1 : 0}
              max={key === 'x' || key === 'width' ? width : height}
              value={box[key]}
              onChange={(event) =>
                setBox(fitBox({ ...box, [key]: event.currentTarget.valueAsNumber }, width, height))
              }
            />
          </label>
        ))}
      </fieldset>
      <div className="panel-actions">
        <button type="submit" className="button primary" aria-disabled={running}>
          Use this box
        </button>
        {inspected.mask && (
          <button
            type="button"
            className="button"
            onClick={() => reconstructSlice.set(workbench, { drawing: false })}
          >
            Keep the outline
          </button>
        )}
      </div>
    </form>
  );
}
