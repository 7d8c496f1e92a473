"""Article text to sentences: paragraphs, sentence ends, direct speech.

Rules cut the text before the model sees it: the model's own sentence ends err at abbreviations, quotes and points of a
list. Does not belong here: which sentences are worth parsing (`gate`), what a sentence says, where a dateline ends
(`frame`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc

from orchestration.parse.frame import find_dateline
from orchestration.parse.gate import worth_parsing
from orchestration.parse.model import Span
from orchestration.parse.model_pipeline import load_model
from orchestration.parse.reading import Sentence
from orchestration.reference.tables import table
from orchestration.settings import Settings

# ---------------------------------------------------------------------------------------------------------- paragraphs

_LINE = re.compile(r"[^\n]*\n?")
_BULLET = re.compile(r"\s*(?:[-*•–—▪●·]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S)|#{1,6}\s)")
_INDENT = re.compile(r"[ \t\u00a0]{2,}\S")
WRAPPED_WIDTH = (45, 100)
"""A text broken at a column has lines about as long as a teleprinter's or a terminal's."""


def find_paragraphs(text: str) -> list[Span]:
    """Blocks of running text, in order, without the white space around them.

    A blank line ends a paragraph. A single line end does so too, unless the text is broken at a fixed column, as old
    wire copy and Markdown are: then an indent, a bullet or a short line ends it.
    """
    lines = [(m.start(), m.group()) for m in _LINE.finditer(text) if m.group()]
    width = _wrap_width([line for _, line in lines])
    paragraphs: list[Span] = []
    start: int | None = None
    previous = ""
    end = 0
    for position, line in lines:
        content = line.strip()
        if not content:
            if start is not None:
                paragraphs.append(Span(start, end))
            start = None
            continue
        first = position + len(line) - len(line.lstrip())
        if start is not None and not _continues(previous, line, width):
            paragraphs.append(Span(start, end))
            start = None
        if start is None:
            start = first
        end = first + len(content)
        previous = line
    if start is not None:
        paragraphs.append(Span(start, end))
    return paragraphs


def _wrap_width(lines: list[str]) -> int | None:
    """The column at which the text is broken, or None where a line is a paragraph."""
    lengths = [len(line.strip()) for line in lines if line.strip()]
    if len(lengths) < 3:
        return None
    width = max(lengths)
    if not WRAPPED_WIDTH[0] <= width <= WRAPPED_WIDTH[1]:
        return None
    breaks = [line.strip() for line in lines if len(line.strip()) > 0.75 * width]
    unfinished = sum(not _ENDS_LINE.search(line) for line in breaks)
    return width if unfinished >= 0.5 * len(breaks) else None


_ENDS_LINE = re.compile(r"[.!?:;][\"'”’)\]]*$")


def _continues(previous: str, line: str, width: int | None) -> bool:
    if _BULLET.match(line):
        return False
    if width is None:
        # A line that stops in the middle of a sentence goes on in the next one.
        return previous.rstrip()[-1:] in "," and line.lstrip()[:1].islower()
    if _INDENT.match(line) and not _INDENT.match(previous):
        return False
    return len(previous.strip()) + len(line.split()[0]) + 1 > 0.85 * width or line.lstrip()[:1].islower()


# ------------------------------------------------------------------------------------------------------- sentence ends

_CLOSERS = "\"'”’»)\\]"
_END = re.compile(
    rf"(?P<stop>[.!?…]+|(?<=\w):(?=\s*$))(?P<close>['{_CLOSERS}]*)"
    rf"(?P<gap>\s+|(?=[A-Z][a-z]))(?=[\"'“‘«(\[`*]*(?P<next>\w+))"
)
_WORD_BEFORE = re.compile(r"[\w.&'’-]*$")
_ACRONYM = re.compile(r"(?:^|[^\w.])(?:[A-Za-z]\.)+[A-Za-z]$|^(?:[A-Za-z]\.)*[A-Za-z]$")


@lru_cache(maxsize=1)
def _stop_words() -> dict[str, frozenset[str]]:
    """By rule of the table `sentence_words`: words before a stop that may not end a sentence, words that open one."""
    rules: dict[str, set[str]] = {}
    for row in table("sentence_words"):
        rules.setdefault(row["rule"], set()).add(row["word"])
    return {rule: frozenset(words) for rule, words in rules.items()}


_SPEECH_AFTER = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+|the\s+|of\s+){0,5}(?:said|says|asked|asks|added|wrote|told|declared|replied|tweeted)\b"
)
_ENUMERATOR = re.compile(r"(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})$")
LONGEST_SENTENCE = 2500
"""Code points; what is longer is a table or a list without stops, and is cut at white space to keep parsing fast."""


def find_sentence_ends(block: str) -> list[int]:
    """Where in a paragraph each sentence but the last ends: offsets just after its last character."""
    ends: list[int] = []
    start = 0
    for match in _END.finditer(block):
        if match.end("close") <= start or not _is_end(block, start, match):
            continue
        ends.append(match.end("close"))
        start = match.end()
    return ends


def _is_end(block: str, start: int, match: re.Match[str]) -> bool:
    following, stop = match.group("next"), match.group("stop")
    before = block[max(start, match.start() - 30) : match.start()]
    word = _WORD_BEFORE.search(before)
    last = word.group() if word else ""
    if not match.group("gap"):
        # No space after the stop: a lost one, unless it is an address, an acronym or a file's name.
        return stop == "." and last.isalpha() and last.islower() and len(last) > 2
    if not (following[0].isupper() or following[0].isdigit() or block[match.end()] in '“"‘«'):
        return False
    if stop in "!?" and match.group("close") and _SPEECH_AFTER.match(block, match.end()):
        return False
    if stop != "." or match.group("close").strip("'’"):
        return True
    return not _is_abbreviation(last.lower(), last, following, is_first=start + len(last) == match.start())


def _is_abbreviation(word: str, printed: str, following: str, *, is_first: bool) -> bool:
    rules = _stop_words()
    opens = following.lower() in rules["starts"] and following[0].isupper()
    if word in rules["never"]:
        return True
    if word in rules["number"] or word in rules["day"]:
        return following[0].isdigit()
    if is_first and _ENUMERATOR.match(printed):
        return True
    if word in rules["starter"] or _ACRONYM.search(printed):
        # An initial is followed by a surname; "U.S." and "p.m." end a sentence only before a word that begins one.
        return not opens or (len(printed) == 1 and printed.isupper() and printed != "I")
    return False


# -------------------------------------------------------------------------------------------------------- direct speech

_DOUBLE = re.compile(r"[\"“”„«»]|``|''")


def find_quotes(text: str, paragraphs: list[Span]) -> list[Span]:
    """What stands between quotation marks, in order, marks included: speech, titles and scare quotes alike.

    A quote that is not closed in its paragraph goes on in the next one when that opens with a mark again, as speech
    over several paragraphs is printed; else it ends with its paragraph. Single marks count where they open before a
    letter and close after a letter or a stop, and hold more than one word.
    """
    quotes: list[Span] = []
    for index, paragraph in enumerate(paragraphs):
        block = text[paragraph.start : paragraph.end]
        here: list[Span] = []
        opened: int | None = None
        for mark in _DOUBLE.finditer(block):
            sign = mark.group()
            if opened is None:
                if sign not in "”»''" or sign == "''":
                    opened = mark.start() if sign != "''" or block[mark.end() : mark.end() + 1].isalnum() else None
            elif sign in ('"', "”", "»", "''") or (sign == "“" and block[mark.end() : mark.end() + 1] in " ,."):
                here.append(Span(paragraph.start + opened, paragraph.start + mark.end()))
                opened = None
        if opened is not None:
            follows = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
            goes_on = follows is not None and text[follows.start] in '"“„«`'
            if goes_on or opened <= 1 or len(block) - opened < 400:
                here.append(Span(paragraph.start + opened, paragraph.end))
        quotes += [*here, *_single_quotes(block, paragraph.start, here)]
    return sorted(quotes)


_SINGLE_OPEN = re.compile(r"(?:(?<=[\s(\[—–-])|^)['‘](?=\w)")
LONGEST_SINGLE = 1500
"""Code points within which a single mark must close: it is an apostrophe otherwise."""
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…;])['’](?=[\s.,;:!?)\]—–-]|$)")


def _single_quotes(block: str, shift: int, taken: list[Span]) -> Iterator[Span]:
    if "'" not in block and "‘" not in block:
        return
    position = 0
    starts = [quote.start for quote in taken]
    while opening := _SINGLE_OPEN.search(block, position):
        position = opening.end()
        before = bisect_right(starts, shift + opening.start()) - 1
        if before >= 0 and shift + opening.start() < taken[before].end:
            continue
        for closing in _SINGLE_CLOSE.finditer(block, opening.end(), opening.end() + LONGEST_SINGLE):
            inside = block[opening.end() : closing.start()]
            # "ministers' talks": a plural's apostrophe follows an s and is no mark, unless a stop stands before it.
            if inside[-1] == "s" and block[closing.end() : closing.end() + 1] == " ":
                continue
            if " " in inside:
                yield Span(shift + opening.start(), shift + closing.end())
            position = closing.end()
            break


# ----------------------------------------------------------------------------------------------------------- sentences

_LABEL = re.compile(
    r"(?:Q|A|QUESTION|ANSWER|Question|Answer|[A-Z][A-Z.'’-]+(?: [A-Z(][A-Z.,'’)-]*){0,6}"
    r"|(?:[A-Z][\w.'’-]+[ \u00a0](?:(?:of|the|and|for)[ \u00a0]){0,2}){1,8}[A-Z][\w.'’-]+(?: \([^)]{1,40}\))?)"
    r"(?: \((?:as interpreted|via [^)]{1,30}|[A-Z]{2,}[^)]{0,30})\))?:(?=[\s\u00a0])"
)


def find_speaker_label(text: str, paragraph: Span) -> Span | None:
    """The label that opens a paragraph of a transcript, colon included: "PRESIDENT OBAMA:", "Q:", "Vladimir Putin:"."""
    match = _LABEL.match(text, paragraph.start, min(paragraph.end, paragraph.start + 140))
    return Span(match.start(), match.end()) if match and match.end() < paragraph.end else None


def split_sentences(text: str) -> list[Sentence]:
    """Sentences in order, with offsets into `text`; those worth it are parsed.

    A dateline and a transcript's speaker label are sentences of their own, never parsed.
    """
    return split_many([text])[0]


def split_many(texts: list[str]) -> list[list[Sentence]]:
    """The sentences of several texts, parsed together, which takes less time than one text after the other."""
    articles = [cut_sentences(text) for text in texts]
    parse_sentences([sentence for sentences in articles for sentence in worth_parsing(sentences)])
    return articles


def cut_sentences(text: str) -> list[Sentence]:
    """Sentences in order, none parsed."""
    dateline = find_dateline(text)
    paragraphs = find_paragraphs(text)
    quotes = find_quotes(text, paragraphs)
    starts = [quote.start for quote in quotes]
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs):
        for start, end in _cut(text, paragraph, dateline):
            covering = bisect_right(starts, start) - 1
            sentences.append(
                Sentence(
                    index=len(sentences),
                    paragraph=number,
                    start=start,
                    end=end,
                    text=text[start:end],
                    shift=start,
                    in_quote=covering >= 0 and quotes[covering].end >= end,
                )
            )
    return sentences


def _cut(text: str, paragraph: Span, dateline: Span | None) -> Iterator[tuple[int, int]]:
    start = paragraph.start
    head = dateline if dateline and paragraph.start <= dateline.start < paragraph.end else None
    head = head or find_speaker_label(text, paragraph)
    if head:
        yield paragraph.start, head.end
        start = head.end
    block = text[start : paragraph.end]
    ends = [*find_sentence_ends(block), len(block)]
    begin = 0
    for end in ends:
        first = begin + len(block[begin:end]) - len(block[begin:end].lstrip())
        while end - first > LONGEST_SENTENCE:
            cut = block.rfind(" ", first + 1, first + LONGEST_SENTENCE)
            cut = cut if cut > first else first + LONGEST_SENTENCE
            yield start + first, start + cut
            first = cut + 1
        if block[first:end].strip():
            yield start + first, start + end
        begin = end


# ------------------------------------------------------------------------------------------------------------- parsing


_SPACES = re.compile(r"[^\S ]")
SENTENCES_PER_BATCH = 256


def parse_sentences(sentences: list[Sentence]) -> None:
    """Give `spacy` to each of the sentences, of one article or of several.

    The model reads each sentence by itself and as one sentence, with every white space as a plain one; what else is in
    its batch changes nothing.
    """
    if not sentences:
        return
    model = load_model(Settings().spacy_model)
    docs = [_as_one_sentence(model.make_doc(_SPACES.sub(" ", s.text))) for s in sentences]
    for sentence, doc in zip(sentences, model.pipe(docs, batch_size=SENTENCES_PER_BATCH), strict=True):
        sentence.spacy = doc[:]


def _as_one_sentence(doc: Doc) -> Doc:
    for token in doc[1:]:
        token.is_sent_start = False
    return doc
