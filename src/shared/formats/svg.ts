import type { FormatDescriptor } from './types';

export const svg = {
  id: 'svg',
  name: 'SVG',
  title: 'SVG drawing',
  file: 'a drawing',
  extensions: ['svg'],
  save: [{ as: 'drawing', what: 'polygons of a flat fit as a drawing' }],
} as const satisfies FormatDescriptor;
