"""Wagtail's inline scripts, said as data: the desk's policy lets no script run that stands in a page.

Wagtail 8 begins its choosers, inline panels and date pickers with a `<script>` beside each. Here the same is a
`<desk-begin>` with JSON in it, which `desk/begin.js` reads: on the page, and in every row or modal added later. The
templates that write such scripts are overridden in `site/templates/wagtailadmin/`; what Python writes, here.
"""

import json
from typing import Any

from django.utils.html import escapejs, format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser


def begin(name: str, options: Any, *, element_id: str = "") -> SafeString:
    """Has the browser call `name` (or make a new one, if it begins with a capital) with the id, if any, and options.

    The options are a text of JSON in a text of JSON: an inline panel's row template is filled in by a search for
    `__prefix__` up to the next quotation mark, and finds it in no other spelling.
    """
    return format_html(
        '<desk-begin hidden data-begin="{}" data-begin-id="{}">'
        '<script type="application/json">"{}"</script></desk-begin>',
        name,
        element_id,
        escapejs(json.dumps(options)),
    )


def take_scripts_out_of_choosers() -> None:
    """From now on every chooser of Wagtail's, and of those made from them, is begun by data. Called once, at start."""
    AdminTaskChooser.js_constructor = "createTaskChooser"
    BaseChooser.render = _render


_KNOWN_SCRIPTS = (BaseChooser.render_js_init, AdminTaskChooser.render_js_init)


def _render(
    self: Any,
    name: str,
    value: Any,
    attrs: dict[str, Any] | None = None,
    renderer: Any = None,  # noqa: ARG001  Django passes it by name
) -> SafeString:
    """As BaseChooser.render, but for the script."""
    if type(self).render_js_init not in _KNOWN_SCRIPTS:
        raise TypeError(
            f"{type(self).__name__} writes a script of its own (render_js_init), which the desk's security policy "
            "would not run. Name a class in js_constructor instead and give get_js_init_options."
        )
    element_id = (attrs or {}).get("id")
    if not element_id:
        raise TypeError("A chooser cannot be rendered without an 'id' attribute.")
    value_data = self.get_value_data(value)
    widget: SafeString = self.render_html(name, value_data, attrs)
    options = self.get_js_init_options(element_id, name, value_data)
    return format_html("{}{}", widget, begin(self.js_constructor, options, element_id=element_id))
