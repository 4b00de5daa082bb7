import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run, say } from './process.mjs';

/** Fits the first bundled mesh and exports it, as the window would. Returns the exit code. */
export async function runHeadless() {
  const sample = sampleMesh();
  const folder = join(root, 'out/headless');
  mkdirSync(folder, { recursive: true });
  const project = join(folder, `${sample.name}.halfspace`);
  const picture = join(folder, `${sample.name}.png`);
  const report = join(folder, 'report.json');
  const physics = join(folder, 'mjcf');

  say(`fitting ${sample.title}`);
  const steps = [
    ['fit', sample.path, '-o', project, '--report', report, '--picture', picture],
    ['export', project, '--format', 'mjcf', '-o', physics],
  ];
  for (const step of steps) {
    const { code } = await run(process.execPath, [join(root, 'bin/halfspace.mjs'), ...step], { cwd: root });
    if (code !== 0) {
      say(`halfspace ${step[0]} ended with code ${code}`);
      return 1;
    }
  }
  say(`project         ${project}`);
  say(`picture         ${picture}`);
  say(`report          ${report}`);
  say(`MuJoCo model    ${physics}`);
  return 0;
}

function sampleMesh() {
  const folder = join(root, 'resources/samples');
  const index = join(folder, 'index.json');
  if (!existsSync(index)) throw new Error(`The samples are missing: there is no ${index}.`);
  const sample = JSON.parse(readFileSync(index, 'utf8')).find(({ kind }) => kind === 'mesh');
  if (!sample) throw new Error(`${index} names no mesh.`);
  return { name: sample.name, title: sample.title, path: join(folder, sample.file) };
}
