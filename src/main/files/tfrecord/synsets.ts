/** The 13 classes of ShapeNet that Occupancy Networks and CvxNet use, by WordNet synset. */
export const SHAPENET_CLASSES: ReadonlyMap<string, string> = new Map([
  ['02691156', 'airplane'],
  ['02828884', 'bench'],
  ['02933112', 'cabinet'],
  ['02958343', 'car'],
  ['03001627', 'chair'],
  ['03211117', 'display'],
  ['03636649', 'lamp'],
  ['03691459', 'speaker'],
  ['04090263', 'rifle'],
  ['04256520', 'sofa'],
  ['04379243', 'table'],
  ['04401088', 'telephone'],
  ['04530566', 'watercraft'],
]);
