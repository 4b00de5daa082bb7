/** What something that a person chose to learn from is, found out at once and without reading it. */
export interface DataReport {
  /** "Our own data set: 1,200 shapes, 3 categories" */
  readonly what: string;
  /** Why a network of the kind that was asked for cannot be trained on it, and what would do; null when it can. */
  readonly unfit: { readonly message: string; readonly hint: string } | null;
  /** Meshes in it of which a data set can be made. */
  readonly meshes: number;
}
