import { useState } from 'react';

export interface NumberInputProps {
  readonly value: number;
  readonly least: number;
  /** No upper end when absent. */
  readonly most?: number;
  readonly onChange: (value: number) => void;
}

/**
 * A whole number between two ends. What is being typed stands until Enter or leaving the field takes it over, cut to the
 * ends, so that it need not be in range on the way there; Esc restores. The arrows act at once.
 */
export function NumberInput({ value, least, most = Number.MAX_SAFE_INTEGER, onChange }: NumberInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const takeOver = (): void => {
    if (typed === null) return;
    setTyped(null);
    const number = Number.parseFloat(typed);
    if (Number.isFinite(number)) onChange(Math.min(most, Math.max(least, Math.round(number))));
  };
  return (
    <input
      type="number"
      min={least}
      max={most}
      step={1}
      value={typed ?? value}
      onChange={({ currentTarget, nativeEvent }) => {
        // The arrows of the field and of the keyboard say no kind of input, or that the whole text was replaced.
        const { inputType } = nativeEvent as InputEvent;
        const stepped = inputType === undefined || inputType === '' || inputType === 'insertReplacementText';
        if (stepped && Number.isInteger(currentTarget.valueAsNumber)) {
          setTyped(null);
          onChange(Math.min(most, Math.max(least, currentTarget.valueAsNumber)));
        } else setTyped(currentTarget.value);
      }}
      onBlur={takeOver}
      onKeyDown={(event) => {
        if (event.key === 'Enter') takeOver();
        if (event.key !== 'Escape' || typed === null) return;
        event.stopPropagation();
        setTyped(null);
      }}
    />
  );
}
