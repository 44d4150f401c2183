#!/usr/bin/env python3
"""A file in src/ includes headers of its own folder and of lower layers only.

src/LAYERS gives each folder its number. tests/ and fuzz/ may include anything.
"""

import re

from checklib import c_files, finish, read, root_from_args

INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)


def layers_of(root):
    layers = {}
    for row in read(root, "src/LAYERS").splitlines():
        fields = row.split("#")[0].split()
        if len(fields) == 2:
            layers[fields[0]] = int(fields[1])
    return layers


def problems_of(root):
    layers = layers_of(root)
    for path in c_files(root, "src"):
        if len(path.parts) != 3:
            yield path, 1, "not in a folder of src/"
            continue
        folder = path.parts[1]
        if folder not in layers:
            yield path, 1, f"folder {folder} is not in src/LAYERS"
            continue
        text = read(root, path)
        for found in INCLUDE.finditer(text):
            line = text.count("\n", 0, found.start(1)) + 1
            target = found.group(1)
            if "/" not in target:
                if target != "plumbline.h" and not target.endswith((".inc", ".def")):
                    yield path, line, f'"{target}": write it as "folder/{target}"'
                continue
            other = target.split("/")[0]
            if other == folder:
                continue
            if other not in layers:
                yield path, line, f'"{target}": folder {other} is not in src/LAYERS'
            elif layers[other] >= layers[folder]:
                yield path, line, (f'"{target}": {folder} ({layers[folder]}) may not '
                                   f"include {other} ({layers[other]})")


root = root_from_args()
finish(list(problems_of(root)))
