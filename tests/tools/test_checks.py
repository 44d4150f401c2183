"""The checks find what they are there for, and say where."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).resolve().parents[2] / "tools"
LAYERS = "base 0\ntext 1\ndoc 3\n"
LONG = "void f(void);\nvoid f(void)\n{\n" + "    f();\n" * 61 + "}\n"
UNFINISHED = "TO" "DO"

# check, files of a tree, what it must print (None: nothing, and succeed)
ROWS = [
    ("layers", {"src/text/a.h": '#include "base/b.h"\n'}, None),
    ("layers", {"src/text/a.h": '\n#include "doc/d.h"\n'}, "src/text/a.h:2: "),
    ("layers", {"src/odd/a.h": "\n"}, "folder odd is not in src/LAYERS"),
    ("layers", {"src/text/a.c": '#include "a.h"\n'}, 'write it as "folder/a.h"'),
    ("style", {"src/text/a.c": "/* strcpy( */ int x; char *s = \"atoi(\";\n"}, None),
    ("style", {"src/text/a.c": "\nint y = atoi (z);\n"}, "src/text/a.c:2: atoi is banned"),
    ("style", {"src/text/a.c": "void *p = malloc(3);\n"}, "malloc is not for this folder"),
    ("style", {"src/base/a.c": "void *p = malloc(3);\n"}, None),
    ("style", {"src/text/a.c": "void *p = malloc(3);\n",
               "tools/check_style.allow": "src/text/a.c malloc a reason\n"}, None),
    ("style", {"src/text/a.c": LONG}, "src/text/a.c:3: function of 61 lines"),
    ("style", {"src/text/a.c": "int t[] = {\n" + "    1,\n" * 99 + "};\n"}, None),
    ("style", {"src/text/a.c": "void f(void)\n{\n    static const int t[] = {\n" +
               "        1,\n" * 61 + "    };\n    f();\n}\n"}, None),
    ("style", {"src/text/a.c": "int x;\n" * 801}, "file of 801 lines"),
    ("style", {"docs/a.md": f"\n{UNFINISHED}: later\n"}, "docs/a.md:2: "),
    ("style", {"docs/a.md": "see /ho" "me/someone/x\n"}, "path of one machine"),
    ("rules", {"src/text/a.c": "/* R-1" "01 */\n"}, "R-1" "01 is in no test"),
    ("rules", {"src/text/a.c": "/* R-1" "01 */\n", "docs/rules.md": "R-1" "01 x\n",
               "tests/unit/a.c": "/* R-1" "01 */\n"}, None),
    ("rules", {"docs/rules.md": "R-1" "01 x\n"}, "explained but not in the code"),
    ("rules", {"docs/rules.md": "| R-1" "01 | x |\n| R-1" "01 | y |\n"}, "explained twice"),
    ("headers", {"src/text/a.h": "#include <stddef.h>\nextern size_t pl_x;\n"}, None),
    ("headers", {"src/text/a.h": "\nextern size_t pl_x;\n"}, "text/a.h:2"),
    ("format", {"src/text/a.c": "int x;\n"}, None),
    ("format", {"src/text/a.c": "int    x;\n"}, "src/text/a.c:1: not formatted"),
]


def run_check(name, files):
    """Exit status and output of a check on a tree made of `files`."""
    with tempfile.TemporaryDirectory() as top:
        for path, text in {"src/LAYERS": LAYERS, **files}.items():
            file = pathlib.Path(top, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        ran = subprocess.run([sys.executable, TOOLS / f"check_{name}.py", top],
                             capture_output=True, text=True)
        return ran.returncode, ran.stdout + ran.stderr


class Checks(unittest.TestCase):
    def test_each_check_finds_what_it_is_for(self):
        for name, files, want in ROWS:
            with self.subTest(check=name, files=files):
                status, output = run_check(name, files)
                self.assertEqual(status, 0 if want is None else 1, output)
                self.assertIn(want or "", output)
