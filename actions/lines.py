"""Pasted text as lines that may each be a follow-up: under their heading, or as rows of a table."""

import re
from dataclasses import dataclass, replace
from itertools import chain, repeat

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wiego_review.common.text import fold

BULLET = re.compile(r"^\s*(?:[-*•·–—▪◦o]\s+|\(?\d{1,2}[.)]\s+|\d{1,2} [-–] )*")
EMPHASIS = re.compile(r"^([*_]{1,2})(.+?)\1$")
# What minutes put before what is to be done; where they do, the other lines are talk.
TAG = re.compile(
    r"^(?:\[ ?\]\s*|(?:actions?(?: items?| points?)?|ai|to ?do|task|follow-up|acci[oó]n|tarea|"
    r"[aà] faire|a[cç][aã]o|tarefa)\s*:\s*)+",
    re.IGNORECASE,
)
DONE = re.compile(r"^\[x\]\s*", re.IGNORECASE)
MARKDOWN = re.compile(r"#{1,6}\s")
LETTER = re.compile(r"[^\W\d_]")
PROSE = 160
MOST_LINES = 100
LONGEST = 400

# The kinds of follow-ups as people call them, one and several.
KINDS = {
    "webinar": ("webinar webinario webinaire", "webinars webinarios webinaires"),
    "two_pager": ("two_pager 2_pager", "two_pagers 2_pagers"),
    "working_group": (
        "working_group grupo_de_trabajo groupe_de_travail grupo_de_trabalho",
        "working_groups grupos_de_trabajo groupes_de_travail grupos_de_trabalho",
    ),
    "toolkit": (
        "toolkit caja_de_herramientas boite_a_outils kit_de_ferramentas",
        "toolkits cajas_de_herramientas boites_a_outils kits_de_ferramentas",
    ),
    "summary": ("summary resumen resume resumo", "summaries resumenes resumes resumos"),
    "material": ("material materiel", "materials materiales materiels materiaux materiais"),
    "plan": ("plan plano", "plans planes planos"),
}
# What the columns of a table are called; without names, the first is what is to be done.
COLUMNS = {
    "title": "what title follow_up action task issue topic item que tema accion tarea quoi sujet"
    " tache o_que acao tarefa",
    "leads": "who lead leads responsible by_whom quien responsable qui quem",
    "supports": "with support supports con avec com",
    "due": "by_when when due date deadline cuando fecha plazo quand echeance date_limite quando"
    " data prazo",
    "kind": "kind type tipo genre",
    "note": "note notes comment comments nota notas remarque remarques observacoes",
}


def spoken(words) -> list[str]:
    return [word.replace("_", " ") for word in words.split()]


ONE = {word: kind for kind, (one, _several) in KINDS.items() for word in spoken(one)}
SEVERAL = {word: kind for kind, (_one, several) in KINDS.items() for word in spoken(several)}
COLUMN = {word: name for name, words in COLUMNS.items() for word in spoken(words)}
COUNTED = re.compile(rf"({'|'.join(SEVERAL)})(?: (?:on|sobre|sur) \d+ .+| \d+)?")


@dataclass(frozen=True)
class Line:
    """One line as it stands, without bullet and tag; the kind its heading names; a table row's
    cells; whether it reads like something to be done."""

    number: int
    text: str
    kind: str = ""
    cells: tuple = ()
    likely: bool = True


def kind_named(text: str) -> str:
    """The kind these words are, and nothing else: "Webinars", "two-pager"; or ""."""
    return (ONE | SEVERAL).get(fold(text), "")


def kind_begun(text: str) -> str:
    """The kind a title begins or ends with: "Webinar on migration", "Africa Working Group"."""
    said = fold(text)
    ends = (kind for word, kind in ONE.items() if said.endswith(f" {word}"))
    begins = (kind for word, kind in ONE.items() if f"{said} ".startswith(f"{word} "))
    return next(begins, "") or next(ends, "")


def kind_told(text: str) -> str:
    """The one kind the words of a heading speak of, or ""."""
    padded = f" {fold(text)} "
    kinds = {kind for word, kind in (ONE | SEVERAL).items() if f" {word} " in padded}
    return kinds.pop() if len(kinds) == 1 else ""


def few_enough(text: str) -> None:
    """A validator: so many lines as a page can show."""
    number = len([row for row in text.splitlines() if row.strip()])
    if number > MOST_LINES:
        told = _(
            "At most %(most)d lines at once, here are %(number)d. Leave some for a second time."
        )
        raise ValidationError(told % {"most": MOST_LINES, "number": number})


def read_lines(text: str) -> list[Line]:
    """The lines that may be follow-ups, in order. Headings and empty lines are none."""
    rows = [(number, row) for number, row in enumerate(text.splitlines(), start=1) if row.strip()]
    if any("\t" in row.strip() for _number, row in rows):
        return table_lines(rows)
    found, kind, head, below = [], "", "", None
    for place, (number, row) in enumerate(rows):
        after = rows[place + 1][1] if place + 1 < len(rows) else ""
        text, sign = plain(row), sign_of(row)
        if is_heading(text, row, after):
            kind, head, below = kind_told(text), row, None
        elif LETTER.search(text):
            below = sign if below is None else below
            if bool(below) != bool(sign) or (sign and stands_beside(row, head)):
                kind = ""
            found.append(Line(number, text, kind))
    return marked(found)


def marked(lines) -> list[Line]:
    """The lines without their tags, and what is likely to be done among them."""
    tagged = any(TAG.match(line.text) for line in lines)
    return [
        replace(
            line,
            text=DONE.sub("", TAG.sub("", line.text)),
            likely=bool(TAG.match(line.text)) if tagged else not is_talk(line.text),
        )
        for line in lines
    ]


def is_talk(text: str) -> bool:
    """What is done already, and prose of several sentences."""
    return bool(DONE.match(text)) or (len(text) > PROSE and ". " in text)


def sign_of(row: str) -> str:
    """What a line is marked by: "-", "•", or "1" for all numbers; or ""."""
    return re.sub(r"\d+", "1", BULLET.match(row)[0].strip())


def stands_beside(row: str, head: str) -> bool:
    """Whether a line is of the list its heading is of, and so not below it."""
    return sign_of(row) == sign_of(head) and indent(row) <= indent(head)


def plain(row: str) -> str:
    text = " ".join(BULLET.sub("", MARKDOWN.sub("", row)).split())
    return EMPHASIS.sub(r"\2", text)


def is_heading(text, row, after) -> bool:
    """What ends with a colon, counts what follows, or stands above lines set further in."""
    if MARKDOWN.match(row) or text.endswith(":") or COUNTED.fullmatch(fold(text)):
        return True
    deeper = indent(after) > indent(row)
    return deeper and bool(kind_told(text.partition(":")[0]))


def indent(row: str) -> int:
    return len(row) - len(row.lstrip())


def table_lines(rows) -> list[Line]:
    cells = [(number, [cell.strip() for cell in row.split("\t")]) for number, row in rows]
    names = [COLUMN.get(fold(cell), "") for cell in cells[0][1]]
    if "title" in names or len([name for name in names if name]) > 1:
        cells = cells[1:]
    else:
        names = []
    if names and "title" not in names:
        names[0] = "title"
    return [
        Line(number, " · ".join(filter(None, row)), cells=named_cells(row, names))
        for number, row in cells
    ]


def named_cells(row, names) -> tuple:
    """`((column, text), …)`; a column nobody named is told apart by what stands in it."""
    columns = chain(names or ["title"], repeat(""))
    return tuple((name, text) for name, text in zip(columns, row, strict=False) if text)
