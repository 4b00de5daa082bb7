import type { FormatDescriptor } from './types';

/** The files have no extension of their own (`train-images-idx3-ubyte`), unless they are packed. */
export const idx = {
  id: 'idx',
  name: "MNIST's IDX",
  title: 'MNIST, packed',
  file: 'an IDX array',
  extensions: ['gz'],
  read: [{ as: 'collection' }],
} as const satisfies FormatDescriptor;
