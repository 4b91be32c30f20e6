"""List the strings of Wagtail, and of what it stands on, that have no Indonesian.

    python scripts/missing_indonesian.py

Takes every msgid the installed packages declare, in English, and asks whether the app's own
Indonesian, that of the apps every desk has, or src/tajuk/desk_locale translates it. Strings without
one are printed app by app. Exit code 1 when one of them is on a screen reporters and editors use;
what only site builders see (APART) is printed and forgiven.

Also prints the strings desk_locale still holds though no package declares them any longer.
"""

import ast
import gettext
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

DESK_LOCALE = Path(__file__).parents[1] / "src" / "tajuk" / "desk_locale"
DOMAINS = ("django", "djangojs")

PACKAGES = (
    "wagtail",
    "modelcluster",
    "taggit",
    "permissionedforms",
    "treebeard",
    "django_filters",
    "modelsearch",
    "laces",
    "telepath",
    "willow",
    "draftjs_exporter",
    "django_tasks",
)

# Always installed beside Wagtail, so that their translations reach every other app.
ALWAYS = (
    "django.conf",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "wagtail",
    "wagtail.admin",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.images",
    "wagtail.search",
    "wagtail.snippets",
    "wagtail.users",
)

# Not on the screens of reporters and editors.
APART = frozenset(
    {
        "treebeard",
        "wagtail.contrib.forms",
        "wagtail.contrib.redirects",
        "wagtail.contrib.simple_translation",
        "wagtail.contrib.styleguide",
        "wagtail.locales",
    }
)


class Message(NamedTuple):
    context: str | None
    singular: str
    plural: str | None

    def __str__(self) -> str:
        context = f"[{self.context}] " if self.context else ""
        plural = f" | {self.plural}" if self.plural else ""
        return f"{context}{self.singular}{plural}"


class Absent(gettext.NullTranslations):
    """The last fallback: says nothing, where gettext would say the msgid itself."""

    def gettext(self, message: str) -> str:  # noqa: ARG002
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002
        return ""

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        return ""

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002
        return ""


def read_messages(po: Path) -> Iterator[Message]:
    """The messages a .po declares; obsolete ones (#~) and the header left out."""
    for entry in po.read_text("utf-8").split("\n\n"):
        fields: dict[str, str] = {}
        keyword = ""
        for line in entry.split("\n"):
            if not line or line.startswith("#"):
                continue
            text = line
            if not line.startswith('"'):
                keyword, _, text = line.partition(" ")
            fields[keyword] = fields.get(keyword, "") + ast.literal_eval(text)
        if fields.get("msgid"):
            yield Message(fields.get("msgctxt"), fields["msgid"], fields.get("msgid_plural"))


def package_folder(name: str) -> Path | None:
    spec = find_spec(name.partition(".")[0])
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]).joinpath(*name.split(".")[1:])


def declared(domain: str) -> dict[str, list[Message]]:
    """What each app of the installed packages declares for translation.

    An app that ships no English catalogue is taken at the word of its other languages.
    """
    found: dict[str, list[Message]] = {}
    for package in PACKAGES:
        folder = package_folder(package)
        if folder is None:
            continue
        for locale in sorted(folder.rglob("locale")):
            files = list(locale.glob(f"en/LC_MESSAGES/{domain}.po"))
            files = files or sorted(locale.glob(f"*/LC_MESSAGES/{domain}.po"))
            app = ".".join((package, *locale.relative_to(folder).parts[:-1]))
            if messages := dict.fromkeys(m for po in files for m in read_messages(po)):
                found[app] = list(messages)
    return found


def indonesian(domain: str, locale: Path) -> gettext.NullTranslations | None:
    """A folder's Indonesian, found as Django finds it: "id" also finds Wagtail's id_ID."""
    if not gettext.find(domain, locale, ["id"]):
        return None
    translations = gettext.translation(domain, locale, ["id"])
    translations.add_fallback(Absent())
    return translations


def translates(translations: gettext.NullTranslations, message: Message) -> bool:
    context, singular, plural = message
    match context, plural:
        case None, None:
            return bool(translations.gettext(singular))
        case None, str():
            return bool(translations.ngettext(singular, plural, 2))
        case str(), None:
            return bool(translations.pgettext(context, singular))
        case _:
            return bool(translations.npgettext(str(context), singular, str(plural), 2))


def untranslated(domain: str) -> dict[str, list[Message]]:
    """The messages without Indonesian, by app."""

    def of_apps(*apps: str) -> list[gettext.NullTranslations]:
        folders = [folder / "locale" for app in apps if (folder := package_folder(app))]
        return [found for folder in folders if (found := indonesian(domain, folder))]

    desk = indonesian(domain, DESK_LOCALE)
    everywhere = [*([desk] if desk else []), *of_apps(*ALWAYS)]
    missing: dict[str, list[Message]] = {}
    for app, messages in declared(domain).items():
        sources = [*everywhere, *of_apps(app)]
        if left := [m for m in messages if not any(translates(s, m) for s in sources)]:
            missing[app] = left
    return missing


def stale(domain: str) -> list[Message]:
    """What desk_locale translates though nothing declares it: a msgid Wagtail has changed."""
    known = {(m.context, m.singular) for messages in declared(domain).values() for m in messages}
    po = DESK_LOCALE / "id" / "LC_MESSAGES" / f"{domain}.po"
    return [m for m in read_messages(po) if (m.context, m.singular) not in known]


def main() -> int:
    total = lacking = on_desk = 0
    for domain in DOMAINS:
        total += sum(len(messages) for messages in declared(domain).values())
        for app, messages in untranslated(domain).items():
            lacking += len(messages)
            on_desk += 0 if app in APART else len(messages)
            apart = " - not on the desk's screens" if app in APART else ""
            print(f"{app} ({domain}): {len(messages)}{apart}")
            for message in messages:
                print(f"    {message}")
        for message in stale(domain):
            print(f"desk_locale ({domain}), no longer declared: {message}")
    print(f"{total} strings, {lacking} without Indonesian, {on_desk} of them on the desk's screens")
    return 1 if on_desk else 0


if __name__ == "__main__":
    sys.exit(main())
