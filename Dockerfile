# Two stages: the first prepares the embedding model with torch; the second answers without it, a quarter of the size.
# docs/running.md says how to run it. PYTHON is one of 3.11 or newer.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS prepare
RUN pip install --no-cache-dir torch --index-url https://download.pytorch.org/whl/cpu
WORKDIR /src
COPY . .
RUN pip install --no-cache-dir . && pip wheel --no-cache-dir --no-deps --wheel-dir /made/wheels .
RUN mkdir /made/knowledge && echo "Kutip quotes." > /made/knowledge/a.txt \
  && KUTIP_KNOWLEDGE=/made/knowledge KUTIP_DATA=/made/data kutip index && mv /made/data/models/*/ /made/model

FROM python:${PYTHON}-slim
COPY requirements-run.txt /tmp/requirements-run.txt
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r /tmp/requirements-run.txt
COPY --from=prepare /made/wheels /tmp/wheels
RUN pip install --no-cache-dir --no-deps /tmp/wheels/*.whl
COPY --from=prepare /made/model /opt/kutip/model
RUN useradd --system --uid 10001 --no-create-home --home-dir /kutip kutip \
  && mkdir -p /kutip/knowledge /kutip/data && chown kutip:kutip /kutip/data
ENV KUTIP_MODEL=/opt/kutip/model KUTIP_KNOWLEDGE=/kutip/knowledge KUTIP_DATA=/kutip/data KUTIP_METRICS_PORT=9464
WORKDIR /kutip
USER kutip
VOLUME ["/kutip/knowledge", "/kutip/data"]
# The bot says so itself: there is an index to answer from, and Telegram was heard of. A bot that ends, ends the container.
HEALTHCHECK --interval=1m --timeout=5s --start-period=10m CMD ["python", "-c", "import os, urllib.request as r; r.build_opener(r.ProxyHandler({})).open(f'http://127.0.0.1:{os.environ[\"KUTIP_METRICS_PORT\"]}/healthz')"]
ENTRYPOINT ["kutip"]
CMD ["bot"]
