from .changeset import Change, ChangeSet
from .groups import Body, Membership, Organisation, Programme
from .party import PARTIES, Alias, Slug
from .person import Person
from .place import City, Region, Sector
from .source import Seed, Source, SourceDocument
from .token import AccessToken
from .user import User

__all__ = [
    "PARTIES",
    "AccessToken",
    "Alias",
    "Body",
    "Change",
    "ChangeSet",
    "City",
    "Membership",
    "Organisation",
    "Person",
    "Programme",
    "Region",
    "Sector",
    "Seed",
    "Slug",
    "Source",
    "SourceDocument",
    "User",
]
