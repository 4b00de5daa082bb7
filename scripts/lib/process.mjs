import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';

/** One line from the launcher, told apart from what the tools that it runs print. */
export function say(line) {
  process.stderr.write(`halfspace: ${line}\n`);
}

/**
 * Runs a command to its end. With `capture` its output is returned, otherwise it is shown. Never throws: a command that
 * does not exist has code 127, one that exceeds `timeoutMs` is ended and has code 124.
 */
export function run(command, args, { cwd, env, capture = false, timeoutMs, stdin = 'ignore' } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: [stdin, capture ? 'pipe' : 'inherit', capture ? 'pipe' : 'inherit'],
    });
    let output = '';
    let timedOut = false;
    const timer = timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          child.kill('SIGKILL');
        }, timeoutMs)
      : null;
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    child.on('error', (error) => {
      if (timer) clearTimeout(timer);
      resolve({ code: error.code === 'ENOENT' ? 127 : 126, output: `${output}${error.message}` });
    });
    child.on('close', (code, signal) => {
      if (timer) clearTimeout(timer);
      resolve({ code: timedOut ? 124 : (code ?? (signal ? 128 : 1)), output });
    });
  });
}

/** Runs npm itself: the one that runs this script, else the one on the path (a shell script on Windows). */
export function npm(args, options) {
  const own = process.env.npm_execpath;
  if (own && basename(own).startsWith('npm') && existsSync(own)) {
    return run(process.execPath, [own, ...args], options);
  }
  return process.platform === 'win32'
    ? run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options)
    : run('npm', args, options);
}

/** The last lines of a tool's output, for a message about its failure. */
export function tail(output, lines = 12) {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}
