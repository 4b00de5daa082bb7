import type { ReactNode } from 'react';

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  /** What the figure means. */
  readonly hint?: string;
  readonly id?: string;
}

export function FactList({ title, facts }: { readonly title: string; readonly facts: readonly Fact[] }) {
  return (
    <div className="facts">
      <h2 className="panel-title">{title}</h2>
      <dl>
        {facts.map(({ name, value, hint, id }) => (
          <div key={name} className="fact" title={hint}>
            <dt>{name}</dt>
            <dd className="figure" data-testid={id}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
