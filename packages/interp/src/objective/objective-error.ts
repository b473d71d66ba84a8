/** An objective asks for what the layer, the picture or the batch at hand does not have. */
export class ObjectiveError extends Error {
  override readonly name = 'ObjectiveError';
  readonly code = 'OBJECTIVE_MISMATCH';
  readonly fault = 'input';
}
