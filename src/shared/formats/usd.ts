import type { FormatDescriptor } from './types';

export const usd = {
  id: 'usd',
  name: 'USD',
  title: 'USD',
  file: 'a USD stage',
  extensions: ['usda'],
  export: {
    hint: 'Isaac Sim, Omniverse',
    what: '`UsdPhysics`: rigid body, mass, a convex-hull collider per part',
    upAxis: 'document',
    units: 'stated',
    options: ['includeVisual', 'density', 'upAxis'],
    carries: ['bodies', 'names', 'colours', 'mass', 'colliders', 'visual'],
  },
} as const satisfies FormatDescriptor;
