"""Wagtail's door to `site`: what every page of the desk loads."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from tajuk.site import letterbox

__all__ = ["begin_without_inline_scripts", "letterbox"]


@hooks.register("insert_global_admin_js", order=0)  # type: ignore[untyped-decorator]
def begin_without_inline_scripts() -> SafeString:
    """What stands in for Wagtail's inline scripts (see `inline_scripts`)."""
    return format_html('<script src="{}"></script>', static("desk/begin.js"))
