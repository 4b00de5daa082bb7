/** A render loop that sleeps: frames are drawn only while something asks for them. */
export interface Loop {
  /** Asks for one frame; any number of calls before it are one. */
  request(): void;
  dispose(): void;
}

/**
 * A frame asked for within this time after the last one belongs to the same motion, ms. Counted to the asking, not to
 * the drawing, so that a machine that needs long for a frame is still seen moving.
 */
const MOTION_GAP = 150;
const SLEEP_AFTER = 500;
const REPORT_EVERY = 250;

/**
 * @param drawFrame draws; `elapsed` is the time since the last frame of the same motion in ms (0 at its start).
 *   Returns true when the next frame is wanted as well.
 * @param onFrameRate gets frames per second at no more than 4 Hz while frames follow each other, null at rest.
 */
export function createLoop(
  drawFrame: (now: number, elapsed: number) => boolean,
  onFrameRate: (framesPerSecond: number | null) => void,
): Loop {
  let handle = 0;
  let last = -Infinity;
  let requestedAt = 0;
  let reportedAt = 0;
  let frames = 0;
  let sleep: ReturnType<typeof setTimeout> | undefined;

  const frame = (now: number): void => {
    handle = 0;
    const elapsed = now - last;
    const moving = requestedAt - last < MOTION_GAP;
    if (!moving) {
      frames = 0;
      reportedAt = now;
    }
    last = now;
    frames += 1;
    if (moving && now - reportedAt >= REPORT_EVERY) {
      onFrameRate(((frames - 1) * 1000) / (now - reportedAt));
      frames = 1;
      reportedAt = now;
    }
    if (drawFrame(now, moving ? elapsed : 0)) request();
    clearTimeout(sleep);
    sleep = setTimeout(() => {
      if (handle === 0) onFrameRate(null);
    }, SLEEP_AFTER);
  };

  const request = (): void => {
    if (handle !== 0) return;
    requestedAt = performance.now();
    handle = requestAnimationFrame(frame);
  };

  return {
    request,
    dispose() {
      cancelAnimationFrame(handle);
      clearTimeout(sleep);
    },
  };
}
