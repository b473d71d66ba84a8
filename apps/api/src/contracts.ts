/** All that the API promises. */
import type { RouteContract } from './http/contract.ts';
import * as annotations from './resources/annotations/contract.ts';
import * as artifacts from './resources/artifacts/contract.ts';
import * as checkpoints from './resources/checkpoints/contract.ts';
import * as circuits from './resources/circuits/contract.ts';
import * as datasets from './resources/datasets/contract.ts';
import * as estimates from './resources/estimates/contract.ts';
import * as events from './resources/events/contract.ts';
import * as images from './resources/images/contract.ts';
import * as indexes from './resources/indexes/contract.ts';
import * as kinds from './resources/kinds/contract.ts';
import * as layers from './resources/layers/contract.ts';
import * as models from './resources/models/contract.ts';
import * as objects from './resources/objects/contract.ts';
import * as operations from './resources/operations/contract.ts';
import * as runs from './resources/runs/contract.ts';
import * as search from './resources/search/contract.ts';
import * as units from './resources/units/contract.ts';
import * as workers from './resources/workers/contract.ts';

export const contracts: readonly RouteContract[] = [
  models.listModels,
  models.getModel,
  models.listLayers,
  models.registerModel,
  layers.getLayer,
  layers.listLayerPictures,
  layers.getCorrelations,
  search.searchUnits,
  circuits.findCircuit,
  circuits.listCircuits,
  circuits.createCircuit,
  circuits.getCircuit,
  circuits.putCircuit,
  circuits.deleteCircuit,
  units.listUnits,
  units.getUnit,
  units.getActivationMaps,
  units.listUnitExamples,
  units.getUnitTable,
  units.getUnitArchive,
  units.listExpandedWeights,
  annotations.getAnnotations,
  annotations.listAnnotations,
  annotations.putNote,
  annotations.putTag,
  annotations.deleteTag,
  annotations.listTags,
  annotations.listComments,
  annotations.createComment,
  annotations.putComment,
  annotations.deleteComment,
  checkpoints.putCheckpoint,
  images.createImage,
  datasets.listDatasets,
  datasets.getDataset,
  datasets.registerDataset,
  datasets.putDatasetObject,
  datasets.putDatasetArchive,
  datasets.putStimulusSet,
  datasets.removeDataset,
  datasets.listDatasetClasses,
  datasets.listDatasetImages,
  datasets.getDatasetImage,
  datasets.getDatasetImageFile,
  datasets.getDatasetImageThumbnail,
  datasets.getDatasetImageInput,
  kinds.listKinds,
  kinds.getKind,
  estimates.createEstimate,
  indexes.createIndexEstimate,
  indexes.createIndex,
  indexes.listIndexes,
  indexes.getIndex,
  indexes.createIndexPause,
  indexes.createIndexResumption,
  indexes.createIndexCancellation,
  indexes.createUnitInterest,
  runs.createRun,
  runs.listRuns,
  runs.getRun,
  runs.createCancellation,
  runs.createRetry,
  runs.createDuplicate,
  events.listRunEvents,
  artifacts.listRunArtifacts,
  artifacts.getArtifact,
  objects.getObject,
  workers.listWorkers,
  operations.getHealth,
  operations.getReadiness,
  operations.getMetrics,
];
