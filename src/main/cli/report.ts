import { writeFile } from 'node:fs/promises';
import type { FitOptions, ShapeFigures } from '../../shared/contract/jobs';
import type { HalfspaceDocument } from '../../shared/document/types';
import { polytopeMass } from '../../shared/geometry/mass';
import { partPolytope } from '../../shared/shape/explicit';

/** The report of a fit or an evaluation; what each figure means is in the README, "Metrics". */
export interface ShapeReport {
  readonly input: string;
  readonly model: string | null;
  readonly modelHash: string | null;
  readonly seed: number | null;
  readonly options: FitOptions | null;
  readonly backend: string;
  readonly secondsPerStage: Readonly<Record<string, number>>;
  readonly shape: ShapeFigures & { readonly overlapVolume: number };
  readonly parts: readonly PartReport[];
}

interface PartReport {
  readonly id: string;
  readonly name: string;
  readonly planes: number;
  readonly vertices: number;
  /** Cubic metres; 0 for a part whose planes leave nothing. */
  readonly volume: number;
}

export function describeParts(document: HalfspaceDocument): readonly PartReport[] {
  const cubicMetres = document.frame.metresPerUnit ** 3;
  return document.parts.map((part) => {
    const polytope = partPolytope(part);
    return {
      id: part.id,
      name: part.name,
      planes: part.planes.length,
      vertices: polytope.ok ? polytope.value.vertices.length / 3 : 0,
      volume: polytope.ok ? polytopeMass(polytope.value).volume * cubicMetres : 0,
    };
  });
}

export function withOverlap(figures: ShapeFigures): ShapeReport['shape'] {
  return { ...figures, overlapVolume: figures.sumOfVolumes - figures.unionVolume };
}

export function writeReport(path: string, report: ShapeReport): Promise<void> {
  return writeJson(path, report);
}

export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** The figures in one line, as the window says them. */
export function figuresLine(figures: ShapeFigures): string {
  const chamfer = figures.chamferL1 === null ? '' : `, Chamfer-L1 ${figures.chamferL1.toFixed(4)}`;
  const fScore = figures.fScore === null ? '' : `, F-score ${figures.fScore.toFixed(1)} %`;
  return (
    `${figures.partCount} parts, ${figures.totalVertices} vertices, IoU ${figures.iou.toFixed(3)}` +
    ` (smooth ${figures.smoothIou.toFixed(3)})${chamfer}${fScore}`
  );
}
