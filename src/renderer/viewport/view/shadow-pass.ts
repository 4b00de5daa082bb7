import {
  Color,
  LinearFilter,
  Mesh,
  MeshBasicMaterial,
  OrthographicCamera,
  PlaneGeometry,
  Scene,
  ShaderMaterial,
  Vector2,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three';
import type { Theme } from '../../../shared/shape/colour';
import { palette } from '../palette';
import { SHADOW_LAYER } from '../parts/drawn-parts';

/** Renders what a soft shadow on the ground covers, into the picture of a square on it. */
export interface ShadowPass {
  readonly mesh: Mesh;
  setTheme(theme: Theme): void;
  /** Renders the shadow of what stands above `height` (world). */
  render(renderer: WebGLRenderer, scene: Scene, height: number): void;
  dispose(): void;
}

const SIZE = 160;
/** Side of the square on the ground that the texture covers, and the height above which nothing casts. */
const EXTENT = 3;
const REACH = 0.75;

const COVERAGE_VERTEX = `
varying float vHeight;
uniform float ground;
void main() {
  vec4 world = modelMatrix * vec4(position, 1.0);
  vHeight = world.y - ground;
  gl_Position = projectionMatrix * viewMatrix * world;
}`;
const COVERAGE_FRAGMENT = `
varying float vHeight;
uniform float reach;
void main() {
  float near = clamp(1.0 - vHeight / reach, 0.0, 1.0);
  gl_FragColor = vec4(0.0, 0.0, 0.0, near * near);
}`;
const BLUR_VERTEX = `
varying vec2 vUv;
void main() { vUv = uv; gl_Position = vec4(position.xy, 0.0, 1.0); }`;
// Nine Gaussian taps as five fetches between texels.
const BLUR_FRAGMENT = `
varying vec2 vUv;
uniform sampler2D map;
uniform vec2 stride;
void main() {
  float sum = 0.227 * texture2D(map, vUv).a;
  sum += 0.316 * (texture2D(map, vUv + stride * 1.385).a + texture2D(map, vUv - stride * 1.385).a);
  sum += 0.0703 * (texture2D(map, vUv + stride * 3.231).a + texture2D(map, vUv - stride * 3.231).a);
  gl_FragColor = vec4(vec3(1.0), sum);
}`;

export function createShadowPass(): ShadowPass {
  const options = { minFilter: LinearFilter, magFilter: LinearFilter };
  const targets = [
    new WebGLRenderTarget(SIZE, SIZE, options),
    new WebGLRenderTarget(SIZE, SIZE, { ...options, depthBuffer: false }),
  ];
  const camera = new OrthographicCamera(-EXTENT / 2, EXTENT / 2, EXTENT / 2, -EXTENT / 2, 0, REACH);
  camera.layers.set(SHADOW_LAYER);
  const coverage = new ShaderMaterial({
    vertexShader: COVERAGE_VERTEX,
    fragmentShader: COVERAGE_FRAGMENT,
    uniforms: { ground: { value: 0 }, reach: { value: REACH } },
    side: 2,
  });
  const blur = new ShaderMaterial({
    vertexShader: BLUR_VERTEX,
    fragmentShader: BLUR_FRAGMENT,
    uniforms: { map: { value: targets[0].texture }, stride: { value: new Vector2() } },
    depthTest: false,
    depthWrite: false,
  });
  const quad = new Mesh(new PlaneGeometry(2, 2), blur);
  quad.frustumCulled = false;
  quad.layers.enable(SHADOW_LAYER);
  const quadScene = new Scene();
  quadScene.add(quad);
  const material = new MeshBasicMaterial({
    map: targets[0].texture,
    transparent: true,
    depthWrite: false,
    toneMapped: false,
  });
  const mesh = new Mesh(new PlaneGeometry(EXTENT, EXTENT), material);
  // The shadow's camera looks up from below, so its image is mirrored on the ground.
  mesh.rotation.x = -Math.PI / 2;
  mesh.scale.y = -1;
  material.side = 2;
  mesh.renderOrder = -1;

  const blurPass = (renderer: WebGLRenderer, from: number, to: number, x: number, y: number): void => {
    blur.uniforms.map.value = targets[from].texture;
    (blur.uniforms.stride.value as Vector2).set(x / SIZE, y / SIZE);
    renderer.setRenderTarget(targets[to]);
    renderer.render(quadScene, camera);
  };

  return {
    mesh,
    setTheme(theme) {
      material.color = new Color(palette(theme).shadow);
      material.opacity = palette(theme).shadowStrength;
    },
    render(renderer, scene, height) {
      mesh.position.y = height + 0.0008;
      camera.position.set(0, height - 0.002, 0);
      camera.up.set(0, 0, 1);
      camera.lookAt(0, height + 1, 0);
      camera.updateMatrixWorld();
      coverage.uniforms.ground.value = height;
      const background = scene.background;
      const clearAlpha = renderer.getClearAlpha();
      scene.background = null;
      scene.overrideMaterial = coverage;
      renderer.setClearAlpha(0);
      renderer.setRenderTarget(targets[0]);
      renderer.clear();
      renderer.render(scene, camera);
      scene.overrideMaterial = null;
      scene.background = background;
      for (const spread of [2, 1]) {
        blurPass(renderer, 0, 1, spread, 0);
        blurPass(renderer, 1, 0, 0, spread);
      }
      renderer.setRenderTarget(null);
      renderer.setClearAlpha(clearAlpha);
    },
    dispose() {
      for (const target of targets) target.dispose();
      coverage.dispose();
      blur.dispose();
      quad.geometry.dispose();
      mesh.geometry.dispose();
      material.dispose();
    },
  };
}
