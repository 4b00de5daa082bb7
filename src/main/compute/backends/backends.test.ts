import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../shared/result';
import type { Backend, Probe } from './backend';
import { backendNamed, BACKENDS, chooseBackend, reportDevices } from './index';

const never = async (): Promise<never> => {
  throw new Error('Nothing may be started by choosing.');
};

function backend(name: string, probe: Partial<Probe> | (() => Promise<Probe>)): Backend {
  const found = { available: true, reason: `${name} works`, device: name, fallback: false, ...probe };
  return {
    name,
    probe: typeof probe === 'function' ? probe : async () => found,
    start: never,
    fieldKernel: never,
    trainingWorkers: 1,
  };
}

const missing = { available: false, reason: 'no such hardware', device: null };
const throwing = (name: string): Backend =>
  backend(name, async () => {
    throw new Error('the driver fell over');
  });

async function chosen(forced: string, backends: readonly Backend[]): Promise<string> {
  return unwrap(await chooseBackend(forced, backends)).name;
}

describe('the choice of a backend', () => {
  it('takes the first that works, in the order of the list, and looks at none after it', async () => {
    let looks = 0;
    const counted = backend('last', async () => {
      looks++;
      return { available: true, reason: '', device: 'last', fallback: false };
    });
    expect(await chosen('auto', [backend('first', {}), backend('second', {}), counted])).toBe('first');
    expect(await chosen('auto', [backend('first', missing), backend('second', {}), counted])).toBe('second');
    expect(looks).toBe(0);
  });

  it('passes over one that is only emulated, unless nothing else works or it is forced', async () => {
    const emulated = backend('emulated', { fallback: true });
    expect(await chosen('auto', [emulated, backend('plain', {})])).toBe('plain');
    expect(await chosen('auto', [emulated, backend('plain', missing)])).toBe('emulated');
    expect(await chosen('emulated', [emulated, backend('plain', {})])).toBe('emulated');
  });

  it('takes a forced one that works, whatever comes before it', async () => {
    expect(await chosen('second', [throwing('first'), backend('second', {})])).toBe('second');
  });

  it('does not take another for a forced one that is missing, and says why', async () => {
    expect(await chooseBackend('gone', [backend('here', {}), backend('gone', missing)])).toEqual({
      ok: false,
      error: {
        code: 'backend-unavailable',
        message: 'The backend "gone" cannot run here: no such hardware.',
        hint: 'Choose another with --backend, or "auto". "halfspace devices" lists them.',
      },
    });
  });

  it('names those that there are where a forced one is unknown', async () => {
    const backends = ['one', 'two', 'three'].map((name) => backend(name, {}));
    expect(await chooseBackend('four', backends)).toMatchObject({
      error: {
        code: 'unknown-backend',
        message: 'There is no backend "four".',
        hint: 'Use auto, one, two or three.',
      },
    });
  });

  it('takes a probe that throws for a backend that is missing', async () => {
    expect(await chosen('auto', [throwing('broken'), backend('whole', {})])).toBe('whole');
    expect(await chooseBackend('broken', [throwing('broken')])).toMatchObject({
      error: { code: 'backend-unavailable', message: expect.stringContaining('the driver fell over') },
    });
  });

  it('says of each what it lacks where none works', async () => {
    expect(await chooseBackend('auto', [throwing('broken'), backend('gone', missing)])).toMatchObject({
      error: {
        code: 'backend-unavailable',
        hint: 'What each of them needs: broken: looking for it failed: the driver fell over; gone: no such hardware.',
      },
    });
  });
});

describe('the report of the devices', () => {
  it('lists every backend in the order of the list, one whose probe throws among them', async () => {
    const { active, backends, cores } = await reportDevices('two', [
      throwing('one'),
      backend('two', { fallback: true }),
    ]);
    expect(active).toBe('two');
    expect(cores).toBeGreaterThan(0);
    expect(backends).toEqual([
      {
        name: 'one',
        available: false,
        reason: 'looking for it failed: the driver fell over',
        device: null,
        fallback: false,
      },
      { name: 'two', available: true, reason: 'two works', device: 'two', fallback: true },
    ]);
  });
});

describe('the backends', () => {
  it('are the ones that this machine has, cpu as the last resort, each under a name of its own', async () => {
    expect(new Set(BACKENDS.map(({ name }) => name)).size).toBe(BACKENDS.length);
    expect(BACKENDS.at(-1)?.name).toBe('cpu');
    for (const { name, available, device, reason } of (await reportDevices('cpu')).backends) {
      expect(reason, name).not.toBe('');
      expect(device !== null, name).toBe(available);
      expect(backendNamed(name).name).toBe(name);
    }
    expect(() => backendNamed('none')).toThrow('no backend "none"');
  });
});
