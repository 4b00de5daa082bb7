import { z } from 'zod';

/** An opaque stand-in for a path: the window never sees or makes paths. Main grants tokens, the engine resolves them. */
export const tokenSchema = z.string().regex(/^[0-9a-f-]{36}$/);
