import { ensureBuilt } from './lib/build.mjs';
import { runPlaywright } from './lib/end-to-end.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { say } from './lib/process.mjs';

/** npm run pictures: takes the pictures anew that e2e/looks.spec.ts compares with. Look at what git shows as changed. */
try {
  await ensureInstalled();
  await ensureBuilt();
  process.exitCode = await runPlaywright(['e2e/looks.spec.ts', '--update-snapshots']);
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}
