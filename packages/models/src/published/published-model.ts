/** Where the standard checkpoints come from. */
export interface PublishedFile {
  readonly url: string;
  /** Where it belongs, relative to the model's folder. Default: the last part of the address. */
  readonly name?: string;
  readonly bytes?: number;
  /** As published, to three decimals, where the exact length is not. */
  readonly mebibytes?: number;
  /** As much of its beginning as is published: torchvision states eight digits. */
  readonly sha256?: string;
  /** Where the host states length and sha256 of the file in the form of Git LFS. */
  readonly lfsPointer?: string;
}

export interface PublishedModel {
  readonly name: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly files: readonly PublishedFile[];
  /** What to import of the files, unpacked if they are an archive. Default: the folder of them. */
  readonly weights?: string;
  /** A text file of class names, one a line, among the files. */
  readonly classes?: { readonly file: string; readonly logits: number };
  /** Where it differs from that of the variant's preprocessing. */
  readonly crop?: number;
  readonly license: string;
  /** What describes the checkpoint. */
  readonly page: string;
}

export function fileName({ name, url }: PublishedFile): string {
  return name ?? decodeURIComponent(new URL(url).pathname.split('/').at(-1)!);
}
