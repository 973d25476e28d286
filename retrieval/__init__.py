"""Documents -> passages -> index -> answer."""

import os

# ONNX Runtime reports to its maker from 1.29 on, unless this is set before it is loaded. Kutip reports to nobody.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
