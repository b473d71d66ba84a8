import { preprocess, runNetwork } from '@fovea/models';
import { compile, tf, startBackend } from '@fovea/tensor';
import { defaultClassifier, LABEL_SMOOTHING, trainingImages } from '../../../../apps/cli/src/train/default-classifier.ts';
import { classifierGradient } from './classifier-gradient.ts';
import { initialParameters } from './parameters.ts';
await startBackend({});
const classifier = defaultClassifier();
const { network, preprocessing, classes } = classifier;
const images = trainingImages();
const B = 64;
let t = performance.now();
const pixels = new Float32Array(B*64*64*3); const bytes = new Uint8Array(pixels.length); const labels = new Int32Array(B);
for (let i=0;i<B;i++){ const im = images.image('train', i*7); pixels.set(im.pixels, i*64*64*3); bytes.set(im.pixels,i*64*64*3); labels[i]=im.label; }
console.log('draw ms', performance.now()-t);
const N = network.parameters;
const threads = Number(process.argv[2] ?? 2);
const size = (s: readonly number[]) => s.reduce((a,b)=>a*b,1);
t = performance.now();
const compiled = await compile(({ parameters, mean, square, image, label, rate, c1, c2 }) => {
  let start = 0;
  const weights = network.tensors.map(({ shape, toEngine }) => {
    const stored = tf.slice(parameters!, [start], [size(shape)]).reshape([...shape]); start += size(shape);
    return toEngine ? stored.transpose([...toEngine]) : stored;
  });
  const input = preprocess(image!.div(255) as tf.Tensor4D, preprocessing);
  const targets = tf.oneHot(label as tf.Tensor1D, classes).mul(1-LABEL_SMOOTHING).add(LABEL_SMOOTHING/classes);
  let logits: tf.Tensor;
  const { value, grads } = tf.valueAndGrads((...ws: tf.Tensor[]) => {
    const map = new Map(ws.map((w,i)=>[network.tensors[i]!.name, w]));
    logits = tf.keep(runNetwork(network, map, input)[network.output]!.clone());
    return targets.mul(tf.logSoftmax(logits)).sum().neg() as tf.Scalar;
  })(weights);
  const gradient = tf.concat(grads.map((g,i)=>{ const { toEngine, shape } = network.tensors[i]!; return (toEngine ? g.transpose(shape.map((_,a)=>toEngine.indexOf(a))) : g).flatten(); }));
  const correct = logits!.argMax(-1).equal(label!).cast('float32').sum();
  const norm = gradient.square().sum().sqrt().div(B);
  const g = gradient.mul(tf.minimum(1, tf.div(1, norm)).div(B));
  const m = mean!.mul(0.9).add(g.mul(0.1));
  const s = square!.mul(0.98).add(g.square().mul(0.02));
  const dir = m.div(c1!).div(s.div(c2!).sqrt().add(1e-8));
  const p = parameters!.sub(rate!.mul(dir));
  return { loss: value, correct, parameters: p, mean: m, square: s, gradient };
}, { threads, inputs: { parameters:{shape:[N]}, mean:{shape:[N]}, square:{shape:[N]}, image:{shape:[B,64,64,3]}, label:{shape:[B],dtype:'int32'}, rate:{shape:[]}, c1:{shape:[]}, c2:{shape:[]} } });
console.log('compile ms', performance.now()-t);
const p0 = initialParameters(network, 0);
const feeds = { parameters: p0, mean: new Float32Array(N), square: new Float32Array(N), image: pixels, label: labels, rate: Float32Array.of(0.003), c1: Float32Array.of(0.1), c2: Float32Array.of(0.02) };
for (let k=0;k<8;k++){ t=performance.now(); const r = await compiled.run(feeds); console.log('step', (performance.now()-t).toFixed(1), r.loss![0], r.correct![0]); }
const r = await compiled.run(feeds);
for (let k=0;k<3;k++){ t=performance.now(); const e = await classifierGradient(classifier, p0, { pixels: bytes, labels }, LABEL_SMOOTHING); console.log('eager', (performance.now()-t).toFixed(1), e.loss);
 if(k===0){ let w=0, a=0; e.gradient.forEach((v,i)=>{ w=Math.max(w,Math.abs(v-r.gradient![i]!)); a=Math.max(a,Math.abs(v)); }); console.log('grad err', w/a); } }
console.log(N);
