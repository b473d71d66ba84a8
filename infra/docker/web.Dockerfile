FROM node:24-bookworm-slim
ENV NEXT_TELEMETRY_DISABLED=1
WORKDIR /fovea
COPY . .
RUN npx -y pnpm@12.21.0 install --frozen-lockfile && cd apps/web && node_modules/.bin/next build
USER node
WORKDIR /fovea/apps/web
CMD ["node_modules/.bin/next", "start", "--hostname", "0.0.0.0", "--port", "3000"]
