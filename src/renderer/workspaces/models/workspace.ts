import type { Workspace } from '../../workbench/state/workbench';
import { MODEL_COMMANDS } from './commands';

/** The models that ship and those that were opened: Train shows them, Reconstruct and Explain use them. */
export const MODELS: Workspace = { name: 'models', commands: [MODEL_COMMANDS] };
