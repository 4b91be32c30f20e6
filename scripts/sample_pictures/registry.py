"""Which function draws which picture: the function's name is the picture's id."""

from collections.abc import Callable

from sample_pictures.canvas import Canvas

Draw = Callable[[Canvas], None]
PICTURES: dict[str, tuple[Draw, int, int]] = {}


def picture(w: int = 1600, h: int = 1067) -> Callable[[Draw], Draw]:
    """Register a drawing under its name, with hyphens, at the given size."""

    def register(draw: Draw) -> Draw:
        PICTURES[draw.__name__.replace("_", "-")] = (draw, w, h)
        return draw

    return register
