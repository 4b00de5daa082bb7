import type { DocumentState, DocumentStore } from '../../../shared/document/store';

/**
 * What an asynchronous action works on: which document the window shows, the source behind it, a fit to that source,
 * the file it is saved in, the picture in Reconstruct.
 */
export type Subject = 'document' | 'source' | 'fit' | 'save' | 'picture';

/** What an action was begun for; when any of it is another thing at the end, the action came too late. */
const BEGUN_FOR: Readonly<Record<Subject, (state: DocumentState) => readonly unknown[]>> = {
  document: ({ generation }) => [generation],
  source: ({ generation, document }) => [generation, document.source],
  fit: ({ generation, document }) => [generation, document.source],
  save: ({ generation }) => [generation],
  picture: () => [],
};

export interface Turn {
  /**
   * Whether what the action found out is still wanted: nothing later was begun on the same subject, and what it was
   * begun for is still there. To be asked after every wait, before anything is changed.
   */
  holds(): boolean;
}

export interface Turns {
  /** Begins an action on a subject; one that was begun before no longer holds. */
  begin(subject: Subject): Turn;
  /** Whether anything was ever begun on a subject. */
  begun(subject: Subject): boolean;
}

/** The one way in which an answer that comes late is told from one that is still wanted. */
export function createTurns(store: DocumentStore): Turns {
  const latest = new Map<Subject, number>();
  return {
    begin: (subject) => {
      const number = (latest.get(subject) ?? 0) + 1;
      latest.set(subject, number);
      const begunFor = BEGUN_FOR[subject](store.state());
      return {
        holds: () => {
          const now = BEGUN_FOR[subject](store.state());
          return latest.get(subject) === number && now.every((each, i) => each === begunFor[i]);
        },
      };
    },
    begun: (subject) => latest.has(subject),
  };
}
