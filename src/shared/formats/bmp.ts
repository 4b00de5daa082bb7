import type { FormatDescriptor } from './types';

export const bmp = {
  id: 'bmp',
  name: 'BMP',
  title: 'Bitmap',
  file: 'a bitmap',
  extensions: ['bmp'],
  read: [{ as: 'collected-picture' }],
} as const satisfies FormatDescriptor;
