import { availableParallelism } from 'node:os';
import type { DevicesReport } from '../../../shared/contract/jobs';
import { fail, ok, type Problem, type Result } from '../../../shared/result';
import type { Backend, Probe } from './backend';
import { cpu } from './cpu';
import { wasm } from './wasm';

export type { Backend, Probe } from './backend';

/** Every backend that this program knows, the one to be preferred first. */
export const BACKENDS: readonly Backend[] = [wasm, cpu];

/** The backend of a name that was chosen before. */
export function backendNamed(name: string, backends = BACKENDS): Backend {
  const found = backends.find((backend) => backend.name === name);
  if (found === undefined) throw new Error(`There is no backend "${name}".`);
  return found;
}

/**
 * Chooses the backend: the forced one, else the first of the list that works on hardware of its own, else the first
 * that works. A forced backend that is missing is a problem, never a silent fallback.
 */
export async function chooseBackend(forced: string, backends = BACKENDS): Promise<Result<Backend>> {
  if (forced === 'auto') return chooseFirst(backends);
  const backend = backends.find(({ name }) => name === forced);
  if (backend === undefined) return fail(unknownBackend(forced, backends));
  const probe = await probed(backend);
  if (probe.available) return ok(backend);
  return fail({
    code: 'backend-unavailable',
    message: `The backend "${forced}" cannot run here: ${probe.reason}.`,
    hint: 'Choose another with --backend, or "auto". "halfspace devices" lists them.',
  });
}

/** One after the other: a look at what comes later may be dear. */
async function chooseFirst(backends: readonly Backend[]): Promise<Result<Backend>> {
  let emulated: Backend | null = null;
  const reasons: string[] = [];
  for (const backend of backends) {
    const { available, fallback, reason } = await probed(backend);
    if (available && !fallback) return ok(backend);
    if (available) emulated ??= backend;
    else reasons.push(`${backend.name}: ${reason}`);
  }
  if (emulated !== null) return ok(emulated);
  return fail({
    code: 'backend-unavailable',
    message: 'No backend can run here.',
    hint: `What each of them needs: ${reasons.join('; ')}.`,
  });
}

/** @param active the name of the backend in use */
export async function reportDevices(active: string, backends = BACKENDS): Promise<DevicesReport> {
  const rows = await Promise.all(
    backends.map(async (backend) => {
      const { available, reason, device, fallback } = await probed(backend);
      return { name: backend.name, available, reason, device, fallback };
    }),
  );
  return { active, backends: rows, cores: availableParallelism() };
}

/** A probe that fails says that the backend is missing, and why. */
async function probed(backend: Backend): Promise<Probe> {
  try {
    return await backend.probe();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { available: false, reason: `looking for it failed: ${reason}`, device: null, fallback: false };
  }
}

function unknownBackend(name: string, backends: readonly Backend[]): Problem {
  return {
    code: 'unknown-backend',
    message: `There is no backend "${name}".`,
    hint: `Use ${['auto', ...backends.slice(0, -1).map((one) => one.name)].join(', ')} or ${backends.at(-1)?.name}.`,
  };
}
