import { describe, expect, it } from 'vitest';
import { availableNames, installPlan, missingPackages, parseLdd } from './system-packages.mjs';

const need = { executable: 'electron', virtualDisplay: true };

function machine(libraries: string[], commands: string[]) {
  return {
    missingLibraries: async () => libraries,
    hasCommand: async (name: string) => commands.includes(name),
  };
}
const allCommands = ['Xvfb', 'xvfb-run', 'xauth'];

describe('what is missing', () => {
  it('is nothing on a machine that has everything', async () => {
    expect(await missingPackages(need, machine([], allCommands))).toEqual([]);
  });

  it.each([
    [['libgtk-3.so.0', 'libatk-1.0.so.0'], allCommands, ['libgtk-3-0']],
    [['libnss3.so', 'libnspr4.so'], allCommands, ['libnss3']],
    [['libasound.so.2'], allCommands, ['libasound2']],
    [['libgbm.so.1'], allCommands, ['libgbm1']],
    [['libunheard-of.so.7'], allCommands, ['libgtk-3-0']],
    [[], ['Xvfb', 'xvfb-run'], ['xauth']],
    [['libnss3.so'], [], ['xvfb', 'xauth', 'libnss3']],
  ])('libraries %j with commands %j need %j', async (libraries, commands, packages) => {
    expect(await missingPackages(need, machine(libraries, commands))).toEqual(packages);
  });

  it('leaves the virtual display out where none is needed', async () => {
    expect(await missingPackages({ ...need, virtualDisplay: false }, machine([], []))).toEqual([]);
  });

  it('is read from what the loader says', () => {
    const output =
      '\tlibnss3.so => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x1)\n\tlibgbm.so.1 => not found\n';
    expect(parseLdd(output)).toEqual(['libnss3.so', 'libgbm.so.1']);
    expect(parseLdd('\tstatically linked\n')).toEqual([]);
  });
});

describe('how it is installed', () => {
  it('takes the newer names where the system has them', async () => {
    const names = await availableNames(
      ['libgtk-3-0', 'libnss3'],
      async (name: string) => name === 'libgtk-3-0t64',
    );
    expect(names).toEqual(['libgtk-3-0t64', 'libnss3']);
  });

  it.each([
    [{ userId: 0, hasApt: true, sudoWithoutPassword: false }, true],
    [{ userId: 1000, hasApt: true, sudoWithoutPassword: true }, true],
    [{ userId: 1000, hasApt: true, sudoWithoutPassword: false }, false],
    [{ userId: 0, hasApt: false, sudoWithoutPassword: false }, false],
  ])('as %j is done by us: %s', (who, allowed) => {
    const plan = installPlan(['xvfb'], who);
    expect(plan.allowed).toBe(allowed);
    const sudo = who.userId === 0 ? '' : 'sudo ';
    expect(plan.line).toBe(`${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends xvfb`);
  });
});
