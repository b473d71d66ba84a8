/**
 * How backends say that a tensor found no room. WASM's allocator aborts, or gives an address at which the next kernel
 * fails; TensorFlow says OOM; JavaScript refuses the array.
 */
const complaints = [
  /memory access out of bounds/,
  /^Aborted\(/,
  /OOM when allocating/,
  /Array buffer allocation failed/,
  /out of (device )?memory/i,
];

/** Whether a backend threw this because memory ran out. Nothing more can be computed in this process then. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && complaints.some((complaint) => complaint.test(error.message));
}
