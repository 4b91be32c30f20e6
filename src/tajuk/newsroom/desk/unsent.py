"""Unsent text at the desk: the script, and what it needs to know."""

import json

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail import hooks

from tajuk.newsroom.unsent import note_as_saved
from tajuk.newsroom.viewsets.unsent import standing

hooks.register("after_create_snippet", note_as_saved)
hooks.register("after_edit_snippet", note_as_saved)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def urls() -> list[URLPattern]:
    """Where the script asks who is signed in."""
    return [path("standing/", standing, name="newsroom_standing")]


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def style() -> SafeString:
    """How its notices look."""
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/desk/house.css"))


@hooks.register("insert_global_admin_js")  # type: ignore[untyped-decorator]
def script() -> SafeString:
    """The script, with its words in the reader's language."""
    desk = reverse("wagtailadmin_home")
    return format_html(
        '<script defer src="{}" data-words="{}" data-forms="{}" data-standing="{}" data-login="{}"></script>',
        static("newsroom/desk/unsent.js"),
        json.dumps(_words()),
        f"{desk}stories/ {desk}snippets/newsroom/",
        reverse("newsroom_standing"),
        reverse("wagtailadmin_login"),
    )


def _words() -> dict[str, str]:
    return {
        "offer": gettext("On %(moment)s you typed a text here that was never sent."),
        "elsewhere": gettext(
            "The story has been saved since, here or elsewhere. If you bring your text back and save it, it takes the "
            "place of that version, which stays in the history."
        ),
        "show": gettext("Show the text"),
        "bring": gettext("Bring back"),
        "away": gettext("Put away"),
        "gone": gettext("The unsent text was put away."),
        "undo": gettext("Undo"),
        "waiting": gettext("You have text that was never sent:"),
        "untitled": gettext("Without a headline"),
        "kept": gettext("Your text is not being sent. It is kept in this browser."),
        "offline": gettext(
            "The desk can't be reached. Go on writing: as soon as the connection is back, your text is sent."
        ),
        "signedOut": gettext(
            "You are no longer signed in. Sign in again in another tab and come back here: your text is sent then."
        ),
        "signIn": gettext("Sign in (opens another tab)"),
        "somebodyElse": gettext(
            "Somebody else has signed in in this browser. Your text is kept for when you sign in again."
        ),
        "full": gettext(
            "This browser has no room left to keep unsent text: save often, and put old unsent texts away."
        ),
    }
