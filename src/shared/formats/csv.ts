import type { FormatDescriptor } from './types';

export const csv = {
  id: 'csv',
  name: 'CSV',
  title: 'Table (CSV)',
  file: 'a table',
  extensions: ['csv'],
  save: [{ as: 'table', what: 'curves of training runs' }],
} as const satisfies FormatDescriptor;
