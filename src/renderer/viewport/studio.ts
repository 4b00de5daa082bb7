import {
  type Camera,
  CanvasTexture,
  DirectionalLight,
  HemisphereLight,
  type Scene,
  SRGBColorSpace,
  Vector3,
} from 'three';
import type { Theme } from '../../shared/shape/colour';
import { palette } from './palette';

/** Backdrop and lights of a neutral studio. */
export interface Studio {
  setTheme(theme: Theme): void;
  /** Lets the key and fill lights follow the camera, so that every view is lit alike. */
  follow(camera: Camera): void;
  dispose(): void;
}

/** Where the lights stand relative to the camera: right, up, back. */
const KEY = new Vector3(-0.55, 0.85, 0.75);
const FILL = new Vector3(0.95, 0.1, 0.45);

export function createStudio(scene: Scene): Studio {
  const hemisphere = new HemisphereLight('#ffffff', '#8d8f98', 1.25);
  const key = new DirectionalLight('#fffaf2', 1.75);
  const fill = new DirectionalLight('#e6eeff', 0.5);
  scene.add(hemisphere, key, fill);
  let backdrop: CanvasTexture | null = null;

  return {
    setTheme(theme) {
      const { backgroundTop, backgroundBottom } = palette(theme);
      const canvas = document.createElement('canvas');
      canvas.width = 2;
      canvas.height = 128;
      const context = canvas.getContext('2d');
      if (context) {
        const gradient = context.createLinearGradient(0, 0, 0, canvas.height);
        gradient.addColorStop(0, backgroundTop);
        gradient.addColorStop(1, backgroundBottom);
        context.fillStyle = gradient;
        context.fillRect(0, 0, canvas.width, canvas.height);
      }
      backdrop?.dispose();
      backdrop = new CanvasTexture(canvas);
      backdrop.colorSpace = SRGBColorSpace;
      scene.background = backdrop;
      hemisphere.groundColor.set(theme === 'dark' ? '#6a6c76' : '#a9abb2');
    },
    follow(camera) {
      key.position.copy(KEY).applyQuaternion(camera.quaternion);
      fill.position.copy(FILL).applyQuaternion(camera.quaternion);
    },
    dispose() {
      backdrop?.dispose();
      scene.remove(hemisphere, key, fill);
    },
  };
}
