import { runApplication } from './desktop/application';

runApplication(__dirname);
