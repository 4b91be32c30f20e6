"""Readers' own account pages in the paper's dress: made for one reader, never stored."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tajuk.contracts.pages import Standing
from tajuk.press import dress, typesetting
from tajuk.press.contexts import HeadView
from tajuk.press.dress import Account, Own
from tajuk.press.stock import Stock
from tajuk.terms.language import Language


def account_page(
    template: str, context: Mapping[str, Any], *,
    language: Language, within: str, title: str, standing: Standing, now: datetime,
) -> str:  # fmt: skip
    """The whole page; `template` is its main part, `within` its path within the edition."""
    stock = Stock(language, now=now)
    with stock.speaking():
        site = stock.site
        head = HeadView(
            title=typesetting.title_of(title, stock.paper.name),
            description=f"{title}, {stock.paper.name}",
            canonical="",
            alternates=(),
            og_type="website",
            og_picture=None,
            json_ld=(),
            robots="noindex",
            edition_switch=stock.other_edition(within),
        )
        foot = {
            "site": site,
            "latest": dress.latest_path(site),
            "photos": dress.photos_path(site),
        }
        parts = (
            dress.head_part(site, head, dress.Sheet.UNDER, dress.Sheet.PAGES),
            Account(site, ""),
            Own(template, {"site": site, **context}),
            Own("dress/foot.html", foot),
        )
        return dress.document(parts, language, standing=standing, walled=True)
