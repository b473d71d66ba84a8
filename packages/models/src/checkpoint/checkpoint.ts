/** What the rest of the system asks of a file of weights, whatever its format. */
export interface Checkpoint extends AsyncDisposable {
  readonly format: 'safetensors';
  /** Free text that the file carries about itself. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly dtype: string }>;
  /** The values of one tensor in row-major order, as float32 whatever they are stored as. */
  read(name: string): Promise<Float32Array>;
}
