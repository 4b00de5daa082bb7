import type { GhostGeometry, ViewportState } from '../types';

/** Whether the camera shall look at everything anew after a state, and how it gets there. */
export type Reframing = 'none' | 'jump' | 'move';

/** Notices what is worth a look at everything: content where none was, another source, an explosion and its end. */
export interface Framing {
  /**
   * @param empty nothing is drawn
   * @param held a person holds the camera, who is not to be overruled
   */
  next(state: ViewportState, empty: boolean, held: boolean): Reframing;
}

export function createFraming(): Framing {
  let ghost: GhostGeometry | null = null;
  let explode: number | null = null;
  let framed = false;
  return {
    next(state, empty, held) {
      const fresh = state.ghost !== null && state.ghost !== ghost;
      const apart = explode !== null && state.explode !== explode && !held;
      ghost = state.ghost;
      explode = state.explode;
      const before = framed;
      framed = !empty;
      if (empty) return 'none';
      if (!before) return 'jump';
      return fresh || apart ? 'move' : 'none';
    },
  };
}
