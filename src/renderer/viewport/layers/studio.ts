import { CanvasTexture, DirectionalLight, HemisphereLight, SRGBColorSpace, Vector3 } from 'three';
import type { Theme } from '../../../shared/shape/colour';
import type { LayerDescriptor } from '../layer';
import { palette } from '../palette';

/** Where the lights stand relative to the camera: right, up, back. */
const KEY = new Vector3(-0.55, 0.85, 0.75);
const FILL = new Vector3(0.95, 0.1, 0.45);

/** Backdrop and lights of a neutral studio. */
export const layer: LayerDescriptor = {
  name: 'studio',
  order: 0,
  create({ scene, camera }) {
    const hemisphere = new HemisphereLight('#ffffff', '#8d8f98', 1.25);
    const key = new DirectionalLight('#fffaf2', 1.75);
    const fill = new DirectionalLight('#e6eeff', 0.5);
    scene.add(hemisphere, key, fill);
    let backdrop: CanvasTexture | null = null;
    return {
      update({ theme }, previous) {
        if (previous?.theme === theme) return;
        backdrop?.dispose();
        backdrop = gradient(theme);
        scene.background = backdrop;
        hemisphere.groundColor.set(theme === 'dark' ? '#6a6c76' : '#a9abb2');
      },
      // The key and fill lights follow the camera, so that every view is lit alike.
      frame() {
        key.position.copy(KEY).applyQuaternion(camera.camera.quaternion);
        fill.position.copy(FILL).applyQuaternion(camera.camera.quaternion);
      },
      dispose() {
        backdrop?.dispose();
        scene.background = null;
        scene.remove(hemisphere, key, fill);
      },
    };
  },
};

function gradient(theme: Theme): CanvasTexture {
  const { backgroundTop, backgroundBottom } = palette(theme);
  const canvas = document.createElement('canvas');
  canvas.width = 2;
  canvas.height = 128;
  const context = canvas.getContext('2d');
  if (context) {
    const colours = context.createLinearGradient(0, 0, 0, canvas.height);
    colours.addColorStop(0, backgroundTop);
    colours.addColorStop(1, backgroundBottom);
    context.fillStyle = colours;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  return texture;
}
