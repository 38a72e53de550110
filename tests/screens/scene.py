"""A state of the window that an officer meets: its name, how the station gets there, what must then be read."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

from station.texts import Language
from tests.screens.stage import Stage
from ui.pages import GATE

Words = dict[Language, tuple[str, ...]]
Arrive = Callable[[Stage], None]
SCENES: "dict[str, Scene]" = {}


@dataclass(frozen=True, slots=True)
class Scene:
    """A state of the window.

    Attributes:
        name: Of its pictures.
        arrive: From a stage that was cleared to this state.
        says: Words that must be on the screen.
        page: Where it plays.
    """

    name: str
    arrive: Callable[[Stage], AbstractContextManager[None]]
    says: Words
    page: str = GATE

    @contextmanager
    def on(self, stage: Stage) -> Iterator[None]:
        """The stage in this state."""
        stage.clear()
        with self.arrive(stage):
            yield


def scene(*, zh: str, en: str, page: str = GATE) -> Callable[[Arrive], Arrive]:
    """Put a function that brings the stage there into `SCENES`; words are parted by `|`."""

    def enter(arrive: Arrive) -> Arrive:
        def there(stage: Stage) -> AbstractContextManager[None]:
            arrive(stage)
            return nullcontext()

        keep(Scene(arrive.__name__, there, words(zh, en), page))
        return arrive

    return enter


def keep(one: Scene) -> None:
    """Put it into `SCENES`."""
    SCENES[one.name] = one


def words(zh: str, en: str) -> Words:
    """What must be on the screen, parted by `|`."""
    return {"zh": tuple(zh.split("|")), "en": tuple(en.split("|"))}
