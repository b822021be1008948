"""Words of time in English, Spanish, French and Portuguese, folded, and the sign each stands for.

Signs: `m6` June, `w0` Monday, `o1` first, `2` two, and a plain word for the rest. Where several
words say one thing (`_` parts them), they are read as one. Words that say nothing have no sign.
"""

import re

from wiego_review.common.text import fold

MONTHS = (
    "january jan enero ene janvier janv janeiro",
    "february feb febrero feb fevrier fevr fev fevereiro",
    "march mar marzo mars marco",
    "april apr abril abr avril avr",
    "may mayo mai maio",
    "june jun junio juin junho",
    "july jul julio juillet juil julho",
    "august aug agosto ago aout",
    "september sep sept septiembre setiembre septembre setembro set",
    "october oct octubre octobre outubro out",
    "november nov noviembre novembre novembro",
    "december dec diciembre dic decembre dezembro dez",
)
WEEKDAYS = (
    "monday mon lunes lundi segunda_feira",
    "tuesday tue tues martes mardi terca_feira terca",
    "wednesday wed miercoles mercredi quarta_feira",
    "thursday thu thur thurs jueves jeudi quinta_feira quinta",
    "friday fri viernes vendredi sexta_feira sexta",
    "saturday sat sabado samedi",
    "sunday sun domingo dimanche",
)
ORDINALS = (
    "first primera primer primero premiere premier primeira primeiro",
    "second segunda segundo deuxieme seconde",
    "third tercera tercer tercero troisieme terceira terceiro",
    "fourth cuarta cuarto quatrieme quarta quarto",
)
NUMBERS = (
    "one un una uno une um uma",
    "two dos deux dois duas couple",
    "three tres trois",
    "four cuatro quatre quatro",
    "five cinco cinq",
    "six seis",
    "seven siete sete",
    "eight ocho huit oito",
    "nine nueve neuf nove",
    "ten diez dix",
)
WORDS = {
    "day": "day days dia dias jour jours",
    "week": "week weeks semana semanas semaine semaines",
    "2 week": "fortnight",
    "15": "quince quinze",
    "month": "month months mes meses mois",
    "quarter": "quarter quarters trimestre trimestres",
    "half": "half quincena quinzaine quinzena mitad moitie metade semestre",
    "year": "year years ano anos an ans annee annees",
    "today": "today hoy aujourd_hui aujourdhui hoje",
    "tomorrow": "tomorrow manana demain amanha",
    "early": "early start beginning principio principios comienzo comienzos inicio inicios debut"
    " comeco comecos",
    "mid": "mid middle mediados meados mi milieu",
    "late": "late fines finales finais",
    "end": "end fin final fim",
    "last": "last ultima ultimo derniere dernier",
    "this": "this current esta este ce cet cette neste nesta",
    "next": "next coming following que_viene que_vem proxima proximo proximas proximos"
    " prochaine prochain prochaines prochains",
    "in": "in within en dentro_de dans daqui_a em d_ici_a",
    "after": "after despues_del despues_de apres depois_da depois_do depois_de",
    "before": "before ahead_of prior_to antes_del antes_de antes_da antes_do avant",
    "for": "for in_time_for para pour",
    "at": "at during durante pendant lors",
    "by": "by until till no_later_than not_later_than up_to hasta jusqu_au jusqu_a d_ici ate",
    "to": "to and or through y e o ou et au",
    "ongoing": "ongoing on_going continuous continuously permanent permanente permanently en_curso"
    " continuo continua continu continue en_cours en_continu em_curso em_andamento",
    "undated": "undated no_date no_deadline open_date tbd tbc to_be_decided to_be_confirmed none"
    " n_a sin_fecha por_definir sans_date a_definir sem_data sem_prazo a_decidir",
    "": "the of on a el la le les l los las de d do da du del des os as um_de from its our their"
    " between entre about around ao na no nas nos nuestra nuestro notre nossa nosso",
    # What meetings are called.
    "retreat": "retiro retraite retreats",
    "team": "equipo equipe",
    "board": "junta directiva conseil conselho consejo diretoria",
    "teleconference": "teleconferencia conference_call teleconf",
    "meeting": "meetings reunion reuniao",
    "assembly": "asamblea assemblee assembleia",
    "general": "generale geral",
    "workshop": "taller atelier oficina",
    "conference": "conferencia",
}


def signs() -> dict:
    """Each word or phrase with its sign; a word that is a month or a number is nothing else."""
    found = {}
    for first, sign, groups in ((1, "m", MONTHS), (0, "w", WEEKDAYS), (1, "o", ORDINALS)):
        for number, words in enumerate(groups, start=first):
            found |= dict.fromkeys(words.split(), f"{sign}{number}")
    for number, words in enumerate(NUMBERS, start=1):
        found |= dict.fromkeys(words.split(), str(number))
    for sign, words in WORDS.items():
        found |= {word: sign for word in words.split() if word not in found}
    return {word.replace("_", " "): sign for word, sign in found.items()}


SIGNS = signs()
BY_LENGTH = sorted(SIGNS, key=lambda words: -words.count(" "))
SPOKEN = re.compile(rf"\b({'|'.join(BY_LENGTH)})\b")
QUARTER = re.compile(r"\b[qt]([1-4])\b")
NUMBERED = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|ere|e|eme|o|a)\b")


def signs_of(text: str) -> str:
    """The signs of a text in a row; words that have none stand as they are, folded."""
    spoken = NUMBERED.sub(r"o\1", QUARTER.sub(r"quarter \1", fold(text)))
    return " ".join(SPOKEN.sub(lambda found: SIGNS[found[0]], spoken).split())
