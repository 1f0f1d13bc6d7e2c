# The application for production: web, workers and schedule all run from this image.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /app
COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes -r requirements/base.txt
# The pages' design systems, with Node in an environment that is left behind.
COPY requirements/node.txt requirements/node.txt
COPY frontend frontend
COPY static static
RUN python -m venv /opt/node \
 && /opt/node/bin/pip install --require-hashes -r requirements/node.txt \
 && /opt/node/bin/python frontend/build.py \
 && rm -rf frontend/node_modules
COPY . .
RUN SECRET_KEY=only-for-collecting STATIC_ROOT=/app/collected python manage.py collectstatic --no-input

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/app/collected FILES_ROOT=/files AWARE_HOME=/tmp/aware
RUN useradd --system --home-dir /app --shell /usr/sbin/nologin aware \
 && install -d -o aware -g aware -m 0700 /files
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
USER aware
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "4", "--threads", "4", "--timeout", "120", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
