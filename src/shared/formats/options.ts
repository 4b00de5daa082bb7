import { z } from 'zod';
import type { ExportFormat } from './index';
import { EXPORT_FORMATS, exportOf, formatOf } from './lookup';
import type { ExportOption } from './types';

/** kg per cubic metre: water. */
export const DEFAULT_DENSITY = 1000;

/** How an option is asked for: its flag on the command line with the help there, and the words of the dialog. */
export interface OptionWords {
  readonly flag: string;
  /** What the flag takes; null for a switch. */
  readonly takes: string | null;
  readonly help: string;
  readonly title: string;
  readonly hint: string | null;
}

export const EXPORT_OPTIONS: Readonly<Record<ExportOption, OptionWords>> = {
  separateParts: {
    flag: 'separate',
    takes: null,
    help: 'one file per part beside the whole',
    title: 'A file per part',
    hint: 'Beside the whole',
  },
  union: {
    flag: 'union',
    takes: null,
    help: 'one watertight surface instead of a body per part',
    title: 'One closed surface',
    hint: 'Instead of one body per part',
  },
  includeVisual: {
    flag: 'visual',
    takes: null,
    help: 'write the source mesh as the visual',
    title: 'Source as the visual',
    hint: 'The parts collide, the source is seen',
  },
  density: {
    flag: 'density',
    takes: '<n>',
    help: `kg per cubic metre (default: ${DEFAULT_DENSITY})`,
    title: 'Density',
    hint: null,
  },
  upAxis: {
    flag: 'up',
    takes: 'y|z',
    help: "up axis of the file (default: the format's own)",
    title: 'Up axis',
    hint: null,
  },
};

export const OPTION_NAMES = Object.keys(EXPORT_OPTIONS) as readonly ExportOption[];

export function takesOption(format: ExportFormat, option: ExportOption): boolean {
  return exportOf(format).options.includes(option);
}

/** The formats that take an option. */
export function formatsWith(option: ExportOption): readonly ExportFormat[] {
  return EXPORT_FORMATS.filter((format) => takesOption(format, option));
}

export const exportFormatSchema = z.enum(EXPORT_FORMATS);

/** What is asked of an export; `refusedOption` says what a format does not take. */
export const exportOptionsSchema = z.object({
  /** One file per part beside the whole; physics formats always have one collider per part. */
  separateParts: z.boolean().default(false),
  /** The parts united into one watertight surface instead of a body per part. */
  union: z.boolean().default(false),
  /** kg / m^3, for mass and inertia. */
  density: z.number().positive().default(DEFAULT_DENSITY),
  /** Up axis of the written file; the format's own when absent. */
  upAxis: z.enum(['y', 'z']).optional(),
  /** The source mesh as the visual. */
  includeVisual: z.boolean().default(false),
});
export type ExportOptions = z.infer<typeof exportOptionsSchema>;

/** The first option that is asked for and that the format does not take, with the reason; null when all is well. */
export function refusedOption(
  format: ExportFormat,
  options: ExportOptions,
): { readonly option: ExportOption; readonly message: string } | null {
  const asked: Readonly<Record<ExportOption, boolean>> = {
    separateParts: options.separateParts,
    union: options.union,
    includeVisual: options.includeVisual,
    density: options.density !== DEFAULT_DENSITY,
    upAxis: options.upAxis !== undefined,
  };
  const option = OPTION_NAMES.find((name) => asked[name] && !takesOption(format, name));
  if (!option) return null;
  const { title } = EXPORT_OPTIONS[option];
  const message = `${formatOf(format).name} has no "${title}": it is for ${formatsWith(option).join(', ')}`;
  return { option, message };
}
