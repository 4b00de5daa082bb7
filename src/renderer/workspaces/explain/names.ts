import type { CollectionPicture, OpenedCollection } from '../../../shared/contract/explain';
import { className } from './labels';
import type { ExplainState } from './state';

/** What a picture is, in one line. */
export function describePicture(
  { id, class: ofClass, anomalous }: CollectionPicture,
  collection: Pick<OpenedCollection, 'classes'>,
): string {
  const name = className(collection, ofClass);
  const words = [
    // A bare number beside a digit's class reads as the digit.
    /^\d+$/.test(id) ? `No. ${id}` : id,
    name === null ? null : `class ${name}`,
    anomalous === null ? null : anomalous ? 'anomalous' : 'normal',
  ];
  return words.filter((word) => word !== null).join(', ');
}

/** The name of a picture of the shown split, by its index; its index alone while it was not read yet. */
export function pictureName(
  { pictures, collection }: Pick<ExplainState, 'pictures' | 'collection'>,
  index: number,
): string {
  const picture = pictures.get(index);
  return picture && collection ? describePicture(picture, collection.opened) : `Picture ${index}`;
}
