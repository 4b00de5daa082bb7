export interface ReadOff {
  readonly comments: readonly string[];
  /** [x, y, z] each */
  readonly vertices: readonly (readonly number[])[];
  readonly faces: readonly { readonly corners: readonly number[]; readonly colour: readonly number[] }[];
}

/** Reads OFF as its definition has it: keyword, counts, vertices, faces with an optional colour of three whole numbers. */
export function readOff(text: string): ReadOff {
  const all = text.split('\n').map((line) => line.trim());
  const comments = all.filter((line) => line.startsWith('#'));
  const lines = all.filter((line) => line !== '' && !line.startsWith('#'));
  if (lines[0] !== 'OFF') throw new Error(`keyword ${lines[0]}`);
  const numbers = lines.slice(1).map((line) => line.split(/\s+/).map(Number));
  if (numbers.flat().some((value) => !Number.isFinite(value))) throw new Error('a word that is no number');
  const [[vertexCount, faceCount], ...rest] = numbers;
  if (rest.length !== vertexCount + faceCount) throw new Error(`${rest.length} lines after the counts`);
  const vertices = rest.slice(0, vertexCount);
  if (vertices.some(({ length }) => length !== 3)) throw new Error('a vertex without three coordinates');
  const faces = rest.slice(vertexCount).map(([count, ...values]) => {
    const corners = values.slice(0, count);
    if (count < 3 || corners.length < count || corners.some((v) => !vertices[v])) throw new Error('a face');
    const colour = values.slice(count);
    if (colour.length !== 0 && colour.length !== 3) throw new Error(`a colour of ${colour.length}`);
    return { corners, colour };
  });
  return { comments, vertices, faces };
}

/** The faces as triangles, [T * 9] corners, by fans. */
export function offTriangles({ vertices, faces }: ReadOff): number[] {
  return faces.flatMap(({ corners: [first, ...others] }) =>
    others.slice(1).flatMap((corner, i) => [first, others[i], corner].flatMap((v) => vertices[v])),
  );
}
