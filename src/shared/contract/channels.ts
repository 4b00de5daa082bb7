/** Questions of the window that main answers; one per asynchronous method of HalfspaceBridge. */
export const CALLS = {
  chooseFile: 'halfspace:choose-file',
  grantDrop: 'halfspace:grant-drop',
  listSamples: 'halfspace:list-samples',
  grantSample: 'halfspace:grant-sample',
  readSettings: 'halfspace:read-settings',
  writeSettings: 'halfspace:write-settings',
  grantRecovery: 'halfspace:grant-recovery',
  hasRecovery: 'halfspace:has-recovery',
  clearRecovery: 'halfspace:clear-recovery',
  revealGrant: 'halfspace:reveal-grant',
  writeGrant: 'halfspace:write-grant',
  listRuns: 'halfspace:list-runs',
  createRun: 'halfspace:create-run',
  rememberRun: 'halfspace:remember-run',
  grantBestModel: 'halfspace:grant-best-model',
  forgetRun: 'halfspace:forget-run',
  setUnsaved: 'halfspace:set-unsaved',
  setMenu: 'halfspace:set-menu',
  connectEngine: 'halfspace:connect-engine',
} as const;
export type CallName = keyof typeof CALLS;

/** What main tells the window unasked. */
export const EVENTS = {
  enginePort: 'halfspace:engine-port',
  engineState: 'halfspace:engine-state',
  menuCommand: 'halfspace:menu-command',
  openFile: 'halfspace:open-file',
} as const;

/** The window message that carries the engine's port from the preload script into the page. */
export const ENGINE_PORT_MESSAGE = 'halfspace-engine-port';

/** How main tells the sandboxed preload script the version of the product. */
export const VERSION_ARGUMENT = '--halfspace-version=';
