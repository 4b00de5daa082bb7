import type { ExportFormat, ExportOptions } from '../../../../shared/contract/jobs';
import { EXPORT_EXTENSIONS } from '../actions/save';

export interface FormatWords {
  readonly value: ExportFormat;
  readonly title: string;
  readonly hint: string;
}

/** Physics formats first: they are what the parts are for. */
export const FORMATS: readonly FormatWords[] = [
  { value: 'mjcf', title: 'MJCF', hint: 'MuJoCo' },
  { value: 'urdf', title: 'URDF', hint: 'ROS, Gazebo, Isaac, PyBullet' },
  { value: 'usd', title: 'USD', hint: 'Isaac Sim, Omniverse' },
  { value: 'glb', title: 'GLB', hint: 'Game engines, Blender, web' },
  { value: 'obj', title: 'OBJ', hint: 'Any tool' },
  { value: 'stl', title: 'STL', hint: 'Printing and CAD' },
  { value: 'ply', title: 'PLY', hint: 'Research tools' },
];

export function hasMass(format: ExportFormat): boolean {
  return format === 'mjcf' || format === 'urdf' || format === 'usd';
}

export function canUnite(format: ExportFormat): boolean {
  return !hasMass(format);
}

export function canSeparate(format: ExportFormat): boolean {
  return format === 'obj' || format === 'stl' || format === 'ply';
}

export function canShowSource(format: ExportFormat): boolean {
  return hasMass(format) || format === 'glb';
}

/** One or two sentences about what an export will write, before it does. */
export function whatIsWritten(
  format: ExportFormat,
  options: ExportOptions,
  name: string,
  parts: number,
): string {
  const file = `${name}.${EXPORT_EXTENSIONS[format]}`;
  const physics = 'mass and inertia of the union, in metres';
  const colliders = parts === 1 ? 'one convex collider' : `${parts} convex colliders`;
  if (format === 'urdf')
    return `Writes ${file} with ${colliders}, their meshes in ${name}_meshes, ${physics}.`;
  if (hasMass(format)) return `Writes one file, ${file}: ${colliders} with their meshes, ${physics}.`;
  const bodies = parts === 1 ? '1 part' : `${parts} parts`;
  const whole = options.union ? `${bodies} joined to one closed surface` : `${bodies} as separate bodies`;
  const names = format === 'stl' ? `, ${name}.stl.json with the names that STL cannot hold` : '';
  const each = options.separateParts ? `, and a file per part in ${name}_parts` : '';
  return `Writes ${file} with ${whole}, in metres${names}${each}.`;
}
