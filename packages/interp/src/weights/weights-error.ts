/** Weights are asked for between layers that have none to speak of. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
  readonly fault = 'input';
  readonly code:
    'NOT_CONNECTED' | 'NOT_LINEAR' | 'NO_WINDOW' | 'NO_CHANNELS' | 'UNKNOWN_PATH' | 'TOO_MANY_PATHS';

  constructor(code: WeightsError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
