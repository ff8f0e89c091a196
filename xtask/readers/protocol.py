"""What the scripts of Python readers share: alone, a script lists the readers that are installed; `script READER` reads
{"id", "content_b64", "env": {name: base64}} line by line and answers each with {"id", "vars": [[name, value]],
"unset": [name], "error"}, names and values in base64. Works in the current folder.

A reader is a function that returns the values it read as a dictionary, or an `Environment`; if it returns anything else, it
has changed that of the process. What it raises is its error; an `Environment` may carry one."""

import base64
import json
import os
import sys


class Environment(dict):
    """The whole environment that a process ended with, and what it complained about. What it ends with when there is
    nothing to read does not count."""

    def __init__(self, dump, error=None):
        entries = (entry.partition(b"=") for entry in dump.split(b"\0") if b"=" in entry)
        super().__init__((name, value) for name, _, value in entries)
        self.error = error


def encode(text):
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    return base64.b64encode(data).decode()


def prepare(text, environment):
    with open(".env", "wb") as file:
        file.write(text)
    os.environb.clear()
    os.environb.update(environment)


IDLE = {}


def idle(read, environment):
    """What a process makes of an environment when there is nothing to read."""
    known = tuple(environment.items())
    if known not in IDLE:
        prepare(b"", environment)
        IDLE[known] = {name: value for name, value in read().items() if environment.get(name) != value}
    return IDLE[known]


def answer(read, request):
    before = {name.encode(): base64.b64decode(value) for name, value in request["env"].items()}
    prepare(base64.b64decode(request["content_b64"]), before)
    try:
        result = read()
    except Exception as error:
        return {"id": request["id"], "vars": [], "unset": [], "error": str(error)[:200] or repr(error)}
    if isinstance(result, dict) and not isinstance(result, Environment):
        changed, unset = result, []
    else:
        after = result if isinstance(result, Environment) else dict(os.environb)
        changed = {name: value for name, value in after.items() if before.get(name) != value}
        unset = [name for name in before if name not in after]
    if isinstance(result, Environment):
        usual = idle(read, before)
        changed = {name: value for name, value in changed.items() if usual.get(name) != value}
    encoded = [[encode(name), encode(value)] for name, value in changed.items()]
    error = getattr(result, "error", None)
    return {"id": request["id"], "vars": encoded, "unset": [encode(name) for name in unset], "error": error}


def main(installed, make_reader):
    """`installed` tells versions by reader; `make_reader` gives the function of one."""
    if len(sys.argv) == 1:
        print(json.dumps(installed()))
        return
    read = make_reader(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(answer(read, json.loads(line))), flush=True)
