'use client';
import type { Dataset } from '@fovea/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { uploadArchive, type UploadRequest } from './upload-archive.ts';

/** Bytes of the file: sent, and in all. */
export interface UploadProgress {
  sent: number;
  total: number;
}

/** One upload at a time: start it, see how far it is, or cancel it. */
export function useUpload(onDone: (dataset: Dataset) => void) {
  const queries = useQueryClient();
  const [progress, setProgress] = useState<UploadProgress>({ sent: 0, total: 0 });
  const running = useRef<AbortController>(null);
  const upload = useMutation({
    mutationFn: (request: UploadRequest) => {
      running.current = new AbortController();
      setProgress({ sent: 0, total: request.file.size });
      return uploadArchive(request, (sent, total) => setProgress({ sent, total }), running.current.signal);
    },
    onSuccess: async (dataset) => {
      await queries.invalidateQueries({ queryKey: ['datasets'] });
      onDone(dataset);
    },
  });
  return { ...upload, progress, cancel: () => running.current?.abort() };
}
