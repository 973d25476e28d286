# Two stages: the first prepares the embedding model with torch; the second answers without it, a quarter of the size.
# docs/running.md says how to run it. PYTHON is one of 3.11 or newer.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS prepare
RUN pip install --no-cache-dir torch --index-url https://download.pytorch.org/whl/cpu
WORKDIR /src
COPY . .
RUN pip install --no-cache-dir . && pip wheel --no-cache-dir --no-deps --wheel-dir /made/wheels .
RUN KUTIP_DATA=/made/data kutip index && mv /made/data/models/*/ /made/model

FROM python:${PYTHON}-slim
COPY requirements-run.txt /tmp/requirements-run.txt
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r /tmp/requirements-run.txt
COPY --from=prepare /made/wheels /tmp/wheels
RUN pip install --no-cache-dir --no-deps /tmp/wheels/*.whl
COPY --from=prepare /made/model /opt/kutip/model
RUN useradd --system --uid 10001 --no-create-home --home-dir /kutip kutip \
  && mkdir -p /kutip/knowledge /kutip/data && chown kutip:kutip /kutip/data
ENV KUTIP_MODEL=/opt/kutip/model KUTIP_KNOWLEDGE=/kutip/knowledge KUTIP_DATA=/kutip/data
WORKDIR /kutip
USER kutip
VOLUME ["/kutip/knowledge", "/kutip/data"]
# There is an index to answer from. Whether Telegram is reached it does not tell: the log does. A bot that ends, ends the
# container.
HEALTHCHECK --interval=1m --timeout=5s --start-period=10m CMD ["sh", "-c", "test -s \"$KUTIP_DATA/index/current\""]
ENTRYPOINT ["kutip"]
CMD ["bot"]
