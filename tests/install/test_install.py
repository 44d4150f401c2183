"""`meson install`, then a program built against what was installed, by pkg-config."""

import os
import pathlib
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ.get("PLUMBLINE_BUILD", HERE.parents[1] / "build"))


def run(*command, env=None):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True,
                          env={**os.environ, **(env or {})})
    if done.returncode != 0:
        raise AssertionError(f"{command[0]}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.top = pathlib.Path(cls.scratch.name)
        run("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", cls.top)
        cls.pc = next(cls.top.rglob("plumbline.pc"))
        cls.prefix = next(cls.top.rglob("include/plumbline.h")).parent.parent
        cls.libdir = cls.pc.parent.parent

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def flags(self, *options):
        """What pkg-config says, with the prefix that stands in the scratch folder."""
        return run("pkg-config", f"--define-variable=prefix={self.prefix}", *options,
                   "plumbline", env={"PKG_CONFIG_PATH": str(self.pc.parent)}).split()

    def build(self, name, *libraries):
        program = self.top / name
        run(os.environ.get("CC", "cc"), "-std=c17", "-Wall", "-Wextra", "-Werror",
            *self.flags("--cflags"), HERE / "consumer.c", "-o", program, *libraries)
        return program

    def test_a_program_links_with_the_shared_library(self):
        program = self.build("shared", *self.flags("--libs"))
        out = run(program, env={"LD_LIBRARY_PATH": str(self.libdir)})
        self.assertEqual(out, f"plumbline {self.flags('--modversion')[0]}\n")

    def test_a_program_links_with_the_static_library(self):
        private = [f for f in self.flags("--libs", "--static") if f != "-lplumbline"]
        program = self.build("static", self.libdir / "libplumbline.a", *private)
        self.assertTrue(run(program).startswith("plumbline "))

    def test_only_the_public_names_are_exported(self):
        header = (self.prefix / "include" / "plumbline.h").read_text()
        shared = self.libdir / "libplumbline.so"
        for command in (["nm", "-D", "--defined-only", "--extern-only", shared],
                        ["nm", "--defined-only", "--extern-only",
                         self.libdir / "libplumbline.a"]):
            with self.subTest(library=command[-1].name):
                names = [row.split()[2] for row in run(*command).splitlines()
                         if len(row.split()) == 3]
                self.assertTrue(names)
                for name in names:
                    self.assertIn(f"{name}(", header)

    def test_program_header_man_pages_and_licence_are_installed(self):
        have = {str(p.relative_to(self.prefix)) for p in self.prefix.rglob("*")}
        for path in ("bin/plumbline", "include/plumbline.h", "share/man/man1/plumbline.1",
                     "share/man/man1/plumbline-read.1", "share/man/man1/plumbline-check.1",
                     "share/man/man1/plumbline-eval.1", "share/doc/plumbline/LICENSE"):
            self.assertIn(path, have)


if __name__ == "__main__":
    unittest.main()
