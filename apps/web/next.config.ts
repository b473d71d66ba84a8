import path from 'node:path';
import type { NextConfig } from 'next';

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  transpilePackages: ['@fovea/client', '@fovea/data', '@fovea/experiments'],
  turbopack: { root: path.join(import.meta.dirname, '../..') },
  headers: async () => [
    {
      // Only what is made to be embedded is shown inside pages of others; the API has headers of its own.
      source: '/((?!embed/|api/).*)',
      headers: [{ key: 'content-security-policy', value: "frame-ancestors 'self'" }],
    },
  ],
  // The type check runs on its own (`npm run types`), with the same compiler and settings.
  typescript: { ignoreBuildErrors: true },
};

export default config;
