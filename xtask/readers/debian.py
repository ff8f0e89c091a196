"""Runs the readers of a folder of Debian packages, from within it."""

import ctypes
import glob
import json
import os
import shutil
import subprocess

import engine
from protocol import Environment, main

# Reads the file, then writes the environment: to what was opened before, for the file may take rights away.
SOURCE = "exec 9>../dump; set -a; . ./.env; /usr/bin/env -0 >&9"
LIMIT = 8


def run(*command, executable=None):
    """What a program prints; its first complaint is raised, if it fails."""
    done = subprocess.run(
        command, executable=executable, stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT
    )
    if done.returncode != 0:
        raise RuntimeError(first_line(done.stderr))
    return done.stdout


def first_line(text):
    lines = text.decode(errors="replace").splitlines()
    return next((line[:200] for line in lines if line), "the reader failed")


def compose(options):
    """As a service gets it; `$` is doubled in what is printed."""
    service = {"image": "x", "env_file": [{"path": "/tmp/home/.env", **options}]}
    with open("/tmp/compose.yaml", "w") as file:
        json.dump({"services": {"x": service}}, file)
    os.mkdir("/tmp/project")
    command = "/usr/bin/docker-compose --project-name x --project-directory /tmp/project --file /tmp/compose.yaml"

    def read():
        printed = json.loads(run(*command.split(), "config", "--format", "json"))
        values = printed["services"]["x"].get("environment") or {}
        pairs = ((name.replace("$$", "$"), value) for name, value in values.items())
        return {name: value.replace("$$", "$") for name, value in pairs if value is not None}

    return read


def docker_run():
    requests = engine.start("/tmp/engine.sock")

    def read():
        requests.clear()
        run("/usr/bin/docker", "-H", "unix:///tmp/engine.sock", "create", "--env-file", ".env", "x")
        entries = (entry.partition("=") for entry in requests[-1]["Env"] or [])
        return {name: value for name, equals, value in entries if equals}

    return read


def podman_run():
    requests = engine.start("/tmp/engine.sock")

    def read():
        requests.clear()
        run("/usr/bin/podman-remote", "--url", "unix:///tmp/engine.sock", "create", "--env-file", ".env", "x")
        return requests[-1].get("env") or {}

    return read


def kubectl():
    command = "/usr/bin/kubectl create configmap x --from-env-file=.env --dry-run=client -o json"
    return lambda: json.loads(run(*command.split())).get("data") or {}


def direnv():
    """It tells values that are set already, too."""

    def read():
        values = json.loads(run("/usr/bin/direnv", "dotenv", "json", ".env"))
        return {name: value for name, value in values.items() if os.environ.get(name) != value}

    return read


def just():
    """A recipe that prints its environment, without a shell that would change it."""
    with open("/tmp/justfile", "w") as file:
        file.write('set dotenv-load\nset dotenv-path := "/tmp/home/.env"\n')
        file.write('set shell := ["/usr/bin/cat"]\ndump:\n  @/proc/self/environ\n')
    return lambda: Environment(run("/usr/bin/just", "--justfile", "/tmp/justfile", "-d", ".", "dump"))


def make():
    return lambda: Environment(run("make", "-s", "-f", "/readers/make.mk", "__dump", executable="/usr/bin/make"))


def shell(*command):
    """A shell goes on after an error, and what it reads may print: so what it complains about is an error."""

    def read():
        with open("/tmp/dump", "wb"):
            pass
        done = subprocess.run(
            [*command, "-c", SOURCE],
            executable=f"/usr/bin/{command[0]}",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=LIMIT,
        )
        with open("/tmp/dump", "rb") as file:
            dump = file.read()
        for name in os.listdir():
            # A file may have made files.
            os.remove(name) if not os.path.isdir(name) else shutil.rmtree(name)
        if not dump:
            raise RuntimeError(first_line(done.stderr))
        return Environment(dump, first_line(done.stderr) if done.stderr else None)

    return lambda: read


def systemd():
    """What `EnvironmentFile=` reads, without the assignments that a unit leaves out."""
    library = ctypes.CDLL(glob.glob("/usr/lib/*/systemd/libsystemd-shared-*.so")[0])
    library.env_assignment_is_valid.argtypes = [ctypes.c_char_p]
    library.env_assignment_is_valid.restype = ctypes.c_bool

    def read():
        assignments = ctypes.POINTER(ctypes.c_char_p)()
        code = library.load_env_file(None, b".env", ctypes.byref(assignments))
        if code < 0:
            raise OSError(-code, os.strerror(-code))
        values, at = {}, 0
        while assignments and assignments[at] is not None:
            if library.env_assignment_is_valid(assignments[at]):
                name, _, value = assignments[at].partition(b"=")
                values[name] = value
            at += 1
        return values

    return read


# The reader's name: its package, where its version begins, and the function that makes it.
READERS = {
    "compose": ("docker-compose", "", lambda: compose({})),
    "compose-raw": ("docker-compose", "", lambda: compose({"format": "raw"})),
    "docker-run": ("docker-cli", "", docker_run),
    "podman-run": ("podman-remote", "", podman_run),
    "kubectl": ("kubectl", "", kubectl),
    "direnv": ("direnv", "", direnv),
    "just": ("just", "", just),
    "make": ("make", "4.3", make),
    "make4.4": ("make", "4.4", make),
    "systemd252": ("libsystemd-shared", "252", systemd),
    "systemd262": ("libsystemd-shared", "262", systemd),
    "bash": ("bash", "", shell("bash")),
    "dash": ("dash", "", shell("dash")),
    "zsh": ("zsh", "", shell("zsh", "-f")),
    "busybox-ash": ("busybox", "", shell("busybox", "ash")),
}


def installed():
    with open("/versions") as file:
        versions = dict(line.split() for line in file)
    found = {name: versions[package] for name, (package, _, _) in READERS.items() if package in versions}
    return {name: version for name, version in found.items() if version.startswith(READERS[name][1])}


if __name__ == "__main__":
    main(installed, lambda name: READERS[name][2]())
