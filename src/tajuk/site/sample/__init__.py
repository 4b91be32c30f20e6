"""The sample newspaper, Harian Nusa: read from `tajuk/sample`, brought in as any other copy is."""

from tajuk.site.sample.errors import NotEmptyError, SampleError
from tajuk.site.sample.load import load_sample

__all__ = ["NotEmptyError", "SampleError", "load_sample"]
