import { isSameModel } from '../models/state';
import type { VaeUse } from '../models/use';
import { chooseVae, currentVae } from './model';

/** What a list of models needs to know about Explain. */
export const EXPLAIN_USE: VaeUse = {
  isUsed: (ui, { choice }) => {
    const current = currentVae(ui);
    return current !== null && isSameModel(current.choice, choice);
  },
  use: (workbench, item) => {
    chooseVae(workbench, item);
    workbench.ui.setState({ workspace: 'explain' });
  },
};
