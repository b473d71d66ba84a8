/** What can be wrong with a text or with a vocabulary. */
import { ModelError } from '../errors.ts';

export class TextTooLongError extends ModelError {
  constructor(tokens: number, contextLength: number) {
    super(
      'TEXT_TOO_LONG',
      `The text takes ${tokens} tokens with its start and end, and the context holds ${contextLength}: shorten it, or allow truncation.`,
    );
  }
}

export class MalformedVocabularyError extends ModelError {
  constructor(source: string, fault: string, options?: ErrorOptions) {
    super('MALFORMED_VOCABULARY', `${source} is not a vocabulary of CLIP's form: ${fault}.`, options);
  }
}

export class UnknownTokenError extends ModelError {
  constructor(id: number, size: number) {
    super('UNKNOWN_TOKEN', `No token has the id ${id}: the vocabulary's ids are 0 to ${size - 1}.`);
  }
}
