"""Logging in by way of another server: a real one, the npm package oidc-provider, which is
installed from the lock file beside this; skipped where npm or its registry is not there."""

import http.client
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from server import Server

HERE = pathlib.Path(__file__).resolve().parent / "oidc"
API = "/api/v1"
CALLBACK = API + "/oidc/callback"
_installed = None


def installed():
    """The folder with the package; "" where it cannot be had."""
    global _installed
    if _installed is None:
        _installed = tempfile.TemporaryDirectory()
        for name in ("package.json", "package-lock.json", "provider.mjs"):
            shutil.copy(HERE / name, _installed.name)
        try:
            done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"],
                                  cwd=_installed.name, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, timeout=180).returncode == 0
        except (OSError, subprocess.TimeoutExpired):
            done = False
        if not done:
            _installed.cleanup()
            _installed = ""
    return _installed.name if _installed else ""


class Browser:
    """Follows links, keeps cookies by host and port, fills the other server's forms."""

    def __init__(self):
        self.cookies = {}

    def ask(self, method, url, form=None):
        u = urlsplit(url)
        jar = self.cookies.setdefault(u.netloc, {})
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in jar.items())} if jar else {}
        body = None
        if form is not None:
            body = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        c = http.client.HTTPConnection(u.hostname, u.port, timeout=20)
        try:
            c.request(method, u.path + ("?" + u.query if u.query else ""), body, headers)
            r = c.getresponse()
            text = r.read().decode()
        finally:
            c.close()
        for given in r.headers.get_all("Set-Cookie") or []:
            name, _, value = given.split(";")[0].partition("=")
            if value:
                jar[name] = value
            else:
                jar.pop(name, None)
        return r.status, r.headers.get("Location"), text

    def follow(self, url, login, until):
        """Go on until an address that holds `until` is to be asked; that address."""
        for _ in range(20):
            if until in url:
                return url
            status, location, text = self.ask("GET", url)
            if status == 200:
                action = re.search(r'action="([^"]+)"', text)[1]
                prompt = re.search(r'name="prompt" value="([^"]+)"', text)[1]
                form = {"prompt": prompt}
                if prompt == "login":
                    form.update(login=login, password="any")
                status, location, text = self.ask("POST", urljoin(url, action), form)
            if status not in (302, 303):
                raise AssertionError(f"{url}: {status} {text[:500]}")
            url = urljoin(url, location)
        raise AssertionError("too many steps")


