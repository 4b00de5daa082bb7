import { z } from 'zod';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const windowStateSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(400), height: z.int().min(300) }).nullable(),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

export const DEFAULT_SIZE = { width: 1440, height: 900 } as const;

/** How much of a title bar must lie on a screen so that the window can be taken hold of. */
const GRIP = 80;

/** The stored bounds when enough of them lies on one of the screens that are there now, else null: the system places it. */
export function usableBounds(stored: Rectangle | null, screens: readonly Rectangle[]): Rectangle | null {
  if (!stored) return null;
  const visible = screens.some((screen) => {
    const across = Math.min(stored.x + stored.width, screen.x + screen.width) - Math.max(stored.x, screen.x);
    const titleIsInside = stored.y >= screen.y && stored.y + GRIP / 2 <= screen.y + screen.height;
    return across >= GRIP && titleIsInside;
  });
  return visible ? stored : null;
}
