export const datasetHref = (name: string): string => `/datasets/${encodeURIComponent(name)}`;
