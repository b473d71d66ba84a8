/**
 * Draws eight digits of each class with a registered MNIST diffusion transformer, one class per row:
 *
 *     npx node scripts/mnist-digits.ts <model> <picture.png>
 */
import { loadRegisteredModel, sampleDigits } from '../packages/models/src/index.ts';
import { startBackend, tf } from '../packages/tensor/src/index.ts';
import sharp from 'sharp';

const rows = 10;
const columns = 8;
const side = 28;
const enlarged = 2;

const [name, picture] = process.argv.slice(2);
if (!name || !picture) throw new Error('Usage: npx node scripts/mnist-digits.ts <model> <picture.png>');

await startBackend();
const model = await loadRegisteredModel(name);
const digits = Array.from({ length: rows * columns }, (_, index) => Math.floor(index / columns));
const sampled = sampleDigits(model, digits, { seed: 7 });
const sheet = tf.tidy(() =>
  sampled.reshape([rows, columns, side, side]).transpose([0, 2, 1, 3]).mul(255).round().toInt(),
);
const pixels = Uint8Array.from(await sheet.data());
tf.dispose([sampled, sheet]);
model.dispose();
await sharp(pixels, { raw: { width: columns * side, height: rows * side, channels: 1 } })
  .resize(columns * side * enlarged, undefined, { kernel: 'nearest' })
  .png({ compressionLevel: 9 })
  .toFile(picture);
