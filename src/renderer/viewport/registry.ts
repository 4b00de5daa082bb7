import type { LayerDescriptor } from './layer';
import type { ToolDescriptor } from './tool';

/** Every layer in `layers/`, in the order in which they are drawn. */
export const LAYERS: readonly LayerDescriptor[] = Object.values(
  import.meta.glob<LayerDescriptor>(['./layers/*.ts', '!./layers/*.test.ts'], {
    eager: true,
    import: 'layer',
  }),
).sort(byOrder);

/** Every tool in `tools/`, in the order in which they are drawn. */
export const TOOLS: readonly ToolDescriptor[] = Object.values(
  import.meta.glob<ToolDescriptor>(['./tools/*.ts', '!./tools/*.test.ts'], { eager: true, import: 'tool' }),
).sort(byOrder);

function byOrder(a: { readonly order: number }, b: { readonly order: number }): number {
  return a.order - b.order;
}
