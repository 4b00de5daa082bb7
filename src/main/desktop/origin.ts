/** The window's own origin. A scheme of its own, because file:// pages share one origin with every file. */
export const SCHEME = 'app';
export const HOST = 'halfspace';
export const ORIGIN = `${SCHEME}://${HOST}`;
export const START_PAGE = `${ORIGIN}/index.html`;

/** Whether an address belongs to the window's own origin. Node gives custom schemes no `origin`, so parts are compared. */
export function isOwnAddress(address: string): boolean {
  try {
    const url = new URL(address);
    return url.protocol === `${SCHEME}:` && url.host === HOST;
  } catch {
    return false;
  }
}
