"""Runs the readers of Python that pip installs."""

import importlib.metadata
import logging
import os

from protocol import main


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


def make_reader(name):
    logging.disable(logging.CRITICAL)
    return READERS[name][1]()


main(installed, make_reader)
