import type { EncoderLayer } from '../../../shared/contract/explain';

export interface LayerFieldProps {
  readonly card: { readonly layers: readonly EncoderLayer[] };
  readonly value: string;
  readonly onChange: (layer: string) => void;
}

/** One of the encoder's maps, with how fine it is. */
export function LayerField({ card, value, onChange }: LayerFieldProps) {
  return (
    <label className="field">
      <span>Layer</span>
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {card.layers.map(({ name, height, width }) => (
          <option key={name} value={name}>
            {name}, {height} x {width}
          </option>
        ))}
      </select>
    </label>
  );
}
