import { useUi, useSlice } from '../../workbench/state/hooks';
import { rangeKey } from './range';
import { explainSlice, type ExplainState } from './state';

/** The range of the collection where it was measured for what is shown; null before. */
export function useCollectionRange(): ExplainState['collectionRange'] {
  const key = useUi(rangeKey);
  const range = useSlice(explainSlice, (explain) => explain.collectionRange);
  return range?.key === key ? range : null;
}
