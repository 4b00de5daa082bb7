import type { ShapeDataset, ShapeId } from '../../../shared/dataset/types';

/**
 * Several data sets as one: the shapes of every split after one another, so that what any of them holds out stays
 * held out. A shape's id begins with its data set's number, because two sets may use the same names.
 *
 * @param datasets at least one; one alone is returned as it is
 */
export function joinDatasets(datasets: readonly ShapeDataset[]): ShapeDataset {
  if (datasets.length === 1) return datasets[0];
  const named = ({ id, family }: ShapeId, number: number): ShapeId => ({ id: `${number}-${id}`, family });
  const home = (id: string): readonly [ShapeDataset, string] => {
    const end = id.indexOf('-');
    const dataset: ShapeDataset | undefined = datasets[Number(id.slice(0, end)) - 1];
    // The first one says that it does not know a name that is none of ours.
    return end > 0 && dataset ? [dataset, id.slice(end + 1)] : [datasets[0], id];
  };
  return {
    name: datasets.map(({ name }) => name).join(' + '),
    families: [...new Set(datasets.flatMap(({ families }) => families))],
    shapes: (split) => datasets.flatMap((set, i) => set.shapes(split).map((shape) => named(shape, i + 1))),
    read: async (id) => {
      const [dataset, own] = home(id);
      const shape = await dataset.read(own);
      return shape.ok ? { ok: true, value: { ...shape.value, id } } : shape;
    },
    surface: (id) => {
      const [dataset, own] = home(id);
      return dataset.surface(own);
    },
  };
}
