import type { ModelCard, ShapeScores } from '../../../shared/contract/learning';
import { significant } from '../../ui/format';

/** Scores by family, and both means by their names. */
export function ScoreTable({ test }: { readonly test: NonNullable<ModelCard['test']> }) {
  const families = Object.entries(test.families).sort(([a], [b]) => a.localeCompare(b));
  return (
    <table className="scores">
      <thead>
        <tr>
          <th scope="col">Family</th>
          <th scope="col">IoU</th>
          <th
            scope="col"
            title="CvxNet's: 100 times the sum of both mean squared distances. Smaller is better."
          >
            Chamfer-L2
          </th>
          <th
            scope="col"
            title="Occupancy Networks': half the sum of both mean distances. Smaller is better."
          >
            Chamfer-L1
          </th>
          <th scope="col" title="Percent within 1 % of the longest edge.">
            F-score
          </th>
        </tr>
      </thead>
      <tbody>
        {families.map(([name, scores]) => (
          <ScoreRow key={name} name={name} scores={scores} />
        ))}
      </tbody>
      <tfoot>
        <ScoreRow name="Mean over families (macro)" scores={test.macro} />
        <ScoreRow name={`Mean over ${test.shapes} shapes (micro)`} scores={test.micro} />
      </tfoot>
    </table>
  );
}

/** Where the data set had no surfaces to compare with. */
const NONE = '–';

function ScoreRow({ name, scores }: { readonly name: string; readonly scores: ShapeScores }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{scores.iou.toFixed(3)}</td>
      <td>{scores.chamferL2 === null ? NONE : significant(scores.chamferL2)}</td>
      <td>{scores.chamferL1 === null ? NONE : significant(scores.chamferL1)}</td>
      <td>{scores.fScore === null ? NONE : `${scores.fScore.toFixed(1)} %`}</td>
    </tr>
  );
}
