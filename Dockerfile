# The service as an image: Node and the build; no shell, no npm, no package, and nothing that it writes to.
#
#   docker build -t sentry-monitor .
#   docker run --read-only --cap-drop ALL --ulimit nofile=4096 --env-file .env -v ./config:/app/config:ro \
#     -p 127.0.0.1:3000:3000 sentry-monitor
#
# Commands: docker run ... sentry-monitor node bin/sentry-monitor.js check

FROM node:24.21.0-bookworm-slim AS build
WORKDIR /source
COPY package.json package-lock.json .npmrc ./
# This image has Node, so the package that brings one need not fetch it.
RUN npm ci --ignore-scripts
COPY . .
RUN install -d -o 65532 -g 65532 /app /data
# NOTE: built as the user that serves: Node looks for compiled code by its version, its flags and the user.
USER 65532:65532
RUN node build/build.ts --out /app && chmod -R a+rX,go-w /app

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build --chown=0:0 /app /app
# For a ledger in a volume: LEDGER_URL=sqlite:/data/ledger.db and -v sentry-monitor:/data
COPY --from=build --chown=65532:65532 /data /data
WORKDIR /app
USER 65532:65532
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["node", "bin/health.js"]
CMD ["node", "--max-semi-space-size=4", "--heap-growing-percent=30", "-r", "./apm.cjs", "bin/service.js"]
