"""What each role may do, and how far: the one table of role × permission × reach.

System, security and audit administrators are three people (三员分立); none of them sees a
ballot, a comment or a score. A unit acts in a matter through those who stand in it (`matter.act`
reaches no further), so that nobody closes from above what the unit below still owes.
"""

from shuzhi.kernel.access import Permission as P  # noqa: N817 (a table reads better)
from shuzhi.kernel.access import Reach

from .enums import Role

_READ = (P.REGISTRY_VIEW, P.CATALOGUE_VIEW, P.BULLETIN_VIEW)
_REVIEW = (P.REVIEW_VIEW, P.REPORT_VIEW, P.GATHERING_VIEW, P.POLL_VIEW, P.REVIEW_RESULT)
_ORGANISE = (
    *_READ,
    P.MATTER_VIEW,
    P.MATTER_OPEN,
    P.MATTER_MANAGE,
    *_REVIEW,
    P.BULLETIN_CHECK,
    P.BULLETIN_DRAFT,
    P.CATALOGUE_MANAGE,
    P.GATHERING_DESK,
    P.GATHERING_PREPARE,
    P.POLL_MANAGE,
    P.REGISTRY_MANAGE,
    P.REVIEW_COMMENT,
    P.REVIEW_MANAGE,
)

ROLES: dict[Role, dict[Reach, tuple[P, ...]]] = {
    Role.COUNTY_ORGANISER: {Reach.ALL: (*_ORGANISE, P.PERIOD_MANAGE), Reach.OWN: (P.MATTER_ACT,)},
    Role.TOWN_COMMISSIONER: {Reach.SUBTREE: _ORGANISE, Reach.OWN: (P.MATTER_ACT,)},
    Role.LEADER: {
        Reach.SUBTREE: (
            *_READ,
            *_REVIEW,
            P.REVIEW_COMMENT,
            P.REVIEW_APPROVE,
            P.BULLETIN_APPROVE,
            P.BULLETIN_CHECK,
            P.MATTER_VIEW,
            P.MATTER_OPEN,
        ),
        Reach.OWN: (P.MATTER_ACT,),
    },
    Role.SECRETARY: {
        Reach.OWN: (
            P.REGISTRY_VIEW,
            P.REPORT_WRITE,
            P.REPORT_VIEW,
            P.MATTER_ACT,
            P.MATTER_OPEN,
            P.MATTER_VIEW,
        ),
        Reach.PARENT: (P.REVIEW_VIEW, P.BULLETIN_VIEW, P.CATALOGUE_VIEW),
    },
    Role.DESK: {Reach.OWN: (P.REVIEW_VIEW, P.GATHERING_VIEW, P.GATHERING_DESK, P.POLL_VIEW)},
    Role.TELLER: {Reach.OWN: (P.POLL_COUNT,)},
    Role.INSPECTOR: {
        Reach.SUBTREE: (*_READ, *_REVIEW, P.MATTER_VIEW, P.MATTER_OPEN),
        Reach.OWN: (P.MATTER_ACT,),
    },
    Role.SYSTEM_ADMIN: {Reach.ALL: (P.SYSTEM_MANAGE, P.ACCOUNT_MANAGE, P.REGISTRY_VIEW)},
    Role.SECURITY_ADMIN: {Reach.ALL: (P.GRANT_MANAGE, P.REGISTRY_VIEW)},
    Role.AUDIT_ADMIN: {Reach.ALL: (P.AUDIT_VIEW,)},
}
