import { expect, test } from './harness/launch';

test('the window opens, with a title and without an error', async ({ shared: workbench }) => {
  await expect(workbench.page.locator('body')).toBeVisible();
  const windows = await workbench.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({
      title: window.getTitle(),
      visible: window.isVisible(),
    })),
  );
  expect(windows).toHaveLength(1);
  expect(windows[0].title).toContain('Halfspace');
  expect(windows[0].visible).toBe(true);
});

test('the page has the bridge and nothing of Node', async ({ shared: workbench }) => {
  const found = await workbench.page.evaluate(() => {
    const globals = globalThis as unknown as Record<string, unknown>;
    const bridge = globals.halfspace as { versions: Record<string, string>; platform: string };
    return {
      bridge: Object.keys(bridge).sort(),
      versions: bridge.versions,
      node: ['require', 'process', 'module', 'global', 'Buffer', '__dirname'].filter(
        (name) => name in globals,
      ),
    };
  });
  expect(found.node).toEqual([]);
  expect(found.bridge).toContain('connectEngine');
  expect(found.versions.app).toMatch(/^\d+\.\d+\.\d+/);
  expect(Number.parseInt(found.versions.electron, 10)).toBeGreaterThanOrEqual(25);
});

test('the page is cross-origin isolated under a content security policy', async ({ shared: workbench }) => {
  const found = await workbench.page.evaluate(async () => {
    const response = await fetch('/index.html');
    return {
      isolated: crossOriginIsolated,
      shared: typeof SharedArrayBuffer,
      policy: response.headers.get('content-security-policy') ?? '',
      sniff: response.headers.get('x-content-type-options'),
    };
  });
  expect(found.isolated).toBe(true);
  expect(found.shared).toBe('function');
  expect(found.policy).toContain("default-src 'none'");
  expect(found.policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(found.policy).not.toContain("'unsafe-eval'");
  expect(found.sniff).toBe('nosniff');
});

test.describe('what the policy refuses', () => {
  test.use({ expectedErrors: /Content Security Policy|Failed to load resource|Refused to/ });

  test('inline scripts and foreign hosts', async ({ shared: workbench }) => {
    const found = await workbench.page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.inlineRan = true';
      document.head.append(script);
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => true,
        () => false,
      );
      return { inlineRan: 'inlineRan' in globalThis, fetched };
    });
    expect(found).toEqual({ inlineRan: false, fetched: false });
  });

  test('addresses outside the page folder', async ({ shared: workbench }) => {
    const statuses = await workbench.page.evaluate(async () => {
      const paths = [
        '/..%2fmain/index.cjs',
        '/%2e%2e%2f%2e%2e%2fpackage.json',
        '/..%5cmain%5cindex.cjs',
        '/absent.js',
      ];
      const answers = await Promise.all(paths.map((path) => fetch(path)));
      return answers.map((answer) => answer.status);
    });
    expect(statuses).toEqual([403, 403, 403, 404]);
  });
});

// A window of its own: after a navigation that was refused Playwright waits for it to end before it clicks.
test('the page can neither leave nor open a window', async ({ workbench }) => {
  const { app, page } = workbench;
  const before = page.url();
  const opened = await page.evaluate(() => window.open('https://example.invalid/') === null);
  expect(opened).toBe(true);
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'https://example.invalid/';
    document.body.append(link);
    link.click();
    link.remove();
  });
  // A second round trip: a navigation that was let through would have begun by now.
  await app.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  expect(page.url()).toBe(before);
  expect(app.windows()).toHaveLength(1);
});

test('every permission is denied', async ({ shared: workbench }) => {
  const states = await workbench.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone'] as const;
    const answers = await Promise.all(
      names.map((name) => navigator.permissions.query({ name: name as PermissionName })),
    );
    return answers.map((answer) => answer.state);
  });
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied']);
});
