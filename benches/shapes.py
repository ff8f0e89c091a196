#!/usr/bin/env python3
"""Other shapes of a generated `.env`: shapes.py DIR writes DIR/shape-NAME.env for each shape, and prints the names."""
import os, sys

folder = sys.argv[1]
lines = [line.rstrip("\n") for line in open(os.path.join(folder, ".env")) if "=" in line]
pairs = [line.split("=", 1) for line in lines]

shapes = {
    "clean": [f"{key}={value}" for key, value in pairs],
    "reversed": [f"{key}={value}" for key, value in reversed(pairs)],
    # One letter of each key is wrong, so that each gets a suggestion.
    "all-unknown": [f"{key[:-1]}{'X' if key[-1] != 'X' else 'Y'}={value}" for key, value in pairs],
    # Nothing that any kind but text takes.
    "all-wrong": [f"{key}='\x07 no: value, [ of'" for key, value in pairs],
    "all-duplicate": [f"{key}={value}" for key, value in pairs for _ in range(2)],
    "multi-line": [f'{key}="first\nsecond {value[:8].strip(chr(34))}\nthird"' for key, value in pairs],
    "interpolated": [pairs[0][0] + "=x"] + [f"{key}=${{{pairs[i // 2][0]}:-y}}" for i, (key, _) in enumerate(pairs) if i],
    "no-separators": [key for key, _ in pairs],
}
for name, content in shapes.items():
    with open(os.path.join(folder, f"shape-{name}.env"), "w") as file:
        file.write("\n".join(content) + "\n")
    print(name)
