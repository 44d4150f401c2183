"""What holds for the program as a whole."""

import os
import re
import subprocess
import unittest

from program import DISTRICT, PROGRAM, ROOT, run


class Program(unittest.TestCase):
    def test_help_and_version(self):
        for args in (["--help"], ["--version"], ["check", "--help"]):
            with self.subTest(args=args):
                ran = run(*args)
                self.assertEqual(ran.status, 0, ran.err)
                self.assertTrue(ran.out.strip())

    def test_each_option_of_the_help_stands_in_the_man_page(self):
        for command in ("read", "check", "eval"):
            page = (ROOT / "man" / f"plumbline-{command}.1").read_text("utf-8")
            shown = re.findall(r"^  --([\w-]+)", run(command, "--help").out, re.M)
            self.assertGreater(len(shown), 3)
            for option in set(shown) - {"help", "version"}:
                with self.subTest(command=command, option=option):
                    self.assertIn(f".It Fl -{option}", page)

    def test_no_command_is_bad_usage(self):
        self.assertEqual(run().status, 2)

    def test_the_same_input_gives_the_same_bytes(self):
        for command in ("read", "check"):
            with self.subTest(command=command):
                first, second = (run(command, DISTRICT, "--json") for _ in range(2))
                self.assertEqual(first.bytes, second.bytes)

    def test_the_locale_chooses_the_language_and_changes_no_data(self):
        zh = run("check", DISTRICT, env={"LC_ALL": "zh_CN.UTF-8"})
        en = run("check", DISTRICT, env={"LC_ALL": "en_US.UTF-8"})
        self.assertNotEqual(zh.out, en.out)
        as_json = [run("check", DISTRICT, "--json", env={"LC_ALL": lang}).bytes
                   for lang in ("zh_CN.UTF-8", "en_US.UTF-8", "C")]
        self.assertEqual(len(set(as_json)), 1)

    def test_what_only_some_commands_need_is_not_loaded_at_the_start(self):
        loaded = run("--version", env={"LD_TRACE_LOADED_OBJECTS": "1"}).out
        self.assertIn("libc.so", loaded)
        for library in ("libpq", "libmicrohttpd", "libcurl", "libssl", "libgnutls", "libseccomp"):
            with self.subTest(library=library):
                self.assertNotIn(library, loaded)

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full here")
    def test_output_that_cannot_be_written_is_a_failure(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PROGRAM, "read", str(DISTRICT), "--json"], stdout=full,
                                  stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 2)
        self.assertTrue(done.stderr.startswith(b"plumbline: "), done.stderr)


if __name__ == "__main__":
    unittest.main()
