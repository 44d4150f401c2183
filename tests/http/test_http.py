"""The server: who may what, what strangers may send, what is answered."""

import concurrent.futures
import gzip
import json
import re
import signal
import socket
import threading
import time
import unittest

from server import DISTRICT, ROLES, Server, csrf, postgres

DOCUMENT = "/api/v1/documents/{document}"


class OnSqlite(unittest.TestCase):
    kind = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.server = Server(cls.kind)
        cls.addClassCleanup(cls.server.close)
        cls.imported = cls.server.upload(DISTRICT.read_bytes())
        cls.api = cls.server.ask("GET", "/api/v1/openapi.json").json

    def ask(self, *args, **more):
        return self.server.ask(*args, **more)

    def filled(self, path):
        """A path with ids that exist where this test knows one."""
        known = {"document": self.imported.json["document"]["id"],
                 "plan": self.imported.json["plan"]["id"]}
        return re.sub(r"\{(\w+)\}", lambda m: known.get(m[1], "none"), path)

    def operations(self):
        for path, methods in self.api["paths"].items():
            for method, operation in methods.items():
                yield method.upper(), path, operation

    # ---- who may what

    def granted(self):
        """{permission: roles}, out of the table itself."""
        from server import ROOT
        text = (ROOT / "src/service/permission.h").read_text(encoding="utf-8")
        rows = re.findall(r'X\(\w+, "(\w+)",(?:[^()]|\n)*?"([xo-]{7})"\)', text)
        self.assertGreater(len(rows), 10)
        names = (*ROLES, "public")
        return {perm: {n for n, c in zip(names, grants) if c == "x"}
                for perm, grants in rows}

    def test_every_operation_refuses_every_role_that_has_not_its_permission(self):
        granted = self.granted()
        for method, path, operation in self.operations():
            may = granted[operation["x-permission"]]
            for role in (*ROLES, "public"):
                if role in may:
                    continue
                with self.subTest(operation=operation["operationId"], role=role):
                    # the permission is asked for before the body is looked at
                    ran = self.ask(method, self.filled(path), role=role if role != "public"
                                   else None, body=b"" if method != "GET" else None)
                    self.assertEqual(ran.status, 401 if role == "public" else 403)
                    self.assertEqual(ran.headers["Content-Type"],
                                     "application/problem+json")

    def test_every_operation_without_a_body_answers_whom_it_may(self):
        granted = self.granted()
        for method, path, operation in self.operations():
            if method != "GET" or "text/event" in str(operation) or path.endswith("/events"):
                continue
            # a token never holds the right to its owner's account
            for role in granted[operation["x-permission"]] - {"public"}:
                account = operation["x-permission"] == "account"
                with self.subTest(operation=operation["operationId"], role=role):
                    ran = self.ask(method, self.filled(path), role=None if account else role,
                                   session=role if account else None)
                    self.assertLess(ran.status, 500, ran.body)
                    self.assertNotIn(ran.status, (401, 403))

    def test_operations_are_described_in_both_languages(self):
        seen = set()
        for _, path, operation in self.operations():
            zh, _, en = operation["summary"].partition(" / ")
            self.assertRegex(zh, "[\u4e00-\u9fff]")
            self.assertRegex(en, "[a-z]{2}")
            self.assertNotIn(operation["operationId"], seen)
            seen.add(operation["operationId"])
            named = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            self.assertEqual(named, set(re.findall(r"\{(\w+)\}", path)))

    def test_a_token_that_is_none_is_refused(self):
        ran = self.ask("GET", "/api/v1/plans", Authorization="Bearer plb_nobody")
        self.assertEqual(ran.status, 401)
        self.assertEqual(ran.headers["WWW-Authenticate"], "Bearer")

    def test_a_session_reads_and_writes_only_with_its_csrf_token(self):
        path = "/api/v1/documents?name=a.txt"
        self.assertEqual(self.ask("GET", "/api/v1/plans", session="office").status, 200)
        for sent, status in ((None, 403), ("x", 403), (csrf("admin"), 403)):
            headers = {"X_CSRF_Token": sent} if sent else {}
            ran = self.ask("POST", path, body=b"x", session="office", **headers)
            self.assertEqual(ran.status, status)
            self.assertTrue(ran.json["type"].endswith("/csrf"), ran.body)
        ran = self.ask("POST", path, body=DISTRICT.read_bytes(), session="office",
                       X_CSRF_Token=csrf("office"))
        self.assertEqual(ran.status, 200, ran.body)

    # ---- documents

    def test_an_import_tells_what_was_recognised(self):
        self.assertEqual(self.imported.status, 201, self.imported.body)
        got = self.imported.json
        self.assertEqual(got["recognised"]["indicators"], 33)
        self.assertGreater(got["recognised"]["tasks"], 10)
        self.assertEqual(got["links"]["new"], 33)
        self.assertEqual(got["document"]["name"], "计划.txt")
        again = self.server.upload(DISTRICT.read_bytes())
        self.assertEqual((again.status, again.json["known"]), (200, True))

    def test_what_is_no_document_is_refused_with_its_reason(self):
        for content, status, kind in ((b"\x89PNG\r\n\x1a\n" + bytes(64), 415, "no-document"),
                                      (b"", 422, "invalid"),
                                      (b"%PDF-1.4\n", 422, "invalid")):
            ran = self.server.upload(content)
            self.assertEqual((ran.status, ran.json["type"].rsplit("/", 1)[1]), (status, kind),
                             ran.body)

    def test_the_original_comes_back_byte_for_byte_and_never_as_a_page(self):
        page = b"<html><body><h1>\xe8\xae\xa1\xe5\x88\x92</h1><script>alert(1)</script>" \
               b"<p>\xe5\xa2\x9e\xe9\x95\xbf6%</p></body></html>"
        made = self.server.upload(page, name='x"\r\nSet-Cookie: a=b.html')
        self.assertEqual(made.status, 400)  # control characters in a query
        made = self.server.upload(page, name='x"; filename=../../y.html')
        self.assertEqual(made.status, 201, made.body)
        ran = self.ask("GET", f"/api/v1/documents/{made.json['document']['id']}/original",
                       role="office")
        self.assertEqual(ran.body, page)
        said = ran.headers["Content-Disposition"]
        self.assertRegex(said, r"^attachment; filename\*=UTF-8''[A-Za-z0-9%._~-]+$")
        self.assertEqual(ran.headers["X-Content-Type-Options"], "nosniff")

    def test_markup_in_a_document_is_text(self):
        text = ("2023年国民经济和社会发展计划\n\n<script>alert(1)</script>"
                "<img src=x onerror=alert(2)>全年增长6%左右。\n\n\"'><svg onload=x>\n")
        made = self.server.upload(text.encode(), name="markup.txt")
        self.assertEqual(made.status, 201, made.body)
        ran = self.ask("GET", f"/api/v1/documents/{made.json['document']['id']}/rendered",
                       role="office")
        page = ran.body.decode()
        self.assertIn("&lt;script&gt;", page)
        self.assertEqual(set(re.findall(r"<\s*(/?\w+)", page)) -
                         {"p", "/p", "mark", "/mark", "h1", "/h1", "br"}, set())

    def test_what_was_recognised_is_marked_where_it_stands(self):
        ran = self.ask("GET", self.filled(DOCUMENT) + "/rendered", role="office")
        page = ran.body.decode()
        kinds = {m[1] for m in re.finditer(r'<mark data-kind="(\w+)"', page)}
        self.assertLessEqual({"indicator", "task", "goal", "fact", "finding"}, kinds)
        self.assertEqual(page.count("<mark"), page.count("</mark>"))
        ids = {m[1] for m in re.finditer(r'data-kind="indicator" data-id="(\d+)"', page)}
        self.assertEqual(ids, {str(i) for i in range(33)})

    # ---- requests that are not well-formed

    def test_bad_addresses_are_refused(self):
        for path, status in (("/api/v1/documents/%00", 400), ("/api/v1/documents/%zz", 400),
                             ("/api/v1/documents/a%2f..%2fb", 400),
                             ("/api/v1/documents/%ff", 400),
                             ("/api/v1/documents/..%2f..%2fetc", 400),
                             ("/api/v1/documents/x'%20OR%201=1--", 404),
                             ("/api/v1/documents?limit=0", 422),
                             ("/api/v1/documents?limit=a", 422),
                             ("/api/v1/plans?x=%0d%0aSet-Cookie:a", 400),
                             ("/api/v1/nothing", 404), ("/../../etc/passwd.txt", 404),
                             ("/assets/..%2f..%2fx.js", 404)):
            with self.subTest(path=path):
                ran = self.ask("GET", path, role="office")
                self.assertEqual(ran.status, status, ran.body)
                self.assertNotIn("Set-Cookie", ran.headers)

    def test_another_method_is_told_which_there_are(self):
        ran = self.ask("DELETE", "/api/v1/documents", role="admin")
        self.assertEqual(ran.status, 405)
        self.assertEqual(ran.headers["Allow"], "GET, POST")

    def test_problems_speak_the_readers_language(self):
        for said, title in (("zh-CN,zh;q=0.9,en;q=0.8", "请先登录"),
                            ("en-US,en;q=0.9", "log in first"), ("", "请先登录")):
            ran = self.ask("GET", "/api/v1/plans", Accept_Language=said)
            self.assertEqual(ran.json["title"], title)
            self.assertEqual(ran.json["instance"], ran.headers["X-Request-Id"])

    def test_huge_headers_and_bodies_end_early(self):
        head = b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 200000 + b"\r\n\r\n"
        self.assertRegex(self.server.raw(head), rb"^(HTTP/1.1 (431|413|400)|$)")
        head = (b"POST /api/v1/documents?name=a HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                b"plb_office\r\nContent-Length: 99999999999\r\n\r\n")
        self.assertIn(b"HTTP/1.1 413", self.server.raw(head))
        self.assertEqual(self.ask("GET", "/healthz").status, 200)

    def test_a_request_id_is_kept_when_it_is_harmless(self):
        self.assertEqual(self.ask("GET", "/healthz", X_Request_Id="a-1.b")
                         .headers["X-Request-Id"], "a-1.b")
        self.assertNotEqual(self.ask("GET", "/healthz", X_Request_Id='a"b')
                            .headers["X-Request-Id"], 'a"b')

    # ---- answers

    def test_text_is_packed_for_whoever_takes_it(self):
        plain = self.ask("GET", "/api/v1/openapi.json")
        packed = self.ask("GET", "/api/v1/openapi.json", Accept_Encoding="gzip")
        self.assertNotIn("Content-Encoding", plain.headers)
        self.assertEqual(packed.headers["Content-Encoding"], "gzip")
        self.assertEqual(gzip.decompress(packed.body), plain.body)
        self.assertLess(len(packed.body), len(plain.body) // 3)
        small = self.ask("GET", "/healthz", Accept_Encoding="gzip")
        self.assertNotIn("Content-Encoding", small.headers)

    def test_what_was_read_is_not_sent_twice(self):
        first = self.ask("GET", self.filled(DOCUMENT), role="office")
        again = self.ask("GET", self.filled(DOCUMENT), role="office",
                         If_None_Match=first.headers["ETag"])
        self.assertEqual((again.status, again.body), (304, b""))
        other = self.ask("GET", self.filled(DOCUMENT), role="office", If_None_Match='W/"x"')
        self.assertEqual(other.status, 200)

    def test_head_is_get_without_its_body(self):
        ran = self.ask("HEAD", "/healthz")
        self.assertEqual((ran.status, ran.body), (200, b""))
        self.assertGreater(int(ran.headers["Content-Length"]), 10)

    def test_everything_carries_its_security_headers(self):
        for path in ("/", "/healthz", "/api/v1/plans", "/x.js"):
            h = self.ask("GET", path).headers
            self.assertNotIn("unsafe-inline", h["Content-Security-Policy"].split("style-src")[0])
            self.assertIn("frame-ancestors 'none'", h["Content-Security-Policy"])
            self.assertEqual(h["X-Content-Type-Options"], "nosniff")
            self.assertIn("Referrer-Policy", h)

    def test_a_key_makes_a_post_safe_to_repeat(self):
        text = "2024年计划\n\n一、目标\n\n地区生产总值增长5%。\n".encode()
        key = {"Idempotency_Key": f"k-{time.time()}"}
        first = self.server.upload(text, name="k.txt", **key)
        again = self.server.upload(text, name="k.txt", **key)
        self.assertEqual(first.status, 201, first.body)
        self.assertEqual((again.status, again.body), (201, first.body))
        self.assertEqual(again.headers["Idempotency-Replayed"], "true")
        other = self.server.upload(text, name="other.txt", **key)
        self.assertEqual(other.status, 422)
        self.assertTrue(other.json["type"].endswith("/key-reused"))
        self.assertEqual(self.server.upload(text, name="k.txt", role="admin", **key).status,
                         200)  # somebody else's key is another one
        bad = self.server.upload(text, name="k.txt", Idempotency_Key="a" * 200)
        self.assertEqual(bad.status, 400)

    def test_pages_of_the_cockpit_are_one_page(self):
        index = self.ask("GET", "/")
        self.assertEqual(index.headers["Cache-Control"], "no-cache")
        self.assertEqual(self.ask("GET", "/plans/x/tasks").body, index.body)
        self.assertEqual(self.ask("GET", "/", If_None_Match=index.headers["ETag"]).status, 304)
        packed = self.ask("GET", "/", Accept_Encoding="gzip")
        self.assertEqual(gzip.decompress(packed.body), index.body)
        self.assertEqual(self.ask("GET", "/api/v2/x").status, 404)

    def test_counts_and_log(self):
        self.ask("GET", "/api/v1/documents?limit=7&q=secret-words", role="reader",
                 X_Request_Id="find-me")
        counted = r'plumbline_requests_total\{route="document_list",status="200"\} [1-9]'
        for _ in range(100):  # a request is counted when its last byte is sent
            text = self.ask("GET", "/metrics").body.decode()
            if re.search(counted, text):
                break
            time.sleep(0.05)
        self.assertRegex(text, counted)
        self.assertRegex(text, r'plumbline_request_seconds_bucket\{route="document_list",'
                               r'le="\+Inf"\} [1-9]')
        self.assertRegex(text, r'plumbline_imports_total\{outcome="done"\} [1-9]')
        self.assertRegex(text, r"process_resident_memory_bytes [1-9]\d{5}")
        row = [r for r in self.server.lines() if r["request"] == "find-me"][0]
        self.assertEqual((row["route"], row["status"], row["user"], row["method"]),
                         ("/api/v1/documents", 200, "id-reader", "GET"))
        self.assertNotIn("secret-words", json.dumps(self.server.lines()))

    def test_what_was_written_is_read_at_once(self):
        path = "/api/v1/plans?limit=500"
        before = [self.ask("GET", path, role="office").json["total"] for _ in range(4)]
        self.assertEqual(len(set(before)), 1)
        text = f"2026年计划{time.time()}\n\n一、目标\n\n地区生产总值增长3%。\n"
        self.assertEqual(self.server.upload(text.encode(), name="w.txt").status, 201)
        for _ in range(4):  # whichever thread answers
            self.assertEqual(self.ask("GET", path, role="office").json["total"], before[0] + 1)

    def test_an_answer_is_not_given_to_who_may_see_less(self):
        path = f"/api/v1/plans/{self.imported.json['plan']['id']}/tasks"
        for _ in range(3):
            whole = self.ask("GET", path, role="office")
            own = self.ask("GET", path, role="lead")
            self.assertGreater(whole.json["total"], 10)
            self.assertEqual(own.json["total"], 0, own.body)

    def test_a_token_that_was_revoked_is_refused_at_once(self):
        made = self.ask("POST", "/api/v1/tokens", session="office",
                        X_CSRF_Token=csrf("office"),
                        body={"name": "t", "scopes": ["plan_read", "own_read"],
                              "expires_at": time.strftime("%Y-%m-%dT%H:%M:%SZ",
                                                          time.gmtime(time.time() + 999))})
        self.assertEqual(made.status, 201, made.body)
        secret = next(v for v in made.json.values() if str(v).startswith("plb_"))
        token = made.json.get("id") or made.json["token"]["id"]
        bearer = {"Authorization": f"Bearer {secret}"}
        for _ in range(4):
            self.assertEqual(self.ask("GET", "/api/v1/plans", **bearer).status, 200)
        gone = self.ask("DELETE", f"/api/v1/tokens/{token}", session="office",
                        X_CSRF_Token=csrf("office"))
        self.assertEqual(gone.status, 204, gone.body)
        for _ in range(4):
            self.assertEqual(self.ask("GET", "/api/v1/plans", **bearer).status, 401)

    # ---- many at once

    def test_many_readers_and_writers_meet_no_failure_of_ours(self):
        def one(i):
            if i % 8 == 0:
                text = f"202{i % 10}年计划{i}\n\n一、目标\n\n地区生产总值增长{i % 9}%。\n"
                return self.server.upload(text.encode(), name=f"{i}.txt").status
            return self.ask("GET", self.filled(DOCUMENT), role=ROLES[i % 2]).status
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            statuses = set(pool.map(one, range(96)))
        self.assertLessEqual(statuses, {200, 201})

    # ---- events

    def listen(self, role, got, ready, last=None):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as s:
            resume = f"Last-Event-ID: {last}\r\n" if last is not None else ""
            s.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                      f"plb_{role}\r\n{resume}\r\n".encode())
            text, end = "", time.monotonic() + 3.5
            while time.monotonic() < end and "event: change" not in text:
                try:
                    s.settimeout(max(0.1, end - time.monotonic()))
                    part = s.recv(4096)
                except socket.timeout:
                    break
                if not part:
                    break
                text += part.decode()
                if "retry:" in text:
                    ready.set()
            got[role] = text

    def test_listeners_hear_of_changes_and_of_their_own_imports(self):
        got, threads = {}, []
        for role in ("office", "reader", "lead"):
            ready = threading.Event()
            threads.append(threading.Thread(target=self.listen, args=(role, got, ready)))
            threads[-1].start()
            self.assertTrue(ready.wait(5))
        text = f"2025年计划{time.time()}\n\n一、目标\n\n地区生产总值增长7%。\n".encode()
        made = self.server.upload(text, query="&import=job-1")
        self.assertEqual(made.status, 201)
        for t in threads:
            t.join(10)
        self.assertIn(f'"object":"plan/{made.json["plan"]["id"]}"', got["office"])
        self.assertIn('{"import":"job-1","stage":"reading"}', got["office"])
        self.assertIn('{"import":"job-1","stage":"done"}', got["office"])
        self.assertIn('"action":"import"', got["reader"])
        self.assertNotIn("actor", got["reader"])
        self.assertNotIn("job-1", got["reader"])
        self.assertNotIn("event: change", got["lead"])
        seq = int(re.search(r"id: (\d+)\nevent: change", got["office"])[1])
        self.listen("office", got, threading.Event(), last=seq - 1)
        self.assertIn(f"id: {seq}\n", got["office"])


@unittest.skipUnless(postgres(), "PostgreSQL is not installed")
class OnPostgres(OnSqlite):
    kind = "postgres"


class Ends(unittest.TestCase):
    """How connections and the server end."""

    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.close)

    def test_what_runs_ends_before_the_server_does(self):
        results = []
        many = b"".join(b"x" * 60 + b"\n" for _ in range(20000))
        upload = threading.Thread(target=lambda: results.append(
            self.server.upload(DISTRICT.read_bytes() + many).status))
        listener = socket.create_connection(("127.0.0.1", self.server.port))
        self.addCleanup(listener.close)
        listener.sendall(b"GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                         b"plb_office\r\n\r\n")
        listener.recv(100)
        upload.start()
        time.sleep(0.05)
        self.server.process.send_signal(signal.SIGTERM)
        upload.join(20)
        self.assertEqual(self.server.process.wait(20), 0)
        self.assertEqual(results, [201])

    def test_a_client_that_says_nothing_more_is_cut_off(self):
        s = socket.create_connection(("127.0.0.1", self.server.port), timeout=20)
        self.addCleanup(s.close)
        s.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
        begun = time.monotonic()
        while time.monotonic() - begun < 10:
            time.sleep(0.5)
            try:
                s.sendall(b"X: y\r\n")  # never silent for long
            except OSError:
                break
        took = time.monotonic() - begun
        self.assertGreater(took, 4)
        self.assertLess(took, 9)
        self.assertEqual(self.server.ask("GET", "/healthz").status, 200)


class Public(unittest.TestCase):
    """A region that lets everybody read."""

    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.close)

    def test_the_public_reads_plans_and_no_findings(self):
        made = self.server.upload(DISTRICT.read_bytes())
        path = f"/api/v1/documents/{made.json['document']['id']}/rendered"
        self.assertEqual(self.server.ask("GET", path).status, 401)
        self.server.sql("INSERT INTO region_setting (region_id, public_access, revision) "
                        "VALUES ('110199', 1, 1)")
        ran = self.server.ask("GET", path)
        self.assertEqual(ran.status, 200)
        self.assertIn('data-kind="task"', ran.body.decode())
        self.assertNotIn('data-kind="finding"', ran.body.decode())
        self.assertEqual(self.server.upload(b"x", role=None).status, 401)


