import type { InputIssue } from './kind-schema.ts';

/** The input does not fit the model that it names. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
  readonly code = 'INPUT_INVALID';
  readonly fault = 'input';
  readonly details: { readonly issues: readonly InputIssue[] };

  constructor(issues: readonly InputIssue[]) {
    super(issues.map(({ message }) => message).join('. '));
    this.details = { issues };
  }
}
