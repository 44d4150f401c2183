"""People over HTTP: set-up, logging in and out, codes, tokens, users, settings."""

import base64
import hashlib
import hmac
import re
import struct
import time
import unittest

from server import Server, postgres

PASSWORD = "correct horse battery"
API = "/api/v1"


class Empty(Server):
    """A database without users."""

    def people(self):
        pass


class Browser:
    """Keeps its cookie and the CSRF token, as the cockpit does."""

    def __init__(self, server):
        self.server, self.cookie, self.csrf = server, None, None

    def ask(self, method, path, body=None, **headers):
        if self.cookie:
            headers["Cookie"] = self.cookie
        if self.csrf and method != "GET":
            headers["X_CSRF_Token"] = self.csrf
        ran = self.server.ask(method, API + path, body, **headers)
        given = ran.headers["Set-Cookie"]
        if given:
            self.cookie = given.split(";")[0]
        if path == "/session" and ran.status == 200:
            self.csrf = ran.json["csrf"]
        return ran

    def log_in(self, login, password=PASSWORD, **more):
        return self.ask("POST", "/session", {"login": login, "password": password, **more})


def code(secret, at=None):
    """RFC 6238, written again."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(at or time.time()) // 30), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 1000000:06}"


class SetUp(unittest.TestCase):
    def setUp(self):
        self.server = Empty()
        self.addCleanup(self.server.close)

    def test_the_first_administrator_comes_by_the_printed_link(self):
        line = self.server.process.stdout.readline()
        token = re.search(r"/setup/([A-Za-z0-9_-]{43})\s", line)[1]
        b = Browser(self.server)
        self.assertIsNone(b.ask("GET", "/session").json["user"])
        body = {"token": token, "login": "root", "name": "根", "password": PASSWORD}
        self.assertEqual(b.ask("POST", "/setup", {**body, "token": "x"}).status, 404)
        self.assertEqual(b.ask("POST", "/setup", {**body, "password": "short"}).status, 422)
        made = b.ask("POST", "/setup", body)
        self.assertEqual((made.status, made.json["role"]), (201, "admin"))
        self.assertEqual(b.ask("POST", "/setup", body).status, 404)
        self.assertEqual(b.log_in("root").status, 200)


class OnSqlite(unittest.TestCase):
    kind = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.server = Server(cls.kind)
        cls.addClassCleanup(cls.server.close)

    def invited(self, login, role="reader", **more):
        """A new user with the good password."""
        made = self.admin("POST", "/users", {"login": login, "name": "某人", "role": role,
                                             **more})
        self.assertEqual(made.status, 201, made.body)
        link = self.admin("POST", f"/users/{made.json['id']}/invitation").json["link"]
        token = link.rsplit("/invitation/", 1)[1]
        ran = Browser(self.server).ask("POST", f"/invitations/{token}",
                                       {"password": PASSWORD})
        self.assertEqual(ran.status, 200, ran.body)
        self.assertEqual(Browser(self.server).ask(
            "POST", f"/invitations/{token}", {"password": PASSWORD}).status, 404)
        return made.json["id"]

    def admin(self, method, path, body=None, **headers):
        return self.server.ask(method, API + path, body, role="admin", **headers)

    def problem(self, ran, status, token):
        self.assertEqual((ran.status, ran.json["type"].rsplit("/", 1)[1]), (status, token))

    def test_a_session_begins_and_ends(self):
        self.invited("s1", "office")
        b = Browser(self.server)
        self.problem(b.log_in("s1", "wrong password"), 401, "invalid-credentials")
        ran = b.log_in("S1")
        self.assertEqual(ran.status, 200, ran.body)
        for word in ("HttpOnly", "SameSite=Lax"):
            self.assertIn(word, ran.headers["Set-Cookie"])
        mine = b.ask("GET", "/session").json
        self.assertEqual(mine["user"]["login"], "s1")
        self.assertEqual(mine["region"], {"id": "110199", "name": "云溪区"})
        self.assertIn("import", mine["permissions"])
        self.assertNotIn("user_admin", mine["permissions"])
        self.assertEqual(b.ask("GET", "/account/sessions").json["items"][0]["current"], True)
        kept = b.cookie
        self.assertEqual(b.ask("DELETE", "/session").status, 204)
        b.cookie = kept
        self.assertIsNone(b.ask("GET", "/session").json["user"])

    def test_a_writing_request_needs_its_csrf_token(self):
        self.invited("s2")
        b = Browser(self.server)
        b.log_in("s2")
        right, b.csrf = b.csrf, "0" * 64
        self.problem(b.ask("POST", "/account/totp"), 403, "csrf")
        b.csrf = right
        self.assertEqual(b.ask("POST", "/account/totp").status, 200)

    def test_too_many_attempts_have_to_wait(self):
        self.invited("s3")
        b = Browser(self.server)
        for _ in range(12):
            ran = b.log_in("s3", "wrong password")
            if ran.status == 429:
                break
        self.problem(ran, 429, "locked")
        self.assertGreaterEqual(int(ran.headers["Retry-After"]), 1)
        self.problem(b.log_in("s3"), 429, "locked")
        # what would lock the other tests' address, too
        self.server.sql("DELETE FROM login_failure;")

    def test_codes_are_asked_for_when_they_are_on(self):
        self.invited("s4")
        b = Browser(self.server)
        b.log_in("s4")
        secret = b.ask("POST", "/account/totp").json
        self.assertTrue(secret["uri"].startswith("otpauth://totp/Plumbline:s4?secret="))
        wrong = b.ask("PUT", "/account/totp", {"code": "12345"})
        self.assertEqual(wrong.status, 422, wrong.body)
        used = code(secret["secret"])
        self.assertEqual(b.ask("PUT", "/account/totp", {"code": used}).status, 204)
        other = Browser(self.server)
        self.problem(other.log_in("s4"), 401, "code-needed")
        self.problem(other.log_in("s4", code=used), 401, "invalid-credentials")
        later = code(secret["secret"], time.time() + 30)
        self.assertEqual(other.log_in("s4", code=later).status, 200)
        self.assertEqual(b.ask("DELETE", "/account/totp").status, 204)
        self.assertEqual(Browser(self.server).log_in("s4").status, 200)

    def test_a_changed_password_ends_other_sessions(self):
        self.invited("s5")
        one, two = Browser(self.server), Browser(self.server)
        one.log_in("s5")
        two.log_in("s5")
        change = {"old": PASSWORD, "new": "another good one"}
        self.problem(one.ask("PUT", "/account/password", {**change, "old": "x"}), 401,
                     "invalid-credentials")
        self.assertEqual(one.ask("PUT", "/account/password",
                                 {**change, "new": "short"}).status, 422)
        self.assertEqual(one.ask("PUT", "/account/password", change).status, 204)
        self.assertEqual(one.ask("GET", "/account/sessions").json["total"], 1)
        self.assertIsNone(two.ask("GET", "/session").json["user"])

    def test_a_token_is_told_once_and_works_until_revoked(self):
        self.invited("s6", "office")
        b = Browser(self.server)
        b.log_in("s6")
        ends = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600))
        body = {"name": "导入", "scopes": ["own_read", "plan_read"], "expires_at": ends}
        for bad in ({"scopes": ["user_admin"]}, {"scopes": ["no"]}, {"scopes": []},
                    {"expires_at": "2001-01-01T00:00:00Z"}):
            self.assertEqual(b.ask("POST", "/tokens", {**body, **bad}).status, 422, bad)
        made = b.ask("POST", "/tokens", body)
        self.assertEqual(made.status, 201, made.body)
        self.assertEqual((made.json["scopes"], made.json["expires_at"]),
                         (["plan_read", "own_read"], ends))
        listed = b.ask("GET", "/tokens")
        self.assertNotIn("secret", listed.json["items"][0])
        bearer = {"Authorization": "Bearer " + made.json["secret"]}
        self.assertEqual(self.server.ask("GET", API + "/plans", **bearer).status, 200)
        self.assertEqual(self.server.ask("GET", API + "/tokens", **bearer).status, 403)
        self.assertEqual(b.ask("DELETE", "/tokens/" + made.json["id"]).status, 204)
        self.assertEqual(self.server.ask("GET", API + "/plans", **bearer).status, 401)
        self.assertEqual(b.ask("DELETE", "/tokens/" + made.json["id"]).status, 404)

    def test_users_change_under_if_match(self):
        user = "/users/" + self.invited("s7")
        seen = self.admin("GET", user)
        tag = seen.headers["ETag"]
        self.problem(self.admin("PATCH", user, {"role": "office"}), 428, "match-needed")
        ran = self.admin("PATCH", user, {"role": "lead", "unit": "u-own"}, If_Match=tag)
        self.assertEqual((ran.status, ran.json["role"], ran.json["unit_name"]),
                         (200, "lead", "本单位"))
        self.problem(self.admin("PATCH", user, {"role": "office"}, If_Match=tag), 412, "stale")
        tag = ran.headers["ETag"]
        self.assertEqual(self.admin("PATCH", user, {"unit": None}, If_Match=tag).status, 422)
        ran = self.admin("PATCH", user, {"disabled": True}, If_Match=tag)
        self.assertEqual((ran.status, ran.json["disabled"]), (200, True))
        self.problem(Browser(self.server).log_in("s7"), 401, "invalid-credentials")

    def test_users_are_listed_and_found(self):
        self.invited("s8", "supervisor")
        listed = self.admin("GET", "/users?q=s8").json
        self.assertEqual([u["login"] for u in listed["items"]], ["s8"])
        roles = {u["role"] for u in self.admin("GET", "/users?role=reader").json["items"]}
        self.assertEqual(roles, {"reader"})
        again = self.admin("POST", "/users", {"login": "S8", "name": "某人",
                                              "role": "reader"})
        self.assertEqual(again.status, 409)
        self.assertEqual(self.admin("GET", "/users/none").status, 404)
        self.assertEqual(self.admin("POST", "/users", {"login": "x", "name": "y",
                                                       "role": "public"}).status, 422)

    def test_settings_change_under_if_match(self):
        tag = self.admin("GET", "/settings").headers["ETag"]
        plans = API + "/plans"
        self.assertEqual(self.server.ask("GET", plans).status, 401)
        ran = self.admin("PATCH", "/settings", {"public_access": True}, If_Match=tag)
        self.assertEqual(ran.status, 200, ran.body)
        self.assertEqual(self.server.ask("GET", plans).status, 200)
        self.assertTrue(self.server.ask("GET", API + "/session").json["public_access"])
        ran = self.admin("PATCH", "/settings", {"public_access": False},
                         If_Match=ran.headers["ETag"])
        self.assertEqual(self.server.ask("GET", plans).status, 401)

    def test_what_is_not_of_its_form_is_refused(self):
        for method, path, body in (("POST", "/session", {}),
                                   ("POST", "/session", {"login": 1, "password": "x"}),
                                   ("POST", "/users", {"login": "x"}),
                                   ("POST", "/invitations/x", {})):
            with self.subTest(path=path, body=body):
                self.assertEqual(self.admin(method, path, body).status, 422)


@unittest.skipUnless(postgres(), "PostgreSQL is not installed")
class OnPostgres(OnSqlite):
    kind = "postgres"



if __name__ == "__main__":
    unittest.main()
