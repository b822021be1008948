"""Who may see and do what on the first floor."""

from programmes.policies import NAMES
from wiego_review.common.access import NETWORK, declare, with_roles

OPEN = dict.fromkeys(NETWORK, ("open",))
OWN = {**OPEN, "guest": ("own",)}
COORDINATED = {"add": with_roles("coordinator"), "edit": with_roles("coordinator")}

for name in ("headcount", "day", "session", "sessionperson", "participant"):
    declare("retreats", name, sees=OWN, does=COORDINATED)
declare("retreats", "retreat", sees=OWN, does={**COORDINATED, "move": with_roles("coordinator")})
declare("retreats", "strategicreview", sees=OPEN, does=COORDINATED)
declare(
    "retreats",
    "strategicissue",
    sees={**OPEN, "guest": ("title",)},
    does={
        **COORDINATED,
        **dict.fromkeys(("merge", "take_apart", "link"), with_roles("coordinator")),
    },
)
for name in ("ballot", "ballotoption", "reviewstep", "reviewinput"):
    declare("retreats", name, sees=OPEN, does=COORDINATED)
declare("retreats", "suggestion", sees=OPEN, does={**COORDINATED, **NAMES})
declare(
    "retreats",
    "issuelink",
    sees=OPEN,
    does={**COORDINATED, "answer": with_roles("coordinator")},
)
declare(
    "retreats",
    "note",
    sees={**OPEN, "board": ("open", "sealed")},
    does={**COORDINATED, **NAMES},
)
