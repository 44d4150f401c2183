#!/usr/bin/env python3
"""Run a command beside a PostgreSQL server of its own.

usage: with_postgres.py COMMAND…

The server lives in a temporary directory, listens on a socket there and nowhere else, and
ends with the command, which finds it in PL_POSTGRES. Where PostgreSQL is not installed the
command runs without it: its tests say that they were skipped.
"""
import os
import pathlib
import pwd
import subprocess
import sys
import tempfile


def programs():
    """The newest server's programs, or None."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"),
                   key=lambda p: int(p.parent.name))
    return found[-1] if found else None


def as_other(user):
    """PostgreSQL refuses to run as root."""
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]


def main():
    command = sys.argv[1:]
    bin_dir = programs()
    if not bin_dir:
        return subprocess.call(command)
    root = os.geteuid() == 0
    user = as_other("postgres") if root else []
    name = "postgres" if root else pwd.getpwuid(os.geteuid()).pw_name
    with tempfile.TemporaryDirectory() as folder:
        if root:
            os.chmod(folder, 0o700)
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, pwd.getpwnam("postgres").pw_gid)
        data = f"{folder}/data"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*user, bin_dir / "initdb", "-D", data, "-U", name, "-E", "UTF8",
                        "--locale=C", "--no-sync", "-A", "trust"], check=True, cwd=folder,
                       **quiet)
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        control = [*user, bin_dir / "pg_ctl", "-D", data, "-w", "-l", f"{folder}/log"]
        subprocess.run([*control, "-o", options, "start"], check=True, cwd=folder, **quiet)
        try:
            url = f"postgresql:///postgres?host={folder}&user={name}"
            return subprocess.call(command, env={**os.environ, "PL_POSTGRES": url})
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], cwd=folder, **quiet)


sys.exit(main())
