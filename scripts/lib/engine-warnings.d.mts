export function withoutKnownEngines(output: string): {
  readonly rest: string;
  readonly explanation: string | null;
};
