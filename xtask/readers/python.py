"""Runs the readers of Python: `python python.py` lists those that are installed; `python python.py READER` reads
{"id", "content_b64", "env": {name: base64}} line by line and answers each with {"id", "vars": [[name, value]],
"unset": [name], "error"}, names and values in base64. Works in the current folder."""

import base64
import importlib.metadata
import json
import logging
import os
import sys


def python_dotenv():
    import dotenv

    return lambda: dotenv.load_dotenv(".env")


def django_environ():
    import environ

    return lambda: environ.Env.read_env(".env")


def unless_set(values):
    """What a program sees that asks the process environment first."""
    return {name: value for name, value in values.items() if name not in os.environ}


def python_decouple():
    import decouple

    return lambda: unless_set(decouple.RepositoryEnv(".env").data)


def starlette():
    from starlette.config import Config

    return lambda: unless_set(Config(".env").file_values)


def honcho():
    from honcho.environ import parse

    def read():
        with open(".env") as file:
            return parse(file.read())

    return read


def docker_py():
    from docker.utils import parse_env_file

    return lambda: parse_env_file(".env")


# The reader's name: its package, and the function that makes one which sets variables or returns a dictionary of them.
READERS = {
    "python-dotenv": ("python-dotenv", python_dotenv),
    "python-dotenv-1.0.1": ("python-dotenv", python_dotenv),
    "django-environ": ("django-environ", django_environ),
    "python-decouple": ("python-decouple", python_decouple),
    "starlette": ("starlette", starlette),
    "honcho": ("honcho", honcho),
    "docker-py": ("docker", docker_py),
}


def installed():
    found = {}
    for name, (package, _) in READERS.items():
        try:
            version = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
        if package != "python-dotenv" or name.endswith("-1.0.1") == version.startswith("1.0."):
            found[name] = version
    return found


def encode(text):
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    return base64.b64encode(data).decode()


def answer(read, request):
    with open(".env", "wb") as file:
        file.write(base64.b64decode(request["content_b64"]))
    os.environb.clear()
    for name, value in request["env"].items():
        os.environb[name.encode()] = base64.b64decode(value)
    before = dict(os.environb)
    try:
        result = read()
    except Exception as error:
        return {"id": request["id"], "vars": [], "unset": [], "error": repr(error)[:200]}
    if isinstance(result, dict):
        changed, unset = list(result.items()), []
    else:
        after = dict(os.environb)
        changed = [pair for pair in after.items() if before.get(pair[0]) != pair[1]]
        unset = [name for name in before if name not in after]
    encoded = [[encode(name), encode(value)] for name, value in changed]
    return {"id": request["id"], "vars": encoded, "unset": [encode(name) for name in unset], "error": None}


def main():
    if len(sys.argv) == 1:
        print(json.dumps(installed()))
        return
    logging.disable(logging.CRITICAL)
    _, prepare = READERS[sys.argv[1]]
    read = prepare()
    for line in sys.stdin:
        print(json.dumps(answer(read, json.loads(line))), flush=True)


main()
