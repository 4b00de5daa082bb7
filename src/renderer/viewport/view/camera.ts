import { type Box3, MOUSE, PerspectiveCamera, Sphere, Spherical, Vector3 } from 'three';
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js';
import type { NamedView } from '../types';

export interface CameraRig {
  readonly camera: PerspectiveCamera;
  readonly controls: OrbitControls;
  /** Whether a person turns, moves or zooms it now. */
  held(): boolean;
  /** Moves on by the time since the last frame (ms); true while still moving. */
  update(elapsed: number): boolean;
  /** Looks at a box from where the camera stands. */
  frame(box: Box3, animated: boolean): void;
  view(name: NamedView): void;
  /** Turns about the target by angles in radians. */
  orbit(azimuth: number, elevation: number): void;
  resize(width: number, height: number): void;
  /** World units per CSS pixel at a point. */
  unitsPerPixel(at: Vector3): number;
  dispose(): void;
}

/** A move to another view takes this long, ms. */
const MOVE_TIME = 140;
const FIELD_OF_VIEW = 32;

/** Azimuth from +z towards +x and polar angle from +y, radians. World space is y-up whatever the source's up axis. */
const VIEWS: Readonly<Record<NamedView, readonly [number, number]>> = {
  front: [0, Math.PI / 2],
  back: [Math.PI, Math.PI / 2],
  right: [Math.PI / 2, Math.PI / 2],
  left: [-Math.PI / 2, Math.PI / 2],
  top: [0, 0],
  bottom: [0, Math.PI],
  home: [(35 * Math.PI) / 180, (66 * Math.PI) / 180],
};

interface Pose {
  readonly target: Vector3;
  readonly spherical: Spherical;
}

/**
 * Perspective camera with orbit controls: drag with the left button on empty space, with the middle one, or with Alt
 * anywhere to orbit; right button or Shift to pan; wheel to zoom to the pointer.
 */
export function createCameraRig(element: HTMLElement, onChange: () => void): CameraRig {
  const camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.01, 100);
  const controls = new OrbitControls(camera, element);
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  controls.mouseButtons = { LEFT: MOUSE.ROTATE, MIDDLE: MOUSE.ROTATE, RIGHT: MOUSE.PAN };
  controls.zoomToCursor = true;
  controls.minDistance = 0.05;
  controls.maxDistance = 40;
  controls.rotateSpeed = 0.9;
  controls.enableDamping = !calm.matches;
  controls.dampingFactor = 0.22;
  let height = 1;
  let move: { from: Pose; to: Pose; progress: number } | null = null;

  const settle = (): void => {
    controls.enableDamping = !calm.matches;
  };
  calm.addEventListener('change', settle);

  const pose = (): Pose => ({
    target: controls.target.clone(),
    spherical: new Spherical().setFromVector3(camera.position.clone().sub(controls.target)),
  });

  /** Where the camera is, or where it is going: a second move starts from what the first one asked for. */
  const destination = (): Pose =>
    move ? { target: move.to.target.clone(), spherical: move.to.spherical.clone() } : pose();

  const apply = ({ target, spherical }: Pose): void => {
    controls.target.copy(target);
    camera.position.setFromSpherical(spherical).add(target);
    controls.update();
  };

  const goTo = (to: Pose, animated: boolean): void => {
    const from = pose();
    // The short way round.
    const turn = to.spherical.theta - from.spherical.theta;
    from.spherical.theta += Math.round(turn / (2 * Math.PI)) * 2 * Math.PI;
    if (!animated || calm.matches) {
      move = null;
      apply(to);
    } else {
      move = { from, to, progress: 0 };
    }
    onChange();
  };

  let held = false;
  const take = (): void => {
    held = true;
    move = null;
  };
  const release = (): void => {
    held = false;
  };
  const [theta, phi] = VIEWS.home;
  apply({ target: new Vector3(), spherical: new Spherical(2.6, phi, theta) });
  controls.addEventListener('start', take);
  controls.addEventListener('end', release);
  controls.addEventListener('change', onChange);

  return {
    camera,
    controls,
    held: () => held,
    update(elapsed) {
      let moving = false;
      if (move) {
        move.progress = Math.min(1, move.progress + Math.max(elapsed, 8) / MOVE_TIME);
        const t = 1 - (1 - move.progress) ** 3;
        const { from, to } = move;
        const spherical = new Spherical(
          from.spherical.radius * (to.spherical.radius / from.spherical.radius) ** t,
          from.spherical.phi + (to.spherical.phi - from.spherical.phi) * t,
          from.spherical.theta + (to.spherical.theta - from.spherical.theta) * t,
        );
        const running = move;
        apply({ target: from.target.clone().lerp(to.target, t), spherical: spherical.makeSafe() });
        if (running.progress >= 1) move = null;
        moving = true;
      } else {
        moving = controls.update();
      }
      const distance = camera.position.distanceTo(controls.target);
      camera.near = Math.max(0.001, distance / 60);
      camera.far = distance * 4 + 16;
      camera.updateProjectionMatrix();
      return moving;
    },
    frame(box, animated) {
      if (box.isEmpty()) return;
      const sphere = box.getBoundingSphere(new Sphere());
      const vertical = (FIELD_OF_VIEW * Math.PI) / 360;
      const half = Math.min(vertical, Math.atan(Math.tan(vertical) * camera.aspect));
      const { spherical } = destination();
      spherical.radius = Math.max(0.08, (sphere.radius / Math.sin(half)) * 1.08);
      goTo({ target: sphere.center.clone(), spherical }, animated);
    },
    view(name) {
      const [theta, phi] = VIEWS[name];
      const { target, spherical } = destination();
      goTo({ target, spherical: new Spherical(spherical.radius, phi, theta).makeSafe() }, true);
    },
    orbit(azimuth, elevation) {
      const { target, spherical } = destination();
      spherical.theta += azimuth;
      spherical.phi += elevation;
      goTo({ target, spherical: spherical.makeSafe() }, false);
    },
    resize(width, newHeight) {
      height = newHeight;
      camera.aspect = width / newHeight;
      camera.updateProjectionMatrix();
    },
    unitsPerPixel(at) {
      const depth = at.clone().sub(camera.position).dot(camera.getWorldDirection(new Vector3()));
      return (2 * Math.max(depth, camera.near) * Math.tan((FIELD_OF_VIEW * Math.PI) / 360)) / height;
    },
    dispose() {
      calm.removeEventListener('change', settle);
      controls.dispose();
    },
  };
}
