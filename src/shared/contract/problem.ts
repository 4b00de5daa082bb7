import { z } from 'zod';

/** The one typed error of the bridge; see shared/result.ts for what each field says. */
export const problemSchema = z.object({
  code: z.string().max(100),
  message: z.string().max(4000),
  hint: z.string().max(4000).optional(),
  detail: z.string().max(20000).optional(),
});
