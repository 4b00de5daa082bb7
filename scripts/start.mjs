import { spawn } from 'node:child_process';
import { ensureBuilt } from './lib/build.mjs';
import { hasDisplay } from './lib/display.mjs';
import { announceElectron, electronFlags, ensureElectron } from './lib/electron.mjs';
import { runHeadless } from './lib/headless.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/paths.mjs';
import { say } from './lib/process.mjs';
import { ensureSystemPackages } from './lib/system-packages.mjs';

try {
  await ensureInstalled();
  if (hasDisplay()) {
    await openWindow();
  } else {
    await ensureBuilt();
    say('there is no display: doing the main job without a window');
    process.exitCode = await runHeadless();
  }
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}

async function openWindow() {
  const electron = await ensureElectron();
  await ensureSystemPackages({ executable: electron.executable, virtualDisplay: false });
  await announceElectron(electron);
  await ensureBuilt();
  // Chromium complains of services that a window does not need (session bus, video decoding); fatal errors stay.
  const flags = [...electronFlags(), '--log-level=3'];
  const child = spawn(electron.executable, [...flags, root, ...process.argv.slice(2)], { stdio: 'inherit' });
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      asked = true;
      child.kill(signal);
    });
  }
  child.on('error', (error) => {
    say(`Electron did not start: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 1;
    if (!asked && (code === null || code > 1)) explainEarlyEnd(signal);
  });
}

function explainEarlyEnd(signal) {
  say(`Electron ended unexpectedly${signal ? ` (${signal})` : ''}`);
  if (process.platform === 'linux') {
    say(
      'if it spoke of the sandbox: this system keeps programs from making user namespaces; ' +
        'allow them with "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 kernel.unprivileged_userns_clone=1"',
    );
  }
}
