import type { MethodScores, ModelEntry, ShapeScores } from '../../src/shared/contract/learning';

/** The card as a page: how the model was made and what it scores, with every baseline. */
export function cardPage(
  { name, bytes, sha256, card }: ModelEntry,
  methods: readonly MethodScores[],
): string {
  const { network, training } = card;
  const families = Object.keys(methods[0].families);
  const cell = (value: number | null | undefined, digits: number): string =>
    value === null || value === undefined ? '–' : value.toFixed(digits);
  const scores = ({ iou, chamferL2, chamferL1, fScore }: ShapeScores): string =>
    `${cell(iou, 3)} | ${cell(chamferL2, 3)} | ${cell(chamferL1, 4)} | ${cell(fScore, 1)}`;
  const best = card.curve.length === 0 ? null : Math.max(...card.curve.map(([, iou]) => iou));
  return `# ${card.title}

| what | value |
| --- | --- |
| name | \`${name}\` |
| data | ${card.data} |
| network | ${network.inputSize} pixels, ${network.inputChannels} channels, encoder ${network.encoderWidth} of ResNet-18, code ${network.latent}, ${network.parts} parts of ${network.planes} planes |
| parameters | ${card.parameters.toLocaleString('en')} |
| file | ${(bytes / 1e6).toFixed(1)} MB in half precision, SHA-256 \`${sha256}\` |
| training | seed ${training.seed}, ${card.stepsDone} steps, ${card.samplesSeen.toLocaleString('en')} samples; best validation IoU ${cell(best, 3)} |

![Validation IoU over steps](curve.svg)

Held-out shapes, one view each. IoU of the network on its smooth field (CvxNet's definition) on all box samples, of the others on their surface's inside; Chamfer and F-score on 100,000 surface points each. The direct fit and the refinement are on some of the shapes.

## Mean over families (macro)

| method | shapes | IoU | Chamfer-L2 x 100 | Chamfer-L1 | F-score, % |
| --- | --- | --- | --- | --- | --- |
${methods.map((one) => `| ${one.method} | ${one.shapes} | ${scores(one.macro)} |`).join('\n')}

## Mean over shapes (micro)

| method | shapes | IoU | Chamfer-L2 x 100 | Chamfer-L1 | F-score, % |
| --- | --- | --- | --- | --- | --- |
${methods.map((one) => `| ${one.method} | ${one.shapes} | ${scores(one.micro)} |`).join('\n')}

## IoU by family

| family | ${methods.map(({ method }) => method).join(' | ')} |
| --- | ${methods.map(() => '---').join(' | ')} |
${families.map((family) => `| ${family} | ${methods.map((one) => cell(one.families[family]?.iou, 3)).join(' | ')} |`).join('\n')}
`;
}

const WIDTH = 640;
const HEIGHT = 280;
const LEFT = 48;
const BOTTOM = 36;

/** The validation curve as a drawing. */
export function curveDrawing(curve: readonly (readonly [number, number])[]): string {
  const last = Math.max(1, ...curve.map(([step]) => step));
  const x = (step: number): string => (LEFT + ((WIDTH - LEFT - 12) * step) / last).toFixed(1);
  const y = (iou: number): string => (HEIGHT - BOTTOM - (HEIGHT - BOTTOM - 12) * iou).toFixed(1);
  const lines = [0, 0.2, 0.4, 0.6, 0.8, 1].map(
    (iou) =>
      `<line x1="${LEFT}" x2="${WIDTH - 12}" y1="${y(iou)}" y2="${y(iou)}" stroke="#8884"/><text x="${LEFT - 6}" y="${y(iou)}" dy="4" text-anchor="end">${iou.toFixed(1)}</text>`,
  );
  const points = curve.map(([step, iou]) => `${x(step)},${y(iou)}`).join(' ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#777">
${lines.join('\n')}
<polyline points="${points}" fill="none" stroke="#3a6fe4" stroke-width="2"/>
<text x="${x(last)}" y="${HEIGHT - 14}" text-anchor="end">${last} steps</text>
<text x="${LEFT}" y="${HEIGHT - 14}">validation IoU (macro)</text>
</svg>
`;
}
