"""What was met lately is kept, and no more of it than was agreed."""

from hypothesis import given
from hypothesis import strategies as st

from tajuk.edge.recent import Recent

_STEPS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 40)), max_size=200)


@given(_STEPS, st.integers(2, 100))
def test_what_is_kept_is_what_was_put_last_and_never_weighs_too_much(
    steps: list[tuple[int, int]], most: int
) -> None:
    kept: Recent[int, bytes] = Recent(most, len)
    last: dict[int, bytes] = {}
    for key, weight in steps:
        if weight % 5:
            value = last[key] = bytes(weight)
            kept.put(key, value)
            assert kept.get(key) is value
        else:
            assert kept.get(key) in {None, last.get(key)}
        heaviest = max((len(each) for each in last.values()), default=0)
        assert kept.weight <= max(most, 2 * heaviest, most // 2 + heaviest)
        assert kept.weight == sum(
            len(each) for number in range(31) if (each := _peeked(kept, number)) is not None
        )


def _peeked(kept: Recent[int, bytes], key: int) -> bytes | None:
    """Without its being met."""
    return kept._new.get(key, kept._old.get(key))


def test_what_is_met_again_and_again_outlives_what_is_met_once() -> None:
    kept: Recent[str, int] = Recent(20)
    kept.put("front", 1)
    for number in range(1000):
        kept.put(f"story-{number}", number)
        assert kept.get("front") == 1
    assert kept.get("story-999") == 999
    assert kept.get("story-1") is None
    assert len(kept) <= 20


def test_what_weighs_more_than_all_may_is_kept_alone() -> None:
    kept: Recent[str, bytes] = Recent(10, len)
    kept.put("small", b"1234")
    kept.put("large", bytes(100))
    assert kept.get("large") == bytes(100)
    kept.put("next", b"12")
    kept.put("last", b"12")
    assert kept.get("last") == b"12"
    kept.clear()
    assert len(kept) == kept.weight == 0
