import './src/backends/wasm.ts';
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { registerConv2DBackprop } from './src/kernels/wasm/conv2d-backprop.ts';
if (process.env.THREADS) setThreadsCount(+process.env.THREADS);
await tf.setBackend('wasm'); registerConv2DBackprop();
const N=+(process.env.N??32);
const he=(s:number[])=>tf.variable(tf.randomNormal(s,0,Math.sqrt(2/(s[0]*s[1]*s[2]))) as any) as any;
const P:Record<string,any>={}; let macs=0;
const w=(n:string,s:number[])=>P[n]??=he(s);
const conv=(x:any,n:string,k:number,o:number,stride=1)=>{const f=w(n,[k,k,x.shape[3],o]);const b=P[n+'b']??=tf.variable(tf.zeros([o]));const y:any=tf.conv2d(x,f,stride,'same');macs+=y.size/y.shape[0]*k*k*x.shape[3];return tf.relu(tf.add(y,b)) as any};
const inc=(x:any,n:string,[a,br,b,cr,c,d]:number[])=>tf.concat([conv(x,n+'1',1,a),conv(conv(x,n+'3r',1,br),n+'3',3,b),conv(conv(x,n+'5r',1,cr),n+'5',5,c),conv(tf.maxPool(x,3,1,'same'),n+'p',1,d)],3);
const net=(x:any)=>{let h=conv(x,'c0',7,32,2);h=tf.maxPool(h,3,2,'same');h=conv(h,'c1',1,32);h=conv(h,'c2',3,64);h=tf.maxPool(h,3,2,'same');
 h=inc(h,'3a',[32,32,48,8,16,16]);h=inc(h,'3b',[32,32,64,8,24,24]);h=tf.maxPool(h,3,2,'same');h=inc(h,'4a',[48,40,80,8,24,24]);h=inc(h,'4b',[48,48,96,12,32,32]);
 const g:any=tf.mean(h,[1,2]);const W=P.fc??=tf.variable(tf.randomNormal([g.shape[1],27],0,.05));return tf.matMul(g,W)};
const x=tf.randomUniform([N,64,64,3],-1,1), y=tf.oneHot(tf.range(0,N,1,'int32').mod(tf.scalar(27,'int32')) as any,27).toFloat();
const loss=()=>tf.mean(tf.neg(tf.sum(tf.mul(y,tf.logSoftmax(net(x))),-1))) as any;
macs=0; tf.tidy(()=>{net(x)}); console.log('MMACs',macs/1e6,'params',Object.values(P).reduce((a,p)=>a+p.size,0));
for(const mode of ['fwd','grad']){for(let i=0;i<4;i++){const t=performance.now();tf.tidy(()=>{if(mode==='fwd')(net(x) as any).dataSync();else {const g=tf.variableGrads(loss);g.value.dataSync();for(const k in g.grads)g.grads[k].dataSync()}});console.log(mode,((performance.now()-t)/N).toFixed(2),'ms/img')}}
const pr=await tf.profile(()=>{tf.tidy(()=>{tf.variableGrads(loss)})});
const agg:Record<string,number>={};for(const k of pr.kernels){const t=await k.kernelTimeMs as number;agg[k.name]=(agg[k.name]??0)+t;}
console.log(Object.entries(agg).sort((a,b)=>b[1]-a[1]).map(([k,v])=>k+' '+(v/N).toFixed(3)).slice(0,22).join('\n'));
