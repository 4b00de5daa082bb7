import { createDialog } from './handle';

export const devicesDialog = createDialog('devices');
export const paletteDialog = createDialog('palette');
export const shortcutsDialog = createDialog('shortcuts');
