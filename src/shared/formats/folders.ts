import type { FormatDescriptor } from './types';

const folder = <Id extends string, As extends 'collection' | 'data-set'>(id: Id, name: string, as: As) =>
  ({
    id,
    name,
    title: name,
    file: 'a folder',
    extensions: [],
    read: [{ as }],
  }) as const satisfies FormatDescriptor;

/** Collections and data sets that are folders: told by what lies in them, so no dialog needs an extension. */
export const mvtec = folder('mvtec', 'MVTec AD', 'collection');
export const ped1 = folder('ped1', 'UCSD Ped1', 'collection');
export const tfrecords = folder('tfrecords', 'TFRecords', 'data-set');
export const occupancyNetworks = folder('occupancy-networks', "Occupancy Networks' folders", 'data-set');
export const shapes = folder('shapes', 'our own', 'data-set');
