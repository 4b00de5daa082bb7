import { useUi } from '../state/hooks';

/** Newest first. */
export function Log() {
  const lines = useUi((state) => state.log);
  if (lines.length === 0) return <p className="panel-empty muted">What the workbench did is noted here.</p>;
  return (
    // A scrolling list has to take the focus, or a keyboard cannot scroll it.
    <ol className="log" aria-label="Log" tabIndex={0}>
      {[...lines].reverse().map((line, i) => (
        <li key={lines.length - i}>
          <time className="muted figure">{line.at}</time> {line.text}
        </li>
      ))}
    </ol>
  );
}
