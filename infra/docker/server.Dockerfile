# API, CPU worker and migrations: one image, three commands.
FROM node:24-bookworm-slim
WORKDIR /fovea
COPY . .
RUN npx -y pnpm@12.21.0 install --frozen-lockfile \
 && node node_modules/prisma/build/index.js generate --no-hints \
 && mkdir -p /var/lib/fovea && chown node /var/lib/fovea
# Part of every run's hash; the repository itself is not in the image.
ARG CODE_VERSION
ENV NODE_ENV=production FOVEA_CODE_VERSION=${CODE_VERSION} FOVEA_HOME=/var/lib/fovea HOST=0.0.0.0
USER node
CMD ["node", "apps/api/src/main.ts"]
