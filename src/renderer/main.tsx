import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/index.css';
import './ui/styles/theme.css';
import './ui/styles/base.css';
import './workbench/styles/layout.css';
import './workbench/styles/panels.css';
import './workbench/styles/dock.css';
import './workbench/styles/dialogs.css';
import { App } from './workbench/shell/App';
import { startWindow } from './workbench/shell/start';
import { readFacts } from './workspaces/shape/facts';
import { createWorkbench } from './workbench/state/create';
import { WORKSPACES } from './workspaces';

const workbench = createWorkbench(window.halfspace, WORKSPACES);
window.halfspaceState = () => readFacts(workbench);
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');
void startWindow(workbench).then(() => {
  createRoot(root).render(
    <StrictMode>
      <App workbench={workbench} />
    </StrictMode>,
  );
});
