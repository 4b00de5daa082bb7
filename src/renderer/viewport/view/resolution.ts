import type { WebGLRenderer } from 'three';

/** Draws fewer pixels while a slow machine moves, all of them once it rests. */
export interface Resolution {
  /** Tells the time since the last frame of the same motion, ms (0 at its start), before a frame is drawn. */
  frame(elapsed: number): void;
  /** CSS pixels. */
  resize(width: number, height: number): void;
  /** Full resolution for the next frame. */
  sharpen(): void;
  dispose(): void;
}

/** A motion is slow when its frames take longer than this on average, ms; the first few frames decide nothing. */
const SLOW = 45;
const ENOUGH_FRAMES = 3;
/** Share of the full resolution per axis while moving slowly, and the rest after which the picture is drawn whole,
 * at least: on a machine that needs longer for a frame, this many of its frames. */
const COARSE = 0.55;
const REST = 220;
const REST_FRAMES = 3;

/** @param redraw asks for the sharp frame after a coarse motion */
export function createResolution(renderer: WebGLRenderer, redraw: () => void): Resolution {
  let width = 1;
  let height = 1;
  let coarse = false;
  let frames = 0;
  let average = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const apply = (): void => {
    renderer.setPixelRatio(devicePixelRatio * (coarse ? COARSE : 1));
    renderer.setSize(width, height, false);
  };
  const sharpen = (): void => {
    clearTimeout(rest);
    frames = 0;
    if (!coarse) return;
    coarse = false;
    apply();
  };

  return {
    frame(elapsed) {
      if (elapsed === 0) {
        frames = 0;
        average = 0;
      } else {
        frames += 1;
        average += (elapsed - average) / Math.min(frames, 6);
      }
      if (!coarse && frames >= ENOUGH_FRAMES && average > SLOW) {
        coarse = true;
        apply();
      }
      if (!coarse) return;
      clearTimeout(rest);
      rest = setTimeout(
        () => {
          sharpen();
          redraw();
        },
        Math.max(REST, REST_FRAMES * average),
      );
    },
    resize(newWidth, newHeight) {
      width = newWidth;
      height = newHeight;
      apply();
    },
    sharpen,
    dispose: () => clearTimeout(rest),
  };
}
