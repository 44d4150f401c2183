"""The real program, serving a new database, for tests: on SQLite, and on PostgreSQL where
it is installed."""

import atexit
import hashlib
import http.client
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("PLUMBLINE", str(ROOT / "build" / "plumbline"))
DISTRICT = ROOT / "examples" / "district-2023.txt"
ROLES = ("admin", "office", "lead", "reporter", "supervisor", "reader")
REGION = "110199"
_postgres = None


def postgres():
    """The address of a PostgreSQL server that lives as long as this process; "" without."""
    global _postgres
    if _postgres is None:
        holder = subprocess.Popen(
            [sys.executable, ROOT / "tests" / "unit" / "with_postgres.py", "sh", "-c",
             'echo "$PL_POSTGRES"; read end'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        atexit.register(lambda: (holder.stdin.close(), holder.wait(), holder.stdout.close()))
        _postgres = holder.stdout.readline().strip()
    return _postgres


def psql(url, text):
    user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    subprocess.run([*(user if os.geteuid() == 0 else []), "psql", "-q", "-v",
                    "ON_ERROR_STOP=1", url], input=text, text=True, check=True,
                   cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def empty_postgres():
    """The same, with nothing in it: the server serves all tests of this process."""
    url = postgres()
    if url:
        psql(url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
    return url


def hashed(kind, secret):
    """As service/secret.h has it."""
    return hashlib.blake2b(f"{kind}:{secret}".encode(), digest_size=32).hexdigest()


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)


class Server:
    """A new database with a user of each role, served."""

    def __init__(self, kind="sqlite", *options):
        self.folder = tempfile.TemporaryDirectory()
        self.kind = kind
        self.db = str(pathlib.Path(self.folder.name) / "a.db")
        if kind == "postgres":
            self.db = empty_postgres()
        subprocess.run([PROGRAM, "init", self.db, "--region", REGION, "--name", "云溪区"],
                       check=True, stdout=subprocess.DEVNULL)
        self.people()
        self.options = options
        self.start()

    def sql(self, text):
        if self.kind == "postgres":
            psql(self.db, text)
        else:
            import sqlite3
            with sqlite3.connect(self.db) as db:
                db.executescript(text)

    def people(self):
        rows = [f"INSERT INTO unit (region_id, unit_id, parent_id, name) VALUES ('{REGION}', "
                "'u-own', NULL, '本单位');"]
        for role in ROLES:
            unit = "'u-own'" if role in ("lead", "reporter") else "NULL"
            rows.append(
                "INSERT INTO app_user (region_id, user_id, login, name, role, unit_id, "
                "is_disabled, password_hash, totp_secret, is_totp_on, totp_step, oidc_issuer, "
                "oidc_subject, revision, recorded_at_s, recorded_by) VALUES "
                f"('{REGION}', 'id-{role}', '{role}', '{role}', '{role}', {unit}, 0, '', '', 0,"
                " 0, '', '', 1, 0, 'test');")
            rows.append(
                "INSERT INTO session (region_id, session_id, user_id, secret_hash, address, "
                "agent, begun_at_s, seen_at_s, ends_at_s) VALUES "
                f"('{REGION}', 's-{role}', 'id-{role}', '{hashed('session', 's-' + role)}', "
                f"'', '', 0, {int(time.time())}, 99999999999);")
            rows.append(
                "INSERT INTO api_token (region_id, token_id, user_id, name, secret_hash, "
                "scopes, recorded_at_s, seen_at_s, ends_at_s) VALUES "
                f"('{REGION}', 't-{role}', 'id-{role}', 't', "
                f"'{hashed('token', 'plb_' + role)}', 'open plan_read own_read finding_read "
                "import link_confirm finding_waive export unit_edit audit_read user_admin "
                "setting_edit', 0, 0, 99999999999);")
        self.sql("\n".join(rows))

    def start(self):
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [PROGRAM, "serve", self.db, "--listen", "127.0.0.1:0", *self.options],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline().strip()
        if not line:
            self.process.wait()
            self.log.seek(0)
            raise RuntimeError(self.log.read())
        self.port = int(line.rsplit(":", 1)[1].strip("/"))

    def stop(self):
        """The exit status, of a polite end."""
        self.process.terminate()
        status = self.process.wait(20)
        self.process.stdout.close()
        return status

    def close(self):
        if self.process.poll() is None:
            self.stop()
        self.log.close()
        self.folder.cleanup()

    def lines(self):
        """Of the access log."""
        self.log.seek(0)
        return [json.loads(row) for row in self.log.read().splitlines() if row[:1] == "{"]

    def ask(self, method, path, body=None, role=None, session=None, **headers):
        """One request; role: by its bearer token, session: by its browser's session."""
        sent = {k.replace("_", "-"): v for k, v in headers.items()}
        if role:
            sent["Authorization"] = f"Bearer plb_{role}"
        if session:
            sent["Cookie"] = f"plumbline_session=s-{session}"
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            c.request(method, path, body=body, headers=sent)
            r = c.getresponse()
            return Answer(r.status, r.headers, r.read())
        finally:
            c.close()

    def raw(self, data, timeout=5):
        """Whatever is answered to some bytes, until the line is closed."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as s:
            s.sendall(data)
            got = b""
            try:
                while part := s.recv(65536):
                    got += part
            except OSError:
                pass
            return got

    def upload(self, content, name="计划.txt", role="office", query="", **headers):
        from urllib.parse import quote
        return self.ask("POST", f"/api/v1/documents?name={quote(name)}{query}",
                        body=content, role=role, **headers)


def csrf(role):
    return hashed("csrf", "s-" + role)
