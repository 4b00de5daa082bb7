import { count, mass, volume } from '../../../ui/format';
import { useSlice } from '../../../workbench/state/hooks';
import { FactList, type Fact } from '../../../ui/FactList';
import { shapeSlice } from '../state';

/** The shape in numbers; they follow every drag. */
export function Facts() {
  const figures = useSlice(shapeSlice, (state) => state.figures);
  const density = useSlice(shapeSlice, (state) => state.density);
  if (!figures) return null;
  const { unionVolume, sumOfVolumes, iou } = figures;
  const overlap = unionVolume === null ? null : Math.max(0, sumOfVolumes - unionVolume);
  const facts: Fact[] = [
    {
      name: 'IoU',
      value: iou === null ? 'no source' : iou.toFixed(3),
      hint: 'Shared volume over joint volume of parts and source, on 10,000 held-out points. 1 is perfect.',
      id: 'fact-iou',
    },
    { name: 'Parts', value: count(figures.parts), id: 'fact-parts' },
    { name: 'Planes', value: count(figures.planes) },
    { name: 'Vertices', value: count(figures.vertices), id: 'fact-vertices' },
    {
      name: 'Volume',
      value: unionVolume === null ? '...' : volume(unionVolume),
      hint: 'Volume of the union: what parts share counts once.',
      id: 'fact-volume',
    },
    {
      name: 'Sum of parts',
      value:
        overlap === null
          ? volume(sumOfVolumes)
          : `${volume(sumOfVolumes)}${overlapShare(overlap, sumOfVolumes)}`,
      hint: 'What the parts add up to when shared volume counts for each of them.',
    },
    {
      name: 'Mass',
      value: unionVolume === null ? '...' : mass(unionVolume * density),
      hint: `Of the union, at ${count(density)} kg/m\u00B3. The export dialog sets the density.`,
    },
  ];
  return <FactList title="Shape" facts={facts} />;
}

function overlapShare(overlap: number, sum: number): string {
  return sum > 0 ? ` (${((100 * overlap) / sum).toFixed(1)} % shared)` : '';
}
