import type { ExportFormat } from '../../../../shared/formats/index';
import { exportOf, extensionOf } from '../../../../shared/formats/lookup';
import type { ExportOptions } from '../../../../shared/formats/options';

/** One or two sentences about what an export will write, before it does. */
export function whatIsWritten(
  format: ExportFormat,
  options: ExportOptions,
  name: string,
  parts: number,
): string {
  const { carries, beside } = exportOf(format);
  const file = `${name}.${extensionOf(format)}`;
  const besides = beside ? `, ${beside.words(beside.name(name))}` : '';
  if (carries.includes('mass')) {
    const colliders = parts === 1 ? 'one convex collider' : `${parts} convex colliders`;
    const physics = 'mass and inertia of the union, in metres';
    return beside
      ? `Writes ${file} with ${colliders}${besides}, ${physics}.`
      : `Writes one file, ${file}: ${colliders} with their meshes, ${physics}.`;
  }
  const bodies = parts === 1 ? '1 part' : `${parts} parts`;
  const whole = options.union ? `${bodies} joined to one closed surface` : `${bodies} as separate bodies`;
  const each = options.separateParts ? `, and a file per part in ${name}_parts` : '';
  return `Writes ${file} with ${whole}, in metres${besides}${each}.`;
}
