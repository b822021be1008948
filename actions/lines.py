"""Pasted text as lines that may each be a follow-up: under their heading, or as rows of a table."""

import re
from dataclasses import dataclass

from wiego_review.common.text import fold

BULLET = re.compile(r"^\s*(?:[-*•·–—▪◦o]\s+|\(?\d{1,2}[.)]\s+|\d{1,2} [-–] )*")
EMPHASIS = re.compile(r"^([*_]{1,2})(.+?)\1$")
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
    "title": "what title follow_up action task issue topic item que tema accion quoi sujet o_que",
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
    """One line as it stands, without bullet; the kind its heading names; a table row's cells."""

    number: int
    text: str
    kind: str = ""
    cells: tuple = ()


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


def read_lines(text: str) -> list[Line]:
    """The lines that may be follow-ups, in order. Headings and empty lines are none."""
    rows = [(number, row) for number, row in enumerate(text.splitlines(), start=1) if row.strip()]
    if any("\t" in row.strip() for _number, row in rows):
        return table_lines(rows)
    found, kind, below = [], "", None
    for place, (number, row) in enumerate(rows):
        after = rows[place + 1][1] if place + 1 < len(rows) else ""
        text, listed = plain(row), bool(BULLET.match(row)[0].strip())
        if is_heading(text, row, after):
            kind, below = kind_told(text), None
        elif text:
            below = listed if below is None else below
            kind = kind if below == listed else ""
            found.append(Line(number, text, kind))
    return found


def plain(row: str) -> str:
    text = " ".join(BULLET.sub("", row).split())
    return EMPHASIS.sub(r"\2", text)


def is_heading(text, row, after) -> bool:
    """What ends with a colon, counts what follows, or stands above lines set further in."""
    if text.endswith(":") or COUNTED.fullmatch(fold(text)):
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
    padded = [*names, *[""] * (len(row) - len(names))]
    if not names:
        padded[0] = "title"
    return tuple((name, text) for name, text in zip(padded, row, strict=True) if text)
