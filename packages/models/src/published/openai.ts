/** OpenAI's CLIP, whose addresses hold the sha256. */
import type { PublishedModel } from './published-model.ts';

type Row = readonly [variant: string, file: string, sha256: string];

const rows: readonly Row[] = [
  ['clip_rn50', 'RN50', 'afeb0e10f9e5a86da6080e35cf09123aca3b358a0c3e3b6c78a7b63bc04b6762'],
  ['clip_rn101', 'RN101', '8fa8567bab74a42d41c5915025a8e4538c3bdbe8804a470a72f30b0d94fab599'],
  ['clip_rn50x4', 'RN50x4', '7e526bd135e493cef0776de27d5f42653e6b4c8bf9e0f653bb11773263205fdd'],
  ['clip_rn50x16', 'RN50x16', '52378b407f34354e150460fe41077663dd5b39c54cd0bfd2b27167a4a06ec9aa'],
  ['clip_rn50x64', 'RN50x64', 'be1cfb55d75a9666199fb2206c106743da0f6468c9d327f3e0d0a543a9919d9c'],
  ['clip_vit_b_32', 'ViT-B-32', '40d365715913c9da98579312b702a82c18be219cc2a73407c4526f58eba950af'],
  ['clip_vit_b_16', 'ViT-B-16', '5806e77cd80f8b59890b7e101eabd078d9fb84e6937f9e85e4ecb61988df416f'],
  ['clip_vit_l_14', 'ViT-L-14', 'b8cca3fd41ae0c99ba7e8951adf17d267cdb84cd88be6f7c2e0eca1737a03836'],
  ['clip_vit_l_14_336', 'ViT-L-14-336px', '3035c92b350959924f9f00213499208652fc7ea050643e8b385c2dac08641f02'],
];

export const openaiModels: readonly PublishedModel[] = rows.map(([name, file, sha256]) => ({
  name,
  architecture: 'clip',
  // OpenAI's own weights were trained with the approximate GELU, those of open_clip with the exact one.
  variant: `${name}_quickgelu`,
  files: [{ url: `https://openaipublic.azureedge.net/clip/models/${sha256}/${file}.pt`, sha256 }],
  weights: `${file}.pt`,
  license: 'MIT',
  page: 'https://github.com/openai/CLIP',
}));
