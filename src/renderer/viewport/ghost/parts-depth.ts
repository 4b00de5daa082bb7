import {
  DepthTexture,
  MeshBasicMaterial,
  NearestFilter,
  type PerspectiveCamera,
  type Scene,
  Vector2,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three';
import { SHADOW_LAYER } from '../parts/drawn-parts';

/** How far behind a pixel the nearest part lies, for materials that show gaps between the source and the parts. */
export interface PartsDepth {
  readonly uniforms: {
    readonly partsDepth: { readonly value: DepthTexture };
    /** Drawing buffer's size in pixels; the camera's near and far planes in world units. */
    readonly depthSize: { readonly value: Vector2 };
    readonly depthRange: { readonly value: Vector2 };
  };
  /** Renders the parts' depth as the camera sees it; before the frame that uses it. */
  render(renderer: WebGLRenderer, scene: Scene, camera: PerspectiveCamera): void;
  dispose(): void;
}

/** GLSL: world units from this fragment along the view axis to the nearest part; large where there is none. */
export const GAP_GLSL = `
uniform sampler2D partsDepth;
uniform vec2 depthSize;
uniform vec2 depthRange;
float viewDistance(float depth) {
  return depthRange.x * depthRange.y / (depthRange.y - depth * (depthRange.y - depthRange.x));
}
float gapBehind() {
  float depth = texture2D(partsDepth, gl_FragCoord.xy / depthSize).r;
  return depth >= 1.0 ? 1e3 : viewDistance(depth) - viewDistance(gl_FragCoord.z);
}`;

export function createPartsDepth(): PartsDepth {
  const depthTexture = new DepthTexture(1, 1);
  const target = new WebGLRenderTarget(1, 1, {
    depthTexture,
    minFilter: NearestFilter,
    magFilter: NearestFilter,
  });
  const material = new MeshBasicMaterial({ colorWrite: false });
  const uniforms = {
    partsDepth: { value: depthTexture },
    depthSize: { value: new Vector2(1, 1) },
    depthRange: { value: new Vector2(1, 2) },
  };

  return {
    uniforms,
    render(renderer, scene, camera) {
      const size = renderer.getDrawingBufferSize(uniforms.depthSize.value);
      uniforms.depthRange.value.set(camera.near, camera.far);
      if (target.width !== size.x || target.height !== size.y) target.setSize(size.x, size.y);
      const { background } = scene;
      const seen = camera.layers.mask;
      scene.background = null;
      scene.overrideMaterial = material;
      camera.layers.set(SHADOW_LAYER);
      renderer.setRenderTarget(target);
      renderer.clear();
      renderer.render(scene, camera);
      renderer.setRenderTarget(null);
      camera.layers.mask = seen;
      scene.overrideMaterial = null;
      scene.background = background;
    },
    dispose() {
      target.dispose();
      depthTexture.dispose();
      material.dispose();
    },
  };
}
