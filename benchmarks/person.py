"""Somebody who logs in to a served site, as a browser does."""

import http.cookiejar
import re
import urllib.parse
import urllib.request

from tests.infra.site import Site

PASSWORD = re.compile(r"密码都是 ([^)\s]+)")
READ = {"text/html", "application/json"}


def password(told: str) -> str:
    """Return the demo accounts' password from what building the demo told."""
    found = PASSWORD.search(told)
    assert found
    return found[1]


class Person:
    """Somebody logged in."""

    def __init__(self, site: Site, username: str, password: str) -> None:
        self.site = site
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.open("/login/")
        token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
        form = {"username": username, "password": password, "csrfmiddlewaretoken": token}
        self.open("/login/", urllib.parse.urlencode(form).encode())

    def open(self, path: str, data: bytes | None = None) -> str:
        """Open a page and return it; a page that fails ends the benchmark."""
        with self.opener.open(self.site.url + path, data, timeout=30) as answer:
            kind = answer.headers.get_content_type()
            body: bytes = answer.read()
        return body.decode() if kind in READ else ""
