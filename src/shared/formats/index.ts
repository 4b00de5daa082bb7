import { bmp } from './bmp';
import { csv } from './csv';
import { exr } from './exr';
import { mvtec, occupancyNetworks, ped1, shapes, tfrecords } from './folders';
import { glb } from './glb';
import { gltf } from './gltf';
import { halfspace } from './halfspace';
import { idx } from './idx';
import { jpeg } from './jpeg';
import { json } from './json';
import { mjcf } from './mjcf';
import { npy } from './npy';
import { npz } from './npz';
import { obj } from './obj';
import { off } from './off';
import { ply } from './ply';
import { png } from './png';
import { safetensors } from './safetensors';
import { stl } from './stl';
import { svg } from './svg';
import { tiff } from './tiff';
import type { ExportDescriptor, FormatDescriptor, ReadRole, SaveRole } from './types';
import { urdf } from './urdf';
import { usd } from './usd';
import { webp } from './webp';

/**
 * Every format, in the order in which it is offered: exports for physics first, for they are what the parts are for.
 * Dialogs, the command line, detection, writers and the README ask here.
 */
const LIST = [
  mjcf,
  urdf,
  usd,
  glb,
  gltf,
  obj,
  stl,
  ply,
  off,
  npz,
  png,
  exr,
  npy,
  jpeg,
  webp,
  tiff,
  bmp,
  idx,
  mvtec,
  ped1,
  tfrecords,
  occupancyNetworks,
  shapes,
  safetensors,
  halfspace,
  json,
  svg,
  csv,
] as const;

type Listed = (typeof LIST)[number];
export type FormatId = Listed['id'];
/** A format that a shape can be exported in. */
export type ExportFormat = Extract<Listed, { readonly export: ExportDescriptor }>['id'];
/** A format that is read as this. */
export type FormatReadAs<Role extends ReadRole> = Listed extends infer Format
  ? Format extends { readonly read: readonly { readonly as: ReadRole }[]; readonly id: FormatId }
    ? Role extends Format['read'][number]['as']
      ? Format['id']
      : never
    : never
  : never;
/** A format that such a thing is saved in. */
export type FormatSavedAs<Role extends SaveRole> = Listed extends infer Format
  ? Format extends { readonly save: readonly { readonly as: SaveRole }[]; readonly id: FormatId }
    ? Role extends Format['save'][number]['as']
      ? Format['id']
      : never
    : never
  : never;

export const FORMATS: readonly (FormatDescriptor & { readonly id: FormatId })[] = LIST;