class Way(unittest.TestCase):
    alg = "RS256"

    @classmethod
    def setUpClass(cls):
        if not installed():
            raise unittest.SkipTest("npm, or its registry, is not there")
        secret = tempfile.NamedTemporaryFile("w")
        cls.addClassCleanup(secret.close)
        secret.write("se%cret+&\n")
        secret.flush()
        # the port of ours has to be known to theirs, and the other way round
        cls.port = free_port()
        base = f"http://127.0.0.1:{cls.port}"
        cls.provider = subprocess.Popen(
            ["node", "provider.mjs", base + CALLBACK, cls.alg], cwd=installed(),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True)
        cls.addClassCleanup(cls.end_provider)
        cls.issuer = cls.provider.stdout.readline().strip()
        cls.server = Server("sqlite", "--listen", f"127.0.0.1:{cls.port}", "--oidc-issuer",
                            cls.issuer, "--oidc-client", "plumbline",
                            "--oidc-secret-file", secret.name)
        cls.addClassCleanup(cls.server.close)
        cls.base = base

    @classmethod
    def end_provider(cls):
        cls.provider.stdin.close()
        cls.provider.wait(10)
        cls.provider.stdout.close()

    def come(self, login, query=""):
        """Log in over there, and come back: (browser, where it ends)."""
        b = Browser()
        back = b.follow(f"{self.base}{API}/oidc/start{query}", login, CALLBACK)
        _, location, _ = b.ask("GET", back)
        return b, location[len(self.base):]

    def who(self, b):
        status, _, text = b.ask("GET", self.base + API + "/session")
        found = re.search(r'"login":"([^"]*)"', text)
        return found[1] if found else None

    def user(self, login):
        made = self.server.ask("POST", API + "/users", role="admin", body={
            "login": login, "name": "某人", "role": "reader"})
        self.assertEqual(made.status, 201, made.body)
        return made.json["id"]

    def test_whoever_is_nobody_here_is_refused(self):
        b, end = self.come("stranger")
        self.assertEqual((end, self.who(b)), ("/login?error=oidc-refused", None))

    def test_a_verified_address_links_the_login_of_that_name(self):
        user = self.user("Wang@Example.org")
        for _ in range(2):
            b, end = self.come("wang")
            self.assertEqual((end, self.who(b)), ("/", "wang@example.org"))
        seen = self.server.ask("GET", f"{API}/users/{user}", role="admin").json
        self.assertEqual((seen["oidc"], seen["has_password"]), (True, False))

    def test_an_address_that_was_not_verified_links_nobody(self):
        self.user("unverified@example.org")
        b, end = self.come("unverified")
        self.assertEqual((end, self.who(b)), ("/login?error=oidc-refused", None))

    def test_an_invitation_links_whoever_comes_with_it(self):
        user = self.user("by.invitation")
        link = self.server.ask("POST", f"{API}/users/{user}/invitation", role="admin").json
        query = "?invitation=" + link["link"].rsplit("/", 1)[1]
        b, end = self.come("invited", query)
        self.assertEqual((end, self.who(b)), ("/", "by.invitation"))
        b, end = self.come("another", query)
        self.assertEqual((end, self.who(b)), ("/login?error=oidc-refused", None))

    def test_a_disabled_user_stays_out(self):
        user = self.user("gone@example.org")
        self.assertEqual(self.come("gone")[1], "/")
        tag = self.server.ask("GET", f"{API}/users/{user}", role="admin").headers["ETag"]
        self.server.ask("PATCH", f"{API}/users/{user}", {"disabled": True}, role="admin",
                        If_Match=tag)
        self.assertEqual(self.come("gone")[1], "/login?error=oidc-refused")

    def test_an_answer_counts_once_and_in_its_own_browser(self):
        self.user("once@example.org")
        b = Browser()
        back = b.follow(f"{self.base}{API}/oidc/start", "once", CALLBACK)
        other = Browser()
        self.assertEqual(other.ask("GET", back)[1], self.base + "/login?error=oidc-over")
        kept = dict(b.cookies[f"127.0.0.1:{self.port}"])
        self.assertEqual(b.ask("GET", back)[1], self.base + "/")
        b.cookies[f"127.0.0.1:{self.port}"] = kept
        self.assertEqual(b.ask("GET", back)[1], self.base + "/login?error=oidc-over")

    def test_a_code_that_is_none_ends_at_the_login(self):
        b = Browser()
        back = b.follow(f"{self.base}{API}/oidc/start", "once", CALLBACK)
        state = parse_qs(urlsplit(back).query)["state"][0]
        wrong = f"{self.base}{CALLBACK}?code=wrong&state={state}"
        self.assertEqual(b.ask("GET", wrong)[1], self.base + "/login?error=oidc-failed")
        said_no = f"{self.base}{CALLBACK}?error=access_denied&state={state}"
        self.assertEqual(b.ask("GET", said_no)[1], self.base + "/login?error=oidc-refused")

    def test_the_cockpit_is_told(self):
        self.assertTrue(self.server.ask("GET", API + "/session").json["oidc"])


class WithCurves(Way):
    alg = "ES256"


class Without(unittest.TestCase):
    def test_without_another_server_there_is_no_way_to_it(self):
        server = Server()
        self.addCleanup(server.close)
        for path in ("/oidc/start", "/oidc/callback?code=1&state=2"):
            self.assertEqual(server.ask("GET", API + path).status, 404)
        self.assertFalse(server.ask("GET", API + "/session").json["oidc"])

    def test_options_that_make_no_sense_are_refused(self):
        for options in (("--oidc-issuer", "https://a.example"),
                        ("--oidc-client", "x"),
                        ("--oidc-issuer", "http://a.example", "--oidc-client", "x"),
                        ("--oidc-issuer", "http://127.0.0.1@a.example", "--oidc-client", "x"),
                        ("--oidc-issuer", "https://a.example", "--oidc-client", "x",
                         "--oidc-secret-file", "/nowhere")):
            with self.subTest(options=options), self.assertRaises(RuntimeError):
                Server("sqlite", *options)

    def test_another_server_that_is_not_there_ends_at_the_login(self):
        server = Server("sqlite", "--oidc-issuer", f"http://127.0.0.1:{free_port()}",
                        "--oidc-client", "x")
        self.addCleanup(server.close)
        ran = server.ask("GET", API + "/oidc/start")
        self.assertEqual(ran.status, 303)
        self.assertTrue(ran.headers["Location"].endswith("/login?error=oidc-failed"))


def free_port():
    import socket
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


if __name__ == "__main__":
    unittest.main()
