import type { FormatDescriptor } from './types';

export const png = {
  id: 'png',
  name: 'PNG',
  title: 'PNG image',
  file: 'a PNG image',
  extensions: ['png'],
  read: [{ as: 'depth', name: '16-bit grey PNG' }, { as: 'picture' }, { as: 'collected-picture' }],
  save: [{ as: 'picture', what: 'curves, maps over pictures, renderings' }],
} as const satisfies FormatDescriptor;
