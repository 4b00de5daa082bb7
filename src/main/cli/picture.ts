import type { HalfspaceDocument } from '../../shared/document/types';
import type { Result } from '../../shared/result';
import { writeFileAtomic } from '../files/atomic';
import { encodePng, renderParts } from '../files/image/render-parts';

const WIDTH = 480;
const HEIGHT = 360;

/** Writes a studio picture of a document's parts, each in its colour, as PNG. */
export function writePicture(path: string, { parts, frame }: HalfspaceDocument): Promise<Result<number>> {
  return writeFileAtomic(path, encodePng(WIDTH, HEIGHT, renderParts(parts, frame.upAxis, WIDTH, HEIGHT)));
}
