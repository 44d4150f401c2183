"""Users at the command line: added, invited, changed."""

import pathlib
import re
import sqlite3
import tempfile
import unittest

from program import DISTRICT, run


class User(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.db = pathlib.Path(folder.name) / "a.db"
        run("init", self.db, "--region", "110199", "--name", "云溪区")

    def user(self, *args):
        return run("user", self.db, *args)

    def test_an_added_user_is_listed_and_invited(self):
        self.assertIn("尚无用户", self.user("list").out)
        added = self.user("add", "Wang", "--role", "admin", "--name", "王五")
        self.assertEqual(added.status, 0, added.err)
        self.assertRegex(added.out, r"/invitation/[A-Za-z0-9_-]{43}\n")
        listed = self.user("list").out
        self.assertIn("wang  王五  管理员  尚未登录", listed)

    def test_the_link_is_not_kept(self):
        added = self.user("add", "wang", "--role", "reader")
        secret = re.search(r"/invitation/(\S+)", added.out)[1]
        with sqlite3.connect(self.db) as db:
            dump = "\n".join(db.iterdump())
        self.assertNotIn(secret, dump)

    def test_a_new_invitation_is_another(self):
        first = self.user("add", "wang", "--role", "reader").out
        second = self.user("invite", "wang").out
        self.assertNotIn(second.split("/invitation/")[1], first)

    def test_roles_and_units_change(self):
        run("import", self.db, DISTRICT)
        self.user("add", "li", "--role", "reader")
        lead = self.user("role", "li", "lead", "--unit", "区教委")
        self.assertEqual(lead.status, 0, lead.err)
        self.assertIn("li  li  单位负责人  区教委", self.user("list").out)

    def test_users_are_disabled_and_enabled(self):
        self.user("add", "li", "--role", "reader")
        self.assertIn("已停用", self.user("disable", "li").out)
        self.assertEqual(self.user("invite", "li").status, 2)
        self.assertNotIn("已停用", self.user("enable", "li").out)

    def test_what_is_wrong_is_said(self):
        rows = [(("add", "li"), "a role is one of"),
                (("add", "li", "--role", "root"), "a role is one of"),
                (("add", "li", "--role", "lead"), "is of a unit"),
                (("add", "li", "--role", "lead", "--unit", "无"), "no unit '无'"),
                (("add", "l i", "--role", "reader"), "a login is of"),
                (("role", "nobody", "reader"), "no user 'nobody'"),
                (("role", "nobody"), "list | add"),
                (("drop", "li"), "list | add")]
        for args, said in rows:
            with self.subTest(args=args):
                ran = self.user(*args)
                self.assertEqual(ran.status, 2)
                self.assertIn(said, ran.err)
        self.assertIn("尚无用户", self.user("list").out)

    def test_writes_are_audited_by_name(self):
        self.user("add", "li", "--role", "reader", "--by", "信息科")
        with sqlite3.connect(self.db) as db:
            rows = db.execute("SELECT action, actor FROM audit ORDER BY seq").fetchall()
        self.assertEqual(rows[-2:], [("user_add", "信息科"), ("user_invite", "信息科")])


if __name__ == "__main__":
    unittest.main()
