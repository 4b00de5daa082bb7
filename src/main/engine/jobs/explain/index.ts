import type { ExplainResults } from '../../../../shared/contract/explain';
import type { JobRequest } from '../../../../shared/contract/jobs';
import type { Result } from '../../../../shared/result';
import type { JobContext } from '../../service/session';
import type { Workshop } from '../index';
import { runAnomaly } from './anomaly';
import { runAnomalyMaps } from './anomaly-maps';
import { runDecodeCodes, runEncodePictures, runExplainPictures } from './codes';
import { runOpenPictures, runReadPictures } from './collections';
import { runDisentanglement } from './disentanglement';
import { runExportMaps } from './export-maps';
import { runExplainParts } from './parts';

type ExplainKind = keyof ExplainResults;
export type ExplainRequest = Extract<JobRequest, { kind: ExplainKind }>;

/** The jobs of the explained VAE. */
export async function runExplain(
  request: ExplainRequest,
  workshop: Workshop,
  context: JobContext,
): Promise<Result<ExplainResults[ExplainKind]>> {
  switch (request.kind) {
    case 'open-pictures':
      return runOpenPictures(request, workshop);
    case 'read-pictures':
      return runReadPictures(request, workshop, context);
    case 'encode-pictures':
      return runEncodePictures(request, workshop, context);
    case 'explain':
      return runExplainPictures(request, workshop, context);
    case 'decode-codes':
      return runDecodeCodes(request, workshop, context);
    case 'anomaly':
      return runAnomaly(request, workshop, context);
    case 'anomaly-maps':
      return runAnomalyMaps(request, workshop, context);
    case 'disentanglement':
      return runDisentanglement(request, workshop, context);
    case 'export-maps':
      return runExportMaps(request, workshop, context);
    case 'explain-parts':
      return runExplainParts(request, workshop, context);
  }
}
