// The default app of the fallback Electron: loads the application folder that the command line names.
const { app } = require('electron');
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));

if (folder === undefined) {
  process.stderr.write('usage: electron <application folder> [arguments]\n');
  app.exit(2);
} else {
  const root = resolve(folder);
  const description = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // The same marks as Electron's own default app leaves, so that an application cannot tell the difference.
  process.defaultApp = true;
  app.setName(description.productName ?? description.name);
  app.setVersion(description.version);
  app.setAppPath(root);
  require(join(root, description.main));
}
