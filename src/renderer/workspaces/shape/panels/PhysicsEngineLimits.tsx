import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { useDocument } from '../../../workbench/state/hooks';
import { checkTargets, summarise, type TargetCheck, type Verdict } from '../limits';

const ICONS = { fits: CircleCheck, warning: TriangleAlert, error: CircleAlert } as const;
const WORDS: Readonly<Record<Verdict, string>> = {
  fits: 'fits',
  warning: 'advises less',
  error: 'beyond a limit',
};
const SHOWN_MESSAGES = 6;

/** The worst verdict, and behind it what each physics engine would say about the parts, with its reasons. */
export function PhysicsEngineLimits() {
  const checks = useChecks();
  const { verdict, text } = summarise(checks);
  return (
    <details className="engines">
      <summary>
        <span>Physics engines</span>
        <VerdictMark verdict={verdict} text={text} />
      </summary>
      {checks.map((check) => (
        <EngineRow key={check.target} check={check} />
      ))}
    </details>
  );
}

function EngineRow({ check }: { readonly check: TargetCheck }) {
  const { title, verdict, messages } = check;
  const line = (
    <>
      <span>{title}</span>
      <VerdictMark verdict={verdict} text={WORDS[verdict]} />
    </>
  );
  if (messages.length === 0) return <div className="engine-row">{line}</div>;
  return (
    <details className="engine-details" data-testid={`limits-${check.target}`}>
      <summary className="engine-row">{line}</summary>
      <ul className="engine-messages">
        {messages.slice(0, SHOWN_MESSAGES).map((message) => (
          <li key={message}>{message}</li>
        ))}
        {messages.length > SHOWN_MESSAGES && <li>And {messages.length - SHOWN_MESSAGES} more.</li>}
      </ul>
    </details>
  );
}

/** The worst verdict of all engines, for the status bar. */
export function WorstLimit() {
  const checks = useChecks();
  const { verdict, text } = summarise(checks);
  return (
    <span className="status-item" data-testid="status-limits">
      <VerdictMark verdict={verdict} text={text} />
    </span>
  );
}

function VerdictMark({ verdict, text }: { readonly verdict: Verdict; readonly text: string }) {
  const Icon = ICONS[verdict];
  return (
    <span className={`verdict ${verdict}`}>
      <Icon size={13} aria-hidden />
      {text}
    </span>
  );
}

function useChecks(): readonly TargetCheck[] {
  const { document } = useDocument();
  const { parts, frame } = document;
  return useMemo(() => checkTargets(parts, frame.metresPerUnit), [parts, frame.metresPerUnit]);
}