class Refusals(unittest.TestCase):
    def test_a_database_that_is_not_there_names_init(self):
        import subprocess
        from server import PROGRAM
        ran = subprocess.run([PROGRAM, "serve", "/nonexistent/a.db", "--listen", "127.0.0.1:0"],
                             capture_output=True, text=True)
        self.assertEqual(ran.returncode, 2)
        self.assertIn("init", ran.stderr)
        server = Server()
        self.addCleanup(server.close)
        for listen in ("x", "127.0.0.1:99999", ":1", f"127.0.0.1:{server.port}"):
            ran = subprocess.run([PROGRAM, "serve", server.db, "--listen", listen],
                                 capture_output=True, text=True, timeout=10)
            self.assertEqual(ran.returncode, 2, listen)
            self.assertEqual(len(ran.stderr.splitlines()), 1)

    def test_connections_of_one_address_are_bounded(self):
        server = Server("sqlite")
        self.addCleanup(server.close)
        held = []
        try:
            for _ in range(300):
                held.append(socket.create_connection(("127.0.0.1", server.port), timeout=5))
            time.sleep(0.2)
            held[-1].sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            try:
                self.assertEqual(held[-1].recv(100), b"")
            except OSError:
                pass
            held[0].sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertIn(b"200", held[0].recv(100))
        finally:
            for s in held:
                s.close()


if __name__ == "__main__":
    unittest.main()
