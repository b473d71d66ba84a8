import { describe, expect, test } from 'vitest';
import { configuredClasses } from './config-classes.ts';
import { configuredPreprocessing } from './config-preprocessing.ts';

const half = [0.5, 0.5, 0.5];

describe('the preprocessing', () => {
  test("of transformers' vision transformers is resized to a square", () => {
    const preprocessor = {
      do_normalize: true,
      image_mean: half,
      image_std: half,
      resample: 2,
      size: { height: 224, width: 224 },
    };
    expect(configuredPreprocessing({ preprocessor })).toEqual({
      height: 224,
      width: 224,
      crop: 1,
      scale: 1,
      mean: half,
      std: half,
      interpolation: 'bilinear',
    });
  });

  test('of CLIP and DINOv2 is cropped from a resized photograph', () => {
    const preprocessor = {
      size: { shortest_edge: 256 },
      crop_size: { height: 224, width: 224 },
      do_center_crop: true,
      resample: 3,
    };
    const { height, crop, interpolation, mean } = configuredPreprocessing({ preprocessor });
    expect({ height, crop, interpolation, mean }).toEqual({
      height: 224,
      crop: 0.875,
      interpolation: 'bicubic',
      mean: undefined,
    });
  });

  test('of ConvNeXt states the share that is kept', () => {
    const preprocessor = { size: { shortest_edge: 224 }, crop_pct: 0.875 };
    expect(configuredPreprocessing({ preprocessor })).toMatchObject({ height: 224, width: 224, crop: 0.875 });
  });

  test.each([
    { image_processor_type: 'ConvNextImageProcessor' },
    { feature_extractor_type: 'ConvNextFeatureExtractor' },
  ])('of a large ConvNeXt is whole: %o', (type) => {
    const preprocessor = { ...type, size: 384, crop_pct: 0.875 };
    expect(configuredPreprocessing({ preprocessor })).toMatchObject({ height: 384, width: 384, crop: 1 });
    expect(configuredPreprocessing({ preprocessor: { ...preprocessor, size: 224 } }).crop).toBe(0.875);
  });

  test('without rescaling or normalising keeps the values of pixels', () => {
    const preprocessor = { size: 64, do_rescale: false, do_normalize: false };
    const expected = { height: 64, scale: 255, mean: [0, 0, 0], std: [1, 1, 1] };
    expect(configuredPreprocessing({ preprocessor })).toMatchObject(expected);
  });

  test('of timm lies in its configuration', () => {
    const cfg = { input_size: [3, 192, 256], crop_pct: 0.9, interpolation: 'bicubic', mean: half, std: half };
    const expected = { height: 192, width: 256, crop: 0.9, interpolation: 'bicubic', mean: half, std: half };
    expect(configuredPreprocessing({ config: { architecture: 'vit', pretrained_cfg: cfg } })).toEqual(
      expected,
    );
    expect(configuredPreprocessing({ config: cfg })).toEqual(expected);
  });

  test('of open_clip lies in its configuration', () => {
    const config = {
      model_cfg: { vision_cfg: { image_size: 224 } },
      preprocess_cfg: { mean: half, std: half },
    };
    expect(configuredPreprocessing({ config })).toMatchObject({
      height: 224,
      width: 224,
      mean: half,
      crop: 1,
    });
  });

  test('is left open where nothing lies beside the weights, or something else', () => {
    expect(configuredPreprocessing({})).toEqual({});
    expect(
      configuredPreprocessing({ config: { _class_name: 'UNet2DConditionModel', sample_size: 64 } }),
    ).toEqual({});
  });
});

describe('the classes', () => {
  test('are in the order of their numbers', () => {
    expect(configuredClasses({ id2label: { 1: 'goldfish', 0: 'tench' } })).toEqual(['tench', 'goldfish']);
    expect(configuredClasses({ pretrained_cfg: { label_names: ['a', 'b'] } })).toEqual(['a', 'b']);
  });

  test('are none where they were not named, or not all', () => {
    expect(configuredClasses({ id2label: { 0: 'LABEL_0', 1: 'LABEL_1' } })).toBeUndefined();
    expect(configuredClasses({ id2label: { 0: 'tench', 2: 'shark' } })).toBeUndefined();
    expect(configuredClasses(undefined)).toBeUndefined();
  });
});
