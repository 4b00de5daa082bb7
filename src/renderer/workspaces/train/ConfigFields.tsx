import { useId, useState } from 'react';
import { parseNames } from '../../../shared/names';
import { otherValues, textOf, valueAt, type CheckedDraft } from './draft';
import type { ConfigField as ConfigFieldRecord } from '../../../shared/networks';

export interface ConfigFieldProps {
  readonly field: ConfigFieldRecord;
  readonly draft: unknown;
  readonly error: string | undefined;
  /** What was typed: a number where it is one, names where the field takes names, else the text. */
  onChange(value: unknown): void;
}

/** One figure of the configuration, with what is wrong with it below. */
export function ConfigField({ field, draft, error, onChange }: ConfigFieldProps) {
  const id = useId();
  const value = valueAt(draft, field.path);
  const [typed, setTyped] = useState<string | null>(null);
  // What is being typed ("1e-") stands until it is left; from then on the value does.
  const shown = typed ?? (value === undefined || value === null ? '' : textOf(value));
  return (
    <div className="config-field" title={field.hint}>
      <label htmlFor={id}>{field.label}</label>
      <input
        id={id}
        className={field.names && 'wide'}
        type="text"
        inputMode={field.names ? 'text' : 'decimal'}
        placeholder={field.names?.empty}
        value={shown}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onChange={(event) => {
          setTyped(event.target.value);
          const { value: text } = event.target;
          onChange(field.names ? parseNames(text) : parseTyped(text));
        }}
        onBlur={() => setTyped(null)}
      />
      {!field.names && <span className="muted">{field.unit}</span>}
      {error !== undefined && (
        <p id={`${id}-error`} className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

/** A number where the text is one; the text itself otherwise, which the check then refuses by name. */
function parseTyped(text: string): unknown {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? text : number;
}

export interface OtherValuesProps {
  readonly draft: unknown;
  readonly errors: CheckedDraft['errors'];
}

/** Everything else that decides a run, to read; open while something in it is wrong. */
export function OtherValues({ draft, errors }: OtherValuesProps) {
  const values = otherValues(draft, errors);
  const wrong = values.some(({ path }) => errors.has(path));
  return (
    <details className="other-values" open={wrong || undefined}>
      <summary>All other values</summary>
      <dl>
        {values.map(({ path, value }) => (
          <div key={path} className="fact">
            <dt>{path === '' ? 'configuration' : path}</dt>
            <dd className="figure" title={value}>
              {value}
            </dd>
            {errors.has(path) && (
              <dd className="field-error" role="alert">
                {errors.get(path)}
              </dd>
            )}
          </div>
        ))}
      </dl>
    </details>
  );
}
