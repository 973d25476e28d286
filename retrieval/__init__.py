"""Documents -> passages -> index -> answer."""

import os

# ONNX Runtime reports to its maker from 1.29 on, unless this is set before it is loaded. Kutip reports to nobody.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# The products of NumPy here take a millisecond or two on one thread. On several, those would go on spinning for a while
# and slow down the models that run next: by a third, from some thousand passages on.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
