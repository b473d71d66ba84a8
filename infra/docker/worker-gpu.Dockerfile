# A worker for one NVIDIA GPU. LIBTENSORFLOW names a CUDA build of TensorFlow's C library or its Python wheel, by
# path in the build context or by address.
FROM nvidia/cuda:12.6.3-cudnn-runtime-ubuntu24.04
COPY --from=node:24-bookworm-slim /usr/local /usr/local
RUN apt-get update && apt-get install -y --no-install-recommends build-essential ca-certificates python3 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /fovea
COPY . .
ARG LIBTENSORFLOW
ENV FOVEA_HOME=/var/lib/fovea
RUN npx -y pnpm@12.21.0 install --frozen-lockfile \
 && node node_modules/prisma/build/index.js generate --no-hints \
 && node apps/cli/src/main.ts backend install tensorflow-gpu --libtensorflow "$LIBTENSORFLOW"
ARG CODE_VERSION
# A forced backend that is missing is an error: this worker never computes on the CPU unnoticed.
ENV FOVEA_CODE_VERSION=${CODE_VERSION} FOVEA_BACKEND=tensorflow-gpu
CMD ["node", "apps/worker/src/main.ts"]
