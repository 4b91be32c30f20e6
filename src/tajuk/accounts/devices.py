"""What a browser says it is, in two words a reader recognises: “Firefox, Android”."""

from django.http import HttpRequest

# In this order: nearly every browser also claims to be its elders.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def device_of(request: HttpRequest) -> str:
    """Browser and system; empty where neither is known. It is what the browser claims, good for no decision."""
    told = request.META.get("HTTP_USER_AGENT", "")
    found = (
        next((name for mark, name in names if mark in told), "") for names in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(filter(None, found))
