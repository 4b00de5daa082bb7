import type { DataReport } from '../../../shared/dataset/report';
import type { ModelEntry } from '../../../shared/contract/learning';
import type { VaeEntry } from '../../../shared/contract/explain';
import type { TrainingConfig } from '../../../shared/recipes/training';
import type { Result } from '../../../shared/result';
import type { ConvexShape } from '../../../shared/shape/types';
import type { WeightSpec } from '../../learning/network/weights';
import type { Exchange } from '../../learning/training/exchange';
import type { LearnerState } from '../../learning/training/state';
import type { ModelAccess } from '../models/model-files';
import type { Course } from '../training/course';
import type { TrainingData } from '../training/messages';

/** Models by what can be done with them, and a note for each that cannot be used. */
export interface ModelLists {
  readonly models: ModelEntry[];
  readonly vaes: VaeEntry[];
  readonly notes: string[];
}

/** What a checkpoint of a configuration holds. */
export interface TrainedWeights {
  readonly weights: readonly WeightSpec[];
  /** Whether the moving average of the weights is there, too. */
  readonly average: boolean;
  /** Of a network that is trained against the first one. */
  readonly discriminator: readonly WeightSpec[] | null;
}

/** What the engine does with one kind of network. */
export interface NetworkEngine<C extends TrainingConfig = TrainingConfig> {
  /** Opens the data of a configuration, and begins or goes on. */
  openCourse(
    config: C,
    data: TrainingData,
    exchange: Exchange,
    resumed: LearnerState | null,
  ): Promise<Result<Course>>;
  trained(config: C): TrainedWeights;
  /** The shape that a preview's logits stand for; absent where previews are pictures. */
  previewShape?(config: C, logits: Float64Array): ConvexShape;
  /** What a folder or file is to who wants to learn from it. */
  describeData(path: string): Promise<DataReport>;
  /** Adds the models that ship. */
  listShipped(lists: ModelLists, access: Pick<ModelAccess, 'modelsFolder'>): Promise<void>;
  /** Adds a model file that a person chose. */
  listFile(lists: ModelLists, name: string, path: string, token: string): Promise<Result<null>>;
}
