import type { FormatDescriptor } from './types';

export const tiff = {
  id: 'tiff',
  name: 'TIFF',
  title: 'TIFF image',
  file: 'a TIFF image',
  extensions: ['tif', 'tiff'],
  read: [{ as: 'collected-picture' }],
} as const satisfies FormatDescriptor;
