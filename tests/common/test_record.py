from itertools import chain, repeat

import pytest
from django.db import IntegrityError

from programmes.models import Person, Sector
from tests.factories import FactFactory, PersonFactory, SectorFactory
from wiego_review.common import refs

pytestmark = pytest.mark.django_db


def drawn(monkeypatch, *numbers):
    draws = chain(numbers, repeat(None))
    monkeypatch.setattr(refs.secrets, "randbelow", lambda limit: next(draws) - 1)


def test_save_draws_anew_on_a_collision(monkeypatch):
    first = SectorFactory()
    second = Sector(id=first.pk, name="Other")
    second.clean()
    drawn(monkeypatch, first.pk, 77)

    second.save()

    assert second.pk == 77
    assert Sector.objects.get(pk=first.pk).name == first.name
    assert Sector.objects.get(pk=77).name == "Other"


def test_save_of_a_person_draws_anew_on_a_collision(monkeypatch):
    first = PersonFactory(name="First of Two")
    second = Person(id=first.pk, name="Second of Two")
    second.clean()
    drawn(monkeypatch, 78)

    second.save()

    assert (second.pk, second.slug) == (78, "second-of-two")
    assert Person.objects.get(pk=first.pk).name == "First of Two"


def test_save_raises_what_is_no_collision_of_keys():
    first = SectorFactory()

    with pytest.raises(IntegrityError):
        Sector(name="Twin", slug=first.slug).save()


def test_bulk_create_draws_anew_for_what_is_there_and_for_twins(monkeypatch):
    first = SectorFactory()
    twins = [Sector(id=number, name=f"n{i}", slug=f"n{i}") for i, number in enumerate((5, 5))]
    taken = Sector(id=first.pk, name="n2", slug="n2")
    drawn(monkeypatch, 5, 81, first.pk, 82)

    Sector.objects.bulk_create([*twins, taken])

    found = dict(Sector.objects.filter(slug__in=["n0", "n1", "n2"]).values_list("slug", "pk"))
    assert found == {"n0": 5, "n1": 81, "n2": 82}
    assert Sector.objects.get(pk=first.pk).name == first.name


def test_bulk_create_looks_at_every_chunk_of_keys():
    Sector.objects.bulk_create(
        Sector(id=number, name="many", slug=f"many-{number}") for number in range(1, 1201)
    )
    again = [Sector(id=number, name="again", slug=f"again-{number}") for number in (1, 600, 1200)]

    Sector.objects.bulk_create(again)

    assert Sector.objects.filter(name="again").count() == 3
    assert Sector.objects.filter(name="many").count() == 1200


def test_saving_some_columns_saves_the_words_that_follow():
    fact = FactFactory(text="first words", person=PersonFactory())
    fact.text = "other words"

    fact.save(update_fields=["text"])

    fact.refresh_from_db()
    assert (fact.text, "other words" in fact.search_text) == ("other words", True)
