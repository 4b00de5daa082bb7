import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { electronFlags, ensureElectron } from '../../scripts/lib/electron.mjs';
import { root } from '../../scripts/lib/paths.mjs';

export interface LaunchOptions {
  /** A file named on the command line. */
  readonly file?: string;
  /** Data folder of the start; a fresh one when absent. Pass an earlier one to test what survives a restart. */
  readonly userData?: string;
  /** Runs before the application starts, with its data folder. */
  readonly prepare?: (userData: string) => Promise<void>;
}

/** The workbench on a real Electron, with a data folder of its own. */
export interface Workbench {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** Everything that the page wrote as an error, and every exception that it did not catch. */
  readonly errors: readonly string[];
  /** The next answers of system dialogs, in order: absolute paths, or null for a cancelled dialog. */
  answerDialogs(paths: readonly (string | null)[]): Promise<void>;
  /** How many prepared answers no dialog has taken yet. */
  unansweredDialogs(): Promise<number>;
  /** Main's log file of this data folder. */
  readLog(): Promise<string>;
  /** Ends the application as a crash would: no questions, nothing tidied. */
  exit(): Promise<void>;
}

/** Starts the workbench and waits for its page. The caller ends it; tests use the fixture below instead. */
export async function launchWorkbench(options: LaunchOptions = {}): Promise<Workbench> {
  const electron = await ensureElectron();
  const userData = options.userData ?? (await mkdtemp(join(tmpdir(), 'halfspace-e2e-')));
  await options.prepare?.(userData);
  const queue = join(userData, 'dialog-answers.json');
  if (!existsSync(queue)) await writeFile(queue, '[]');

  const app = await launchElectron({
    executablePath: electron.executable,
    args: [...electronFlags(), root, ...(options.file ? [options.file] : [])],
    env: { ...environment(), HALFSPACE_USER_DATA: userData, HALFSPACE_TEST_DIALOG: queue },
  });
  const errors: string[] = [];
  const watch = (page: Page): void => {
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => errors.push(`page: ${error.stack ?? error.message}`));
    page.on('crash', () => errors.push('page: crashed'));
  };
  for (const page of app.windows()) watch(page);
  app.on('window', watch);
  const page = await app.firstWindow();
  await page.waitForLoadState('load');

  let ended = false;
  const closed = new Promise<void>((resolve) => {
    app.once('close', () => {
      ended = true;
      resolve();
    });
  });
  return {
    app,
    page,
    userData,
    errors,
    answerDialogs: (paths) => writeFile(queue, JSON.stringify(paths)),
    unansweredDialogs: async () => (JSON.parse(await readFile(queue, 'utf8')) as unknown[]).length,
    readLog: async () => {
      const file = join(userData, 'halfspace.log');
      return existsSync(file) ? readFile(file, 'utf8') : '';
    },
    exit: async () => {
      if (ended) return;
      // The connection breaks while the answer is on its way; that is the point of the call.
      await app.evaluate(({ app: electronApp }) => electronApp.exit(0)).catch(() => undefined);
      await closed;
    },
  };
}

/** Playwright sometimes waits for ever for an Electron that runs already; what has not come in a minute is begun anew. */
async function launchElectron(options: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  try {
    return await _electron.launch({ ...options, timeout: 60_000 });
  } catch (error) {
    process.stderr.write(`Electron is started once more: ${String(error).split('\n')[0]}\n`);
    return _electron.launch({ ...options, timeout: 60_000 });
  }
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

interface Fixtures {
  /** Starts a workbench that the test need not end. */
  launch: (options?: LaunchOptions) => Promise<Workbench>;
  /** A workbench of the test's own, already open. */
  workbench: Workbench;
  /**
   * The workbench that such tests share, as they left it: for a test that only looks, or that first makes what it needs.
   * It must leave no dialog open. A failed test leaves it to nobody.
   */
  shared: Workbench;
  /** Errors that a test provokes on purpose: those that match are no failure. None when null. */
  expectedErrors: RegExp | null;
}

interface WorkerFixtures {
  sharedWindow: { open(): Promise<Workbench> };
}

/** Playwright's test with a workbench. Any console error or uncaught exception that was not expected fails the test. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  expectedErrors: [null, { option: true }],
  launch: async ({ expectedErrors }, use) => {
    const started: Workbench[] = [];
    await use(async (options) => {
      const workbench = await launchWorkbench(options);
      started.push(workbench);
      return workbench;
    });
    for (const workbench of started) await workbench.exit();
    const errors = started.flatMap((workbench) => workbench.errors);
    for (const { userData } of started) await rm(userData, { recursive: true, force: true });
    expectNoErrors(errors, expectedErrors);
  },
  workbench: async ({ launch }, use) => {
    await use(await launch());
  },
  sharedWindow: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads which fixtures are wanted from this pattern.
    async ({}, use) => {
      let opened: Promise<Workbench> | null = null;
      await use({ open: () => (opened ??= launchWorkbench()) });
      const workbench = await (opened as Promise<Workbench> | null);
      if (!workbench) return;
      await workbench.exit();
      await rm(workbench.userData, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  shared: async ({ sharedWindow, expectedErrors }, use) => {
    const workbench = await sharedWindow.open();
    const before = workbench.errors.length;
    await use(workbench);
    expectNoErrors(workbench.errors.slice(before), expectedErrors);
  },
});

function expectNoErrors(errors: readonly string[], expected: RegExp | null): void {
  const unexpected = errors.filter((text) => !expected?.test(text));
  expect(unexpected, 'console errors and uncaught exceptions').toEqual([]);
}

export { expect };
