/** A figure of a configuration that a person is likely to change. */
export interface ConfigField {
  /** Place in the configuration, joined by dots. */
  readonly path: string;
  readonly label: string;
  readonly unit?: string;
  /** A list of names, separated by commas; empty stands for none, a null. A number where absent. */
  readonly names?: { readonly empty: string };
  readonly hint: string;
}

/** The figure of a validation by which a run's weights are compared. */
export interface ValidationFigure {
  /** Its name in a run's curve, in a job's figures, and there when it is the best. */
  readonly metric: string;
  readonly figure: string;
  readonly best: string;
  readonly words: string;
  /** Whether more is better. */
  readonly rises: boolean;
  /** Decimal places that it is read with; null for four figures, whatever its size. */
  readonly places: number | null;
  readonly hint: string;
}

/** What both sides know of a kind of network; the engine's own half is in `main/engine/networks`. */
export interface NetworkFacts {
  /** As a text says it, with "a": CvxNet. */
  readonly name: string;
  /** What a list calls one of its models: model. */
  readonly model: string;
  /** The "format" in the header of its model files. */
  readonly modelFormat: string;
  /** What it is for and what is not, where a file holds it and another kind is needed. */
  readonly purpose: string;
  /** Only what learns from pictures can learn from those that ship. */
  readonly learnsFrom: 'shapes' | 'pictures';
  readonly validation: ValidationFigure;
  /** What the command line says of its data and of options of its own. */
  readonly usage: { readonly data: string; readonly options: string };
  /** What the training view says before data was chosen, and before there is a run. */
  readonly dataHint: string;
  readonly invitation: { readonly title: string; readonly text: string; readonly begin: string };
  readonly fields: readonly ConfigField[];
}
