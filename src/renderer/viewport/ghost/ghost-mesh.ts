import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  Group,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  Points,
  PointsMaterial,
} from 'three';
import type { Theme } from '../../../shared/shape/colour';
import { palette } from '../palette';
import { GAP_GLSL, type PartsDepth } from './parts-depth';
import { SHADOW_LAYER } from '../parts/drawn-parts';
import type { GhostGeometry } from '../types';

/** The source as a see-through body (or points) in the parts' space. */
export interface GhostMesh {
  readonly group: Group;
  /** Returns true when what is drawn changed. `alone`: no part is drawn, so the ghost casts the shadow. */
  update(ghost: GhostGeometry | null, opacity: number, theme: Theme, alone: boolean): boolean;
  /** Whether the next frame compares the ghost with the parts' depth. */
  needsPartsDepth(): boolean;
  dispose(): void;
}

/** The gap to the parts behind it at which a see-through ghost has its full opacity, learning units. */
const FULL_GAP = 0.045;
/** Opacities from which on the ghost covers the parts rather than showing its gaps to them, until at 1 it hides them. */
const COVERING = [0.6, 1] as const;

/**
 * A see-through mesh is drawn twice: depth only, then colour where it is nearest. So its own far side never shows
 * through in triangle order, and parts inside it do. In front of parts it is as dense as the gap between the two is
 * deep: a fit that follows the source is not stained by it, and what the fit leaves out shows as mist.
 */
export function createGhostMesh(partsDepth: PartsDepth): GhostMesh {
  const group = new Group();
  const depth = new MeshBasicMaterial({ colorWrite: false, side: DoubleSide });
  const surface = new MeshLambertMaterial({ flatShading: true, side: DoubleSide });
  const dots = new PointsMaterial({ size: 2.2, sizeAttenuation: false });
  const gapFade = { value: 0 };
  surface.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, partsDepth.uniforms, { gapFade });
    shader.fragmentShader = shader.fragmentShader
      .replace('void main() {', `uniform float gapFade;${GAP_GLSL}\nvoid main() {`)
      .replace(
        '#include <opaque_fragment>',
        `if (gapFade > 0.0) {
          float dense = smoothstep(0.0, ${FULL_GAP.toFixed(4)}, gapBehind());
          diffuseColor.a *= mix(1.0, dense, gapFade);
        }
        #include <opaque_fragment>`,
      );
  };
  let geometry: BufferGeometry | null = null;
  let shown: GhostGeometry | null = null;
  let key = '';

  const build = (ghost: GhostGeometry | null): void => {
    geometry?.dispose();
    geometry = null;
    group.clear();
    shown = ghost;
    if (!ghost || ghost.positions.length === 0) return;
    geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(ghost.positions, 3));
    if (ghost.indices) {
      geometry.setIndex(new BufferAttribute(ghost.indices, 1));
      const first = new Mesh(geometry, depth);
      first.renderOrder = 1;
      const second = new Mesh(geometry, surface);
      second.renderOrder = 2;
      group.add(first, second);
    } else {
      const points = new Points(geometry, dots);
      points.renderOrder = 2;
      group.add(points);
    }
  };

  return {
    group,
    update(ghost, opacity, theme, alone) {
      const nextKey = `${opacity} ${theme} ${alone}`;
      if (ghost === shown && nextKey === key) return false;
      if (ghost !== shown) build(ghost);
      key = nextKey;
      group.visible = opacity > 0;
      for (const material of [surface, dots]) {
        material.color.set(palette(theme).ghost);
        material.opacity = opacity;
        if (material.transparent !== opacity < 1) material.needsUpdate = true;
        material.transparent = opacity < 1;
        material.depthWrite = opacity >= 1;
      }
      depth.transparent = opacity < 1;
      depth.needsUpdate = true;
      const covering = (opacity - COVERING[0]) / (COVERING[1] - COVERING[0]);
      gapFade.value = alone ? 0 : 1 - Math.min(1, Math.max(0, covering));
      group.children.forEach((child, index) => {
        if (index === group.children.length - 1 && alone) child.layers.enable(SHADOW_LAYER);
        else child.layers.disable(SHADOW_LAYER);
        if (index === 0 && group.children.length === 2) child.visible = opacity < 1;
      });
      return true;
    },
    needsPartsDepth: () => group.visible && shown?.indices != null && gapFade.value > 0,
    dispose() {
      geometry?.dispose();
      depth.dispose();
      surface.dispose();
      dots.dispose();
    },
  };
}
