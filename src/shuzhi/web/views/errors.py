"""Error pages: what happened and what to do, in the reader's language, never a code alone."""

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shuzhi.kernel.fields import random_id

log = logging.getLogger(__name__)


def _page(request: HttpRequest, status: int, heading: str, text: str) -> HttpResponse:
    return render(request, "web/error.html", {"heading": heading, "text": text}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something incomplete, or too much."""
    if isinstance(exception, RequestDataTooBig):
        return _page(request, 413, _("提交的内容太大"), _("请分成几次提交，或者压缩文件后再上传。"))
    return _page(
        request, 400, _("这次提交不完整"), _("请返回上一页，刷新后再试。没有保存任何内容。")
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: within reach, but not theirs to do."""
    text = str(exception) or _("这一步由其他岗位办理。如果应当由您办理，请联系管理员调整授权。")
    return _page(request, 403, _("您没有办理这一步的权限"), text)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404: not there, or outside the person's reach, which must look the same."""
    return _page(
        request,
        404,
        _("没有找到这个页面"),
        _("地址可能有误，内容可能已移走，或者不在您的工作范围内。"),
    )


def fault(request: HttpRequest) -> HttpResponse:
    """500: our fault; the page needs neither database nor session."""
    reference = random_id(6)
    log.error("fault %s at %s", reference, request.path)
    text = _("没有保存任何内容。请稍后再试；如果还不行，请把编号 %(id)s 告诉系统管理员。")
    context = {"heading": _("系统出了问题"), "text": text % {"id": reference}, "fault": True}
    return render(request, "web/error.html", context, status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that is too old or comes from elsewhere: nothing is lost, try again."""
    log.info("form refused: %s", reason)
    return _page(
        request,
        403,
        _("这个页面放得太久了"),
        _("为了安全没有提交。请返回上一页，刷新后再提交一次；刚才填写的文字还在。"),
    )
