"""What drivers are told about their data: why, how long, whom to ask. The screen and the paper both take it here."""

from dataclasses import dataclass

from station.config import Config
from station.policy import Policy
from station.texts import Language, pick
from ui.driver.words import WORDS


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice in one language.

    Attributes:
        title: What it is.
        place: The checkpoint it stands at.
        parts: Heading and sentence, in order.
    """

    title: str
    place: str
    parts: tuple[tuple[str, str], ...]


def notice(policy: Policy, config: Config, language: Language) -> Notice:
    """The notice of a station under its policy."""

    def word(key: str, **figures: object) -> str:
        return pick(WORDS[key], language).format(**figures)

    figures: dict[str, dict[str, object]] = {
        "notice_why": {"notice": policy.notice},
        "notice_how_long": {"days": policy.keep_days},
        "notice_whom": {"contact": config.contact.strip() or word("notice_staff")},
    }
    return Notice(
        word("notice_title"),
        word("notice_place", checkpoint=config.checkpoint_name.removesuffix("查验点")),
        tuple((word(f"{key}_title"), word(key, **given)) for key, given in figures.items()),
    )
