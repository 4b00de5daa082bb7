import { BACKENDS } from '../../compute/backends';

/** What --backend takes, the one to be preferred first. */
export const BACKEND_CHOICES: readonly string[] = ['auto', ...BACKENDS.map(({ name }) => name)];
