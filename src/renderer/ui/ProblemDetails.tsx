import { useState } from 'react';
import type { Problem } from '../../shared/result';
import { copyText } from './copy';
import './styles/problem.css';

/** What happened and where, what to do; the rest behind a disclosure, and all of it to copy. */
export function ProblemDetails({ problem }: { readonly problem: Problem }) {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    copyText(describe(problem));
    setCopied(true);
  };
  return (
    <div className="problem" role="alert">
      <p>{problem.message}</p>
      {problem.hint && <p className="muted">{problem.hint}</p>}
      <div className="problem-actions">
        <button type="button" className="button" onClick={copy}>
          {copied ? 'Copied' : 'Copy'}
        </button>
        {problem.detail && (
          <details>
            <summary>Details</summary>
            <pre>{problem.detail}</pre>
          </details>
        )}
      </div>
    </div>
  );
}

function describe({ code, message, hint, detail }: Problem): string {
  return [message, hint, `(${code})`, detail].filter(Boolean).join('\n');
}
