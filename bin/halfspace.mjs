#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../out/main/cli.cjs', import.meta.url));

if (existsSync(built)) {
  createRequire(import.meta.url)(built);
} else {
  process.stderr.write('halfspace: not built yet. Run "npm start" or "npm run build" first.\n');
  process.exitCode = 1;
}
