#!/usr/bin/env python3
"""Sets a password by an invitation, logs in with it, and fetches a page: for the demo.

usage: accept_invitation.py ADDRESS /invitation/SECRET PASSWORD
"""
import json
import sys
import urllib.request


def send(address, body):
    request = urllib.request.Request(address, json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


address, link, password = sys.argv[1:]
user = json.loads(send(f"{address}/api/v1{link.replace('invitation', 'invitations')}",
                       {"password": password}))
send(f"{address}/api/v1/session", {"login": user["login"], "password": password})
with urllib.request.urlopen(f"{address}/", timeout=20) as page:
    assert b"<html" in page.read(), "no page"
