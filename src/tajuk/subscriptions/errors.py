"""What can go wrong in subscriptions, with the facts."""

from tajuk.subscriptions.types import OrderState
from tajuk.terms.money import Currency


class SubscriptionsError(Exception):
    """A foreseen refusal; nothing was changed."""


class NotSoldError(SubscriptionsError):
    """The plan isn't offered, or not in this currency."""

    def __init__(self, plan: str, currency: Currency) -> None:
        super().__init__(
            f"{plan} isn't sold in {currency}: choose one of the plans offered, or give it a price at the desk."
        )


class AlreadySubscribedError(SubscriptionsError):
    """The reader has this plan, and it goes on."""

    def __init__(self, plan: str) -> None:
        super().__init__(f"The reader has {plan} already: pay its renewal instead of ordering it.")


class NoTrialError(SubscriptionsError):
    """There is no trial of this plan for this reader."""

    def __init__(self, plan: str) -> None:
        super().__init__(f"There is no trial of {plan} for this reader (one each): order it.")


class VoucherRefusedError(SubscriptionsError):
    """A voucher that doesn't exist, is used up, of another plan or another time."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"The voucher {code!r} isn't good for this order: look at its code, its time and its plan, "
            "and whether it was used before."
        )
        self.code = code


class TooManyOrdersError(SubscriptionsError):
    """A reader who orders on and on."""

    def __init__(self) -> None:
        super().__init__("Too many orders wait for payment: pay or cancel one of them first.")


class WrongStepError(SubscriptionsError):
    """An order can't go from this state to that."""

    def __init__(self, before: OrderState, after: OrderState) -> None:
        super().__init__(f"An order that is {before} can't become {after}: look at it again.")


class NotRefundableError(SubscriptionsError):
    """The rule doesn't allow it, or it was asked for before."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This payment can't be refunded: {why}.")


class GiftOverError(SubscriptionsError):
    """A gift that is unknown, has run out, or was taken before."""

    def __init__(self) -> None:
        super().__init__(
            "This gift can't be taken: its code is wrong, it has run out, or somebody took it before."
        )


class NoSeatError(SubscriptionsError):
    """An invitation that is no longer good, or a group without a free seat."""

    def __init__(self, why: str) -> None:
        super().__init__(f"There is no seat: {why}.")


class TwoPeopleError(SubscriptionsError):
    """Who enters a bank transfer may not approve it."""

    def __init__(self) -> None:
        super().__init__("A second colleague has to approve what you entered: ask one.")
