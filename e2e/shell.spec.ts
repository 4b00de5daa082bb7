import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type Workbench } from './harness/launch';

/**
 * Asks for a port and runs the 'devices' job over it. The window may ask for ports of its own at the same time and close
 * them again, so the job goes to every port that arrives and the first answer counts.
 */
function runDevicesJob(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answer = new Promise<string>((resolve) => {
      window.addEventListener('message', (event) => {
        const port = event.ports[0];
        if (event.data !== 'halfspace-engine-port' || !port) return;
        port.addEventListener('message', (reply) => {
          const message = reply.data as { id: number; type: string };
          if (message.id === 900_001) resolve(message.type);
        });
        port.start();
        port.postMessage({ type: 'start', id: 900_001, job: { kind: 'devices' } });
      });
    });
    await window.halfspace.connectEngine();
    return answer;
  });
}

async function enginePid({ app }: Workbench): Promise<number> {
  const pid = await app.evaluate(
    ({ app: electronApp }) =>
      electronApp.getAppMetrics().find((metric) => metric.name === 'Halfspace engine')?.pid,
  );
  if (pid === undefined) throw new Error('no engine runs');
  return pid;
}

test('the engine runs jobs, and after it was killed the next port leads to a new one', async ({
  workbench,
}) => {
  const { page } = workbench;
  expect(await runDevicesJob(page)).toBe('result');
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seenStates: seen });
    window.halfspace.onEngineState((state, reason) => seen.push(`${state} ${reason ?? ''}`.trim()));
  });
  const before = await enginePid(workbench);
  process.kill(before, 'SIGKILL');
  await page.waitForFunction(() =>
    (globalThis as unknown as { seenStates: string[] }).seenStates.some((state) =>
      state.startsWith('stopped The engine process ended unexpectedly: it was killed (killed, code 9)'),
    ),
  );
  expect(await runDevicesJob(page)).toBe('result');
  expect(await enginePid(workbench)).not.toBe(before);
  expect(await workbench.readLog()).toContain('Utility "Halfspace engine" was killed (killed, code 9)');
});

test('settings survive a restart', async ({ launch }) => {
  const first = await launch();
  await first.page.evaluate(async () => {
    const settings = await window.halfspace.readSettings();
    await window.halfspace.writeSettings({ ...settings, theme: 'light', backend: 'wasm' });
  });
  await first.exit();
  const second = await launch({ userData: first.userData });
  const settings = await second.page.evaluate(() => window.halfspace.readSettings());
  expect(settings).toMatchObject({ theme: 'light', backend: 'wasm' });
});

test('a damaged settings file gives the defaults, and is kept', async ({ launch }) => {
  const { page, userData, readLog } = await launch({
    prepare: (folder) => writeFile(join(folder, 'settings.json'), '{"theme":'),
  });
  expect(await page.evaluate(async () => (await window.halfspace.readSettings()).backend)).toBe('auto');
  const kept = (await readdir(userData)).find((name) => name.startsWith('settings.json.damaged-'));
  expect(await readFile(join(userData, kept ?? 'nothing kept'), 'utf8')).toBe('{"theme":');
  expect(await readLog()).toContain('settings.json cannot be used');
});

test('only a file of a drop or a dialog gets a token', async ({ workbench }) => {
  const { page, answerDialogs } = workbench;
  const file = join(await mkdtemp(join(tmpdir(), 'halfspace-drop-')), 'a chair.obj');
  await writeFile(file, 'v 0 0 0\n');
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'dropped-file';
    document.body.append(input);
  });
  await page.setInputFiles('#dropped-file', file);
  const grants = await page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('#dropped-file');
    const real = input?.files?.[0];
    if (!real) throw new Error('no file');
    return [
      await window.halfspace.grantDrop(real),
      await window.halfspace.grantDrop(new File(['x'], 'a chair.obj')),
    ];
  });
  expect(grants[0]).toMatchObject({ name: 'a chair.obj', bytes: 8 });
  expect(JSON.stringify(grants[0])).not.toContain(file);
  expect(grants[1]).toBeNull();

  await answerDialogs([file, null]);
  const chosen = await page.evaluate(async () => [
    await window.halfspace.chooseFile({ purpose: 'open' }),
    await window.halfspace.chooseFile({ purpose: 'open' }),
  ]);
  expect(chosen[0]?.token).toBe(grants[0]?.token);
  expect(chosen[1]).toBeNull();
});

test('closing over unsaved work asks, and keeps the window when the answer is cancel', async ({ launch }) => {
  const { app, page, userData } = await launch();
  const answerWith = (response: number): Promise<void> =>
    app.evaluate(({ dialog }, answer) => {
      const stub = { asked: 0 };
      Object.assign(globalThis, { stub });
      dialog.showMessageBox = () => {
        stub.asked += 1;
        return Promise.resolve({ response: answer, checkboxChecked: false });
      };
    }, response);
  const close = (): Promise<void> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
  const asked = (): Promise<number> =>
    app.evaluate(() => (globalThis as unknown as { stub: { asked: number } }).stub.asked);

  await page.evaluate(async () => {
    await window.halfspace.setUnsaved({ unsaved: true, title: 'Chair' });
    await window.halfspace.grantRecovery();
  });
  const title = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getTitle());
  expect(title).toContain('Chair');
  await writeFile(join(userData, 'recovery.halfspace'), 'work');

  await answerWith(2);
  await close();
  await expect.poll(asked).toBe(1);
  expect(app.windows()).toHaveLength(1);

  await answerWith(1);
  const ended = app.waitForEvent('close');
  await close();
  await ended;
  expect(existsSync(join(userData, 'recovery.halfspace'))).toBe(false);
});
