import type { Page } from '@playwright/test';
import type { WindowFacts } from '../../src/renderer/workspaces/shape/facts';

/** What the window holds, as plain data. */
export function facts(page: Page): Promise<Omit<WindowFacts, 'faceAt'>> {
  return page.evaluate(() => JSON.parse(JSON.stringify(window.halfspaceState?.())));
}
