from .changeset import Change, ChangeSet
from .commitment import Commitment, CommitmentWork, Provision
from .doubt import Concern, Contradiction, Understanding
from .fact import Fact, OrganisationName, OrganisationRole
from .groups import Body, Membership, Organisation, Programme
from .in_words import InWords, InWordsRows
from .installation import Installation, KeptMail
from .mailing import Mailing, MailKind
from .party import PARTIES, Alias, Slug
from .person import Person
from .place import City, Region, Sector
from .plan import Pillar, Plan, PlanPoint
from .source import Passage, Seed, Source, SourceDocument
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
    "Commitment",
    "CommitmentWork",
    "Concern",
    "Contradiction",
    "Fact",
    "InWords",
    "InWordsRows",
    "Installation",
    "KeptMail",
    "MailKind",
    "Mailing",
    "Membership",
    "Organisation",
    "OrganisationName",
    "OrganisationRole",
    "Passage",
    "Person",
    "Pillar",
    "Plan",
    "PlanPoint",
    "Programme",
    "Provision",
    "Region",
    "Sector",
    "Seed",
    "Slug",
    "Source",
    "SourceDocument",
    "Understanding",
    "User",
]
