/** Google's frozen graphs. */
import type { PublishedModel } from './published-model.ts';

export const tensorflowModels: readonly PublishedModel[] = [
  {
    name: 'inception5h',
    architecture: 'inception_v1',
    files: [
      {
        url: 'https://storage.googleapis.com/download.tensorflow.org/models/inception5h.zip',
        bytes: 49937555,
        sha256: 'd13569f6a98159de37e92e9c8ec4dae8f674fbf475f69fe6199b514f756d4364',
      },
    ],
    weights: 'tensorflow_inception_graph.pb',
    classes: { file: 'imagenet_comp_graph_label_strings.txt', logits: 1008 },
    license: 'Apache-2.0',
    page: 'https://github.com/google/deepdream/blob/master/dream.ipynb',
  },
];
