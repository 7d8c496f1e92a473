"""Which language a text is in.

Does not belong here: what is done with texts in other languages than English (`articles`).
"""

from __future__ import annotations

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

NEWS_LANGUAGES = tuple(
    """af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu ha he hi hr hu hy id is it ja ka kk km kn
    ko ky lo lt lv mk ml mn mr ms mt my nb ne nl nn no pa pl ps pt ro ru rw si sk sl so sq sr sv sw ta te th tl tr uk
    ur uz vi xh yo zh zu""".split()  # noqa: SIM905
)
"""Languages with a press; creoles and dead languages only draw short English texts to themselves."""

DETECTION_CHARACTERS = 1500
MIN_WORDS = 12
"""Below this a guess is no better than what the container told."""

MIN_PROBABILITY = 0.8


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in NEWS_LANGUAGES if code in identifier.labels])
    return identifier


def language_of(text: str, told: str | None = None) -> str | None:
    """ISO 639-1 code by the text itself; what was told decides where the text is short or leaves it open."""
    code = told.strip().lower()[:2] if told and told.strip()[:2].isalpha() else None
    if len(text.split()) < MIN_WORDS and code is not None:
        return code
    guess, probability = _identifier().classify(text[:DETECTION_CHARACTERS])
    if probability >= MIN_PROBABILITY or code is None:
        return str(guess)
    return code
