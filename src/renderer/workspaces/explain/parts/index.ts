export { PartsView } from './PartsView';
