import { Copy } from 'lucide-react';
import { useMemo, useState } from 'react';
import { copyText } from '../../ui/copy';
import { useUi } from '../../workbench/state/hooks';
import { CurveChart } from '../../ui/chart/CurveChart';
import { lineStyle } from '../../ui/chart/line-style';

export function Hash({ sha256 }: { readonly sha256: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <p className="model-hash">
      <span className="muted">SHA-256</span>
      <code>{sha256}</code>
      <button
        type="button"
        className="button"
        onClick={() => {
          copyText(sha256);
          setCopied(true);
        }}
      >
        <Copy size={14} aria-hidden />
        {copied ? 'Copied' : 'Copy'}
      </button>
    </p>
  );
}

export interface CardCurveProps {
  readonly title: string;
  readonly metric: string;
  readonly id: string;
  readonly name: string;
  /** [step, value] */
  readonly curve: readonly (readonly [number, number])[];
}

/** What a model's validations measured while it learned. */
export function CardCurve({ title, metric, id, name, curve }: CardCurveProps) {
  const theme = useUi((state) => state.theme);
  const lines = useMemo(
    () => [
      {
        id,
        name,
        ...lineStyle(0, theme),
        steps: curve.map(([step]) => step),
        values: curve.map(([, value]) => value),
      },
    ],
    [id, name, curve, theme],
  );
  return (
    <section aria-label="Validation">
      <h3>{title}</h3>
      <div className="model-curve">
        <CurveChart metric={metric} lines={lines} smoothing={0} logScale={false} theme={theme} />
      </div>
    </section>
  );
}
