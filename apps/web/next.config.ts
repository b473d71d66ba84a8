import path from 'node:path';
import type { NextConfig } from 'next';

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  transpilePackages: ['@fovea/client', '@fovea/experiments'],
  turbopack: { root: path.join(import.meta.dirname, '../..') },
  // The type check runs on its own (`npm run types`), with the same compiler and settings.
  typescript: { ignoreBuildErrors: true },
};

export default config;
