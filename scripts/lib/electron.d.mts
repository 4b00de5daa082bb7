export interface ElectronChoice {
  readonly executable: string;
  readonly note: string;
}
export function ensureElectron(): Promise<ElectronChoice>;
export function presentElectron(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
  exists: (path: string) => boolean,
): string | null;
export function rememberedFailure(file: string, now: number): string | null;
export function electronFlags(userId?: number): string[];
