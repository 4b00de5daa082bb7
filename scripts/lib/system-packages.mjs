import { run, say, tail } from './process.mjs';

/** Debian's packages with the libraries and commands by which each is noticed to be missing. */
const debian = [
  { name: 'xvfb', commands: ['Xvfb', 'xvfb-run'] },
  { name: 'xauth', commands: ['xauth'] },
  { name: 'libgtk-3-0', libraries: /^lib(gtk-3|gdk-3|atk|atspi|pango|cairo|gdk_pixbuf|cups|X|xkb)/ },
  { name: 'libnss3', libraries: /^lib(nss|smime|nspr)/ },
  { name: 'libasound2', libraries: /^libasound/ },
  { name: 'libgbm1', libraries: /^lib(gbm|drm|expat)/ },
];

/**
 * Debian packages that running `executable` lacks, by their oldest names.
 * @param probe `missingLibraries(executable)` -> sonames that the loader does not find; `hasCommand(name)` -> boolean
 */
export async function missingPackages({ executable, virtualDisplay }, probe) {
  const libraries = await probe.missingLibraries(executable);
  const missing = [];
  for (const { name, commands, libraries: pattern } of debian) {
    if (pattern) {
      if (libraries.some((library) => pattern.test(library))) missing.push(name);
    } else if (virtualDisplay) {
      const found = await Promise.all(commands.map((command) => probe.hasCommand(command)));
      if (found.includes(false)) missing.push(name);
    }
  }
  const known = debian.filter(({ libraries: pattern }) => pattern);
  const unknown = libraries.filter(
    (library) => !known.some(({ libraries: pattern }) => pattern.test(library)),
  );
  // A library that no entry names comes with GTK's own dependencies.
  if (unknown.length > 0 && !missing.includes('libgtk-3-0')) missing.push('libgtk-3-0');
  return missing;
}

/**
 * The names to install: Debian 13 and Ubuntu 24.04 renamed some to <name>t64.
 * @param isAvailable whether the package manager can install that name
 */
export async function availableNames(names, isAvailable) {
  return Promise.all(names.map(async (name) => ((await isAvailable(`${name}t64`)) ? `${name}t64` : name)));
}

/**
 * How to install them here: run it ourselves as root or by a sudo that asks nothing, or print the line.
 * @param who `{userId, hasApt, sudoWithoutPassword}`
 */
export function installPlan(names, who) {
  const prefix = who.userId === 0 ? [] : ['sudo'];
  const commands = [
    [...prefix, 'apt-get', 'update'],
    [...prefix, 'apt-get', 'install', '-y', '--no-install-recommends', ...names],
  ];
  const allowed = who.hasApt && (who.userId === 0 || who.sudoWithoutPassword);
  return { allowed, commands, line: commands.map((command) => command.join(' ')).join(' && ') };
}

/** Installs what Electron (and, for tests, the virtual display) lacks. Throws with the one line to run when it may not. */
export async function ensureSystemPackages(need) {
  if (process.platform !== 'linux') return;
  const missing = await missingPackages(need, { missingLibraries, hasCommand });
  if (missing.length === 0) return;

  const who = {
    userId: process.getuid(),
    hasApt: await hasCommand('apt-get'),
    sudoWithoutPassword: (await run('sudo', ['-n', 'true'], { capture: true })).code === 0,
  };
  const direct = installPlan(missing, who);
  if (!direct.allowed) {
    throw new Error(
      `These system packages are missing: ${missing.join(', ')}. ` +
        (who.hasApt ? `Run: ${direct.line}` : 'Install them with the package manager of this system.'),
    );
  }
  say(`installing system packages: ${missing.join(', ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const [update] = direct.commands;
  await execute(update, environment, direct.line);
  const names = await availableNames(missing, isAvailable);
  const [, install] = installPlan(names, who).commands;
  await execute(install, environment, direct.line);

  const still = await missingPackages(need, { missingLibraries, hasCommand });
  if (still.length > 0) throw new Error(`These system packages are still missing: ${still.join(', ')}.`);
}

async function execute([command, ...args], env, line) {
  const { code, output } = await run(command, args, { capture: true, env });
  if (code !== 0) {
    throw new Error(`The system packages could not be installed. Run: ${line}\n${tail(output)}`);
  }
}

async function hasCommand(name) {
  return (await run('sh', ['-c', `command -v ${name}`], { capture: true })).code === 0;
}

async function isAvailable(name) {
  const { output } = await run('apt-cache', ['policy', name], { capture: true });
  return /Candidate: (?!\(none\))/.test(output);
}

async function missingLibraries(executable) {
  const linked = await run('ldd', [executable], { capture: true });
  const missing = parseLdd(linked.output);
  // Newer Electrons open GTK at run time, where ldd does not see it.
  const cache = await run('sh', ['-c', '/sbin/ldconfig -p'], { capture: true });
  if (cache.code === 0 && !cache.output.includes('libgtk-3.so.0')) missing.push('libgtk-3.so.0');
  return missing;
}

/** Sonames that ldd reports as not found. */
export function parseLdd(output) {
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
}
