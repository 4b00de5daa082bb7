import { useId } from 'react';
import type { FlatOptions } from '../../../shared/contract/flat';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import { changeFlatOptions } from './actions';
import { flatSlice } from './state';

interface SliderWords {
  readonly option: keyof FlatOptions;
  readonly title: string;
  readonly hint: string;
  readonly min: number;
  readonly max: number;
  /** Equal ways of the slider are equal factors. */
  readonly geometric?: boolean;
}

const SLIDERS: readonly SliderWords[] = [
  {
    option: 'parts',
    title: 'Parts',
    hint: 'The most convex pieces; two that one can replace are merged.',
    min: 1,
    max: 24,
  },
  {
    option: 'planes',
    title: 'Lines per part',
    hint: 'Every line cuts one side away; a piece is what all of them leave.',
    min: 3,
    max: 24,
  },
  {
    option: 'smoothness',
    title: 'Smoothness (δ)',
    hint: 'How tightly the field hugs corners: low rounds them off, high makes them crisp.',
    min: 20,
    max: 1200,
    geometric: true,
  },
  {
    option: 'sharpness',
    title: 'Sharpness (σ)',
    hint: 'How fast the field falls from 1 inside to 0 outside: low blurs the border.',
    min: 10,
    max: 600,
    geometric: true,
  },
];

/** Positions of a geometric slider. */
const NOTCHES = 100;

/** What a fit is asked for. Smoothness and sharpness change the field that is shown at once. */
export function Sliders() {
  return (
    <div className="flat-sliders">
      {SLIDERS.map((words) => (
        <Slider key={words.option} {...words} />
      ))}
    </div>
  );
}

function Slider({ option, title, hint, min, max, geometric }: SliderWords) {
  const workbench = useWorkbench();
  const value = useSlice(flatSlice, (flat) => flat.options[option]);
  const hintId = useId();
  const position = geometric ? Math.round((NOTCHES * Math.log(value / min)) / Math.log(max / min)) : value;
  const valueAt = (at: number): number => {
    if (!geometric) return Math.round(at);
    const next = Math.round(min * (max / min) ** (at / NOTCHES));
    // Near the low end a notch is less than one: without this an arrow key would never leave a value.
    return next === value ? Math.min(max, Math.max(min, value + Math.sign(at - position))) : next;
  };
  return (
    <label className="flat-slider">
      <span className="flat-slider-title">
        {title} <span className="figure">{value}</span>
      </span>
      <input
        type="range"
        min={geometric ? 0 : min}
        max={geometric ? NOTCHES : max}
        step={1}
        value={position}
        aria-label={title}
        aria-valuetext={String(value)}
        aria-describedby={hintId}
        data-testid={`flat-${option}`}
        onChange={({ currentTarget }) =>
          changeFlatOptions(workbench, { [option]: valueAt(currentTarget.valueAsNumber) })
        }
      />
      <span id={hintId} className="muted small">
        {hint}
      </span>
    </label>
  );
}
