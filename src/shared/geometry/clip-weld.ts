/** A boundary as loops of vertex keys per plane; the keys are those of whoever made it. */
export interface Loops {
  /** The plane of each loop. */
  readonly planes: number[];
  /** Counter-clockwise from outside. */
  readonly loops: number[][];
}

/**
 * Joins vertices: `target[v]` is the vertex that v becomes part of (itself if none). Repeated corners leave the loops,
 * faces left with fewer than three corners vanish, and so do vertices left on fewer than three faces (they lie on a
 * straight edge). Returns what remains, or undefined when that is no sphere of distinct corners (V - E + F = 2).
 * An empty result means that the body collapsed.
 */
export function weldLoops(source: Loops, target: ArrayLike<number>): Loops | undefined {
  let planes = source.planes;
  let loops = source.loops.map((loop) => loop.map((vertex) => target[vertex]));
  for (;;) {
    const faces = facesPerVertex(loops);
    let changed = false;
    const nextPlanes: number[] = [];
    const nextLoops: number[][] = [];
    for (let index = 0; index < loops.length; index++) {
      const before = loops[index];
      const loop = before.filter(
        (vertex, at) =>
          vertex !== before[(at + before.length - 1) % before.length] && faces.get(vertex)! >= 3,
      );
      if (loop.length !== before.length) changed = true;
      if (loop.length < 3) {
        changed = true;
        continue;
      }
      nextPlanes.push(planes[index]);
      nextLoops.push(loop);
    }
    planes = nextPlanes;
    loops = nextLoops;
    if (!changed) break;
  }
  if (loops.length < 4) return { planes: [], loops: [] };
  return isSphere(loops) ? { planes, loops } : undefined;
}

function facesPerVertex(loops: readonly number[][]): Map<number, number> {
  const faces = new Map<number, number>();
  for (const loop of loops) {
    for (const vertex of new Set(loop)) faces.set(vertex, (faces.get(vertex) ?? 0) + 1);
  }
  return faces;
}

/** Every loop without repeated corners, every directed edge once and its reverse once, and V - E + F = 2. */
export function isSphere(loops: readonly (readonly number[])[]): boolean {
  const vertices = new Set<number>();
  const edges = new Set<string>();
  let corners = 0;
  for (const loop of loops) {
    if (new Set(loop).size !== loop.length) return false;
    for (let at = 0; at < loop.length; at++) {
      vertices.add(loop[at]);
      edges.add(`${loop[at]} ${loop[(at + 1) % loop.length]}`);
      corners++;
    }
  }
  if (edges.size !== corners || vertices.size - corners / 2 + loops.length !== 2) return false;
  for (const edge of edges) {
    const [from, to] = edge.split(' ');
    if (!edges.has(`${to} ${from}`)) return false;
  }
  return true;
}
