"""How many examples the property tests draw: few while writing, the same every time in a check, many overnight."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("dev", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dev"), max_examples=100, derandomize=True, print_blob=True)
settings.register_profile("nightly", settings.get_profile("dev"), max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("CIVICVOL_PROFILE") or os.environ.get("HYPOTHESIS_PROFILE") or "dev")
