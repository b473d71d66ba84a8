/** What can go wrong between an official source and this machine. */
import { closest } from '../closest.ts';
import { ModelError } from '../errors.ts';
import type { PublishedFile, PublishedModel } from './published-model.ts';

export class UnknownPublishedModelError extends ModelError {
  readonly nearest: readonly string[];

  constructor(name: string, known: readonly string[]) {
    const nearest = closest(name, known);
    const advice = nearest.length > 0 ? ` Did you mean ${nearest.join(', ')}?` : '';
    super(
      'UNKNOWN_PUBLISHED_MODEL',
      `No official source of "${name}" is known.${advice} \`fovea model pull --list\` shows all; other weights are registered with \`fovea model import PATH\`.`,
    );
    this.nearest = nearest;
  }
}

/** The source could not be reached, or did not give the file, however often it was asked. */
export class DownloadFailedError extends ModelError {
  constructor(url: string, fault: string, options?: ErrorOptions) {
    super('DOWNLOAD_FAILED', `${url} cannot be downloaded: ${fault}.`, options);
  }
}

/** The bytes are not those that were published. They are not kept. */
export class WrongDownloadError extends ModelError {
  constructor(url: string, measure: 'sha256' | 'length', expected: string, found: string) {
    super(
      'WRONG_DOWNLOAD',
      `${url} is not what was published: its ${measure} is ${found}, it should be ${expected}. ` +
        'It was deleted. Try again; if that does not help, the file or the way to it has been changed.',
    );
  }
}

/** There is no way to the source from here: what to do by hand. */
export class ManualDownloadError extends ModelError {
  constructor(published: PublishedModel, cause: DownloadFailedError) {
    const { name, architecture, variant, files, weights, crop } = published;
    const downloads = files.map((file) => `  ${file.url}${known(file)}`);
    const unpack = files.some(({ url }) => url.endsWith('.zip')) ? ', and unpack it' : '';
    const path = weights ?? 'the folder';
    super(
      'MANUAL_DOWNLOAD',
      [
        cause.message,
        '',
        `To register ${name} by hand, download on a machine with network, into one folder${unpack}:`,
        ...downloads,
        'Then, here:',
        `  npm run fovea -- model import ${path} --name ${name} --architecture ${architecture}` +
          (variant === undefined ? '' : ` --variant ${variant}`) +
          (crop === undefined ? '' : ` --crop ${crop}`),
      ].join('\n'),
      { cause },
    );
  }
}

function known({ bytes, mebibytes, sha256 }: PublishedFile): string {
  const facts = [
    bytes === undefined ? [] : `${bytes} bytes`,
    mebibytes === undefined ? [] : `${mebibytes} MiB`,
    sha256 === undefined ? [] : `sha256 ${sha256}${sha256.length < 64 ? '…' : ''}`,
  ].flat();
  return facts.length > 0 ? ` (${facts.join(', ')})` : '';
}
