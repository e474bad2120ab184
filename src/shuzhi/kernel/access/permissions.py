"""Every permission of the product, sorted; an unknown name cannot be written."""

from enum import StrEnum


class Permission(StrEnum):
    """What an actor may be granted; the part before the dot names the room or thing."""

    ACCOUNT_MANAGE = "account.manage"
    AUDIT_VIEW = "audit.view"
    BULLETIN_APPROVE = "bulletin.approve"
    BULLETIN_CHECK = "bulletin.check"
    BULLETIN_DRAFT = "bulletin.draft"
    BULLETIN_VIEW = "bulletin.view"
    CATALOGUE_MANAGE = "catalogue.manage"
    CATALOGUE_VIEW = "catalogue.view"
    GATHERING_DESK = "gathering.desk"
    GATHERING_PREPARE = "gathering.prepare"
    GATHERING_VIEW = "gathering.view"
    GRANT_MANAGE = "grant.manage"
    PERIOD_MANAGE = "period.manage"
    POLL_COUNT = "poll.count"
    POLL_MANAGE = "poll.manage"
    POLL_VIEW = "poll.view"
    REGISTRY_MANAGE = "registry.manage"
    REGISTRY_VIEW = "registry.view"
    REPORT_VIEW = "report.view"
    REPORT_WRITE = "report.write"
    REVIEW_APPROVE = "review.approve"
    REVIEW_COMMENT = "review.comment"
    REVIEW_MANAGE = "review.manage"
    REVIEW_RESULT = "review.result"
    REVIEW_VIEW = "review.view"
    SYSTEM_MANAGE = "system.manage"
