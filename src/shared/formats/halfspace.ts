import type { FormatDescriptor } from './types';

export const halfspace = {
  id: 'halfspace',
  name: '`.halfspace`',
  title: 'Halfspace project',
  file: 'a project',
  extensions: ['halfspace'],
  read: [{ as: 'project' }],
  save: [{ as: 'project', what: 'the project, replaced atomically' }],
} as const satisfies FormatDescriptor;
