export function readWorkingTree(folder: string): Promise<ReadonlyMap<string, string> | null>;
export function changedPaths(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[];
