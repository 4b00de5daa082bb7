import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/index.css';
import './styles/theme.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/panels.css';
import './styles/dock.css';
import './styles/dialogs.css';
import './styles/reconstruct.css';
import { App } from './app/App';
import { startWindow } from './app/start';
import { readFacts } from './state/facts';
import { createWorkbench } from './state/workbench';

const workbench = createWorkbench(window.halfspace);
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
