/** Sends an archive and tells how far it is: `fetch` does not say how much of a body has been sent. */
import { asProblem, ProblemError, type Dataset } from '@fovea/client';
import { API_PATH } from '../api/client.ts';

export interface UploadRequest {
  name: string;
  file: File;
  license: string;
  source: string;
  description: string;
  classFrom: 'folder' | 'parent' | 'none';
}

/** Bytes that have left this machine. */
export type OnProgress = (sent: number, total: number) => void;

export function uploadArchive(
  { name, file, ...facts }: UploadRequest,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Dataset> {
  const query = new URLSearchParams({ fileName: file.name });
  for (const [key, value] of Object.entries(facts)) if (value !== '') query.set(key, value);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `${API_PATH}/datasets/${encodeURIComponent(name)}/archive?${query}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded, total));
    request.addEventListener('load', () => {
      const body = parse(request.responseText);
      if (request.status < 300) resolve(body as Dataset);
      else reject(new ProblemError(asProblem(body, new Response(null, { status: request.status }))));
    });
    request.addEventListener('error', () =>
      reject(new Error('The connection broke before the upload was done')),
    );
    request.addEventListener('abort', () =>
      reject(new DOMException('The upload was cancelled', 'AbortError')),
    );
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
