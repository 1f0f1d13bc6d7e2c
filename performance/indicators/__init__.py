"""The catalogue: one reviewed definition a file. `INDICATORS` holds them by slug."""

from importlib import import_module
from pkgutil import iter_modules

from performance.measures import Indicator

INDICATORS: dict[str, Indicator] = {}

for _found in iter_modules(__path__):
    _indicator: Indicator = import_module(f"{__name__}.{_found.name}").INDICATOR
    if _indicator.slug != _found.name.replace("_", "-"):
        raise ValueError(f"{_found.name}.py holds the indicator {_indicator.slug}.")
    INDICATORS[_indicator.slug] = _indicator
