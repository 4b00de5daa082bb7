import { openModelByDialog } from '../models/load';
import type { Workbench } from '../../workbench/state/workbench';
import { exportCurvesCsv, exportCurvesPng } from './export';
import type { TrainCommandId } from './reasons';
import { resumeTraining, startTraining, stopTraining, togglePause } from './run';
import { openRunByDialog } from './runs';
import { beginSetup, chooseData } from './setup';

/** What each command of training does. */
export const TRAIN_ACTIONS: Readonly<Record<TrainCommandId, (workbench: Workbench) => void>> = {
  'train.new': beginSetup,
  'train.choose-data': (workbench) => void chooseData(workbench),
  'train.start': (workbench) => void startTraining(workbench),
  'train.pause': togglePause,
  'train.stop': stopTraining,
  'train.resume': (workbench) => void resumeTraining(workbench),
  'train.open-run': (workbench) => void openRunByDialog(workbench),
  'train.export-png': (workbench) => void exportCurvesPng(workbench),
  'train.export-csv': (workbench) => void exportCurvesCsv(workbench),
  'model.open': (workbench) => void openModelByDialog(workbench),
};
