/**
 * What torchvision's `Weights` enumerations name: addresses with the first eight digits of the sha256, and lengths.
 * All digits are given where several independent users of a file have recorded the same.
 */
import type { PublishedModel } from './published-model.ts';

type Row = readonly [name: string, architecture: string, file: string, mebibytes: number];

const rows: readonly Row[] = [
  ['alexnet', 'alexnet', 'alexnet-owt-7be5be79', 233.087],
  ['googlenet', 'googlenet', 'googlenet-1378be20', 49.731],
  ['inception_v3', 'inception_v3', 'inception_v3_google-0cc3c7bd', 103.903],
  ['squeezenet1_0', 'squeezenet', 'squeezenet1_0-b66bff10', 4.778],
  ['squeezenet1_1', 'squeezenet', 'squeezenet1_1-b8a52dc0', 4.729],
  ['vgg16', 'vgg', 'vgg16-397923af', 527.796],
  ['vgg16_bn', 'vgg', 'vgg16_bn-6c64b313', 527.866],
  ['vgg19', 'vgg', 'vgg19-dcbb9e9d', 548.051],
  ['vgg19_bn', 'vgg', 'vgg19_bn-c79401a0', 548.143],
  ['resnet18', 'resnet', 'resnet18-f37072fd', 44.661],
  ['resnet34', 'resnet', 'resnet34-b627a593', 83.275],
  ['resnet50', 'resnet', 'resnet50-0676ba61', 97.781],
  ['resnet101', 'resnet', 'resnet101-63fe2227', 170.511],
  ['resnet152', 'resnet', 'resnet152-394f9c45', 230.434],
  ['vit_b_16', 'vit', 'vit_b_16-c867db91', 330.285],
  ['vit_b_32', 'vit', 'vit_b_32-d86f8d99', 336.604],
  ['vit_l_16', 'vit', 'vit_l_16-852ce7e3', 1161.023],
  ['convnext_tiny', 'convnext', 'convnext_tiny-983f1562', 109.119],
  ['convnext_small', 'convnext', 'convnext_small-0c510722', 191.703],
  ['convnext_base', 'convnext', 'convnext_base-6075fbad', 338.064],
];

const sha256InFull: Readonly<Record<string, string>> = {
  'resnet18-f37072fd': 'f37072fd47e89c5e827621c5baffa7500819f7896bbacec160b1a16c560e07ec',
  'resnet50-0676ba61': '0676ba61b6795bbe1773cffd859882e5e297624d384b6993f7c9e683e722fb8a',
  'vgg16-397923af': '397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0',
};

function published([name, architecture, file, mebibytes]: Row): PublishedModel {
  return {
    name,
    architecture,
    variant: name,
    files: [
      {
        url: `https://download.pytorch.org/models/${file}.pth`,
        mebibytes,
        sha256: sha256InFull[file] ?? file.slice(-8),
      },
    ],
    weights: `${file}.pth`,
    license: 'BSD-3-Clause; trained on ImageNet, whose terms may bind besides',
    page: `https://docs.pytorch.org/vision/stable/models/generated/torchvision.models.${name}.html`,
  };
}

/** The first weights of each; the crop differs from that of classification where the second are meant. */
export const torchvisionModels: readonly PublishedModel[] = [
  ...rows.map(published),
  {
    ...published(['resnet50_v2', 'resnet', 'resnet50-11ad3fa6', 97.79]),
    variant: 'resnet50',
    page: 'https://docs.pytorch.org/vision/stable/models/generated/torchvision.models.resnet50.html',
    crop: 224 / 232,
  },
];
