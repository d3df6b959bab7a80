"""The throw-away servers of a benchmark: PostgreSQL, Temporal and a Lifeboat worker, on loopback and below one folder.

They end with the script, the last one first, also after Ctrl-C. Nothing else on the machine is touched.
"""

import contextlib
import glob
import os
import pathlib
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIFEBOAT = ROOT / "lifeboat"
ATTRIBUTES = ("LifeboatTarget", "LifeboatRun", "LifeboatWaiting")


class Trouble(Exception):
    """What stops a benchmark, in words, and what to do about it."""

    def __init__(self, problem, hint=""):
        super().__init__(problem)
        self.hint = hint


def say(words):
    """Progress goes to stderr: stdout is for the result."""
    print(words, file=sys.stderr, flush=True)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def postgres_programs():
    """The folder with PostgreSQL's programs: LIFEBOAT_PG_BIN, PATH, the newest of the usual places."""
    named = os.environ.get("LIFEBOAT_PG_BIN")
    on_path = shutil.which("initdb")
    usual = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda it: int(it.split("/")[4]))
    for found in ([named + "/initdb"] if named else []) + ([on_path] if on_path else []) + usual[::-1]:
        if os.access(found, os.X_OK):
            return pathlib.Path(found).resolve().parent
    raise Trouble("there is no PostgreSQL server on this machine", "install postgresql, or set LIFEBOAT_PG_BIN")


def temporal_program():
    on_path = shutil.which("temporal")
    for found in ([on_path] if on_path else []) + sorted(map(str, (ROOT / ".tools").rglob("temporal"))):
        if os.path.isfile(found) and os.access(found, os.X_OK):
            return found
    raise Trouble("there is no temporal on PATH or in .tools", "'./lifeboat demo' fetches it")


def needed(*programs):
    missing = [it for it in programs if not shutil.which(it)]
    if missing:
        raise Trouble("this machine has no " + ", ".join(missing), "install it: apt-get install age zstd")


def output(*command, **more):
    """What a program prints; its own words on stderr are shown when it fails."""
    done = subprocess.run([str(it) for it in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)
    if done.returncode:
        raise Trouble("'%s' ended with %d: %s" % (command[0], done.returncode, done.stderr.strip()[-2000:]))
    return done.stdout


class Folder(contextlib.ExitStack):
    """A folder of its own below --dir, removed at the end with all that was started in it."""

    def __init__(self, parent):
        super().__init__()
        for stop in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(stop, self._interrupted)
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="lifeboat-benchmark-", dir=parent))
        # PostgreSQL may have to run as somebody else, who must get through to its own folder.
        self.path.chmod(0o711)
        self.callback(shutil.rmtree, self.path, ignore_errors=True)

    @staticmethod
    def _interrupted(*_):
        raise KeyboardInterrupt


class Server:
    """A child in a session of its own: Ctrl-C reaches the script alone, and the script ends it."""

    def __init__(self, name, command, log, patience=30, **more):
        self.name, self.log, self.patience = name, log, patience
        with open(log, "ab") as out:
            self.process = subprocess.Popen(
                [str(it) for it in command], stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, **more)

    @property
    def pid(self):
        return self.process.pid

    def await_that(self, ready, limit):
        end = time.monotonic() + limit
        while not ready():
            if self.process.poll() is not None or time.monotonic() > end:
                raise Trouble("%s did not start: %s" % (self.name, self.log.read_text(errors="replace")[-2000:]))
            time.sleep(0.1)

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(self.patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Postgres(Server):
    """A server with a password nobody else knows; under root it runs as the user 'postgres'."""

    USER = "benchmark"

    def __init__(self, folder, settings=()):
        self.programs = postgres_programs()
        self.port = free_port()
        self.password = secrets.token_hex(16)
        home = folder.path / "postgres"
        home.mkdir(mode=0o700)
        who = {"user": "postgres", "group": pwd.getpwnam("postgres").pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        word = home / "password"
        word.write_text(self.password + "\n")
        if who:
            os.chown(home, pwd.getpwnam("postgres").pw_uid, who["group"])
            os.chown(word, pwd.getpwnam("postgres").pw_uid, who["group"])
        output(self.programs / "initdb", "--username", self.USER, "--pwfile", word, "--auth=scram-sha-256", "--encoding=UTF8",
               "--locale=C", "--no-sync", "-D", home / "data", cwd=home, **who)
        word.unlink()
        options = ["port=%d" % self.port, "listen_addresses=127.0.0.1", "unix_socket_directories=", *settings]
        command = [self.programs / "postgres", "-D", home / "data"]
        for option in options:
            command += ["-c", option]
        super().__init__("PostgreSQL", command, folder.path / "postgres.log", cwd=home, **who)
        folder.callback(self.stop, signal.SIGINT)
        ready = [self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        self.await_that(lambda: subprocess.run(ready).returncode == 0, 60)

    def environment(self, database="postgres"):
        """What PostgreSQL's own programs need; the password is in no command line."""
        return {**os.environ, "PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGUSER": self.USER,
                "PGPASSWORD": self.password, "PGDATABASE": database, "LC_ALL": "C.UTF-8"}

    def sql(self, text, database="postgres"):
        return output(self.programs / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", text, env=self.environment(database)).strip()

    def url(self, database):
        return "postgresql://%s@127.0.0.1:%d/%s" % (self.USER, self.port, database)


class Temporal(Server):
    """Temporal's development server on a SQLite file, set up as 'lifeboat up' does it."""

    def __init__(self, folder, name="temporal", eager=True):
        self.program = temporal_program()
        self.address = "127.0.0.1:%d" % free_port()
        settings = {"frontend.enableCancelWorkerPollsOnShutdown": "true",
                    "system.enableActivityEagerExecution": "true" if eager else "false"}
        command = [self.program, "server", "start-dev", "--ip", "127.0.0.1", "--port", self.address.split(":")[1], "--headless",
                   "--db-filename", folder.path / (name + ".sqlite"), "--log-level", "error"]
        for attribute in ATTRIBUTES:
            command += ["--search-attribute", attribute + "=Keyword"]
        for key, value in settings.items():
            command += ["--dynamic-config-value", key + "=" + value]
        super().__init__("Temporal", command, folder.path / (name + ".log"))
        folder.callback(self.stop)
        self.await_that(self.answers, 60)

    def answers(self):
        asked = [self.program, "operator", "namespace", "describe", "-n", "default", "--address", self.address]
        return subprocess.run(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


class Bucket(Server):
    """An S3 server on loopback that keeps its objects as plain files, with one bucket."""

    NAME = "benchmark"

    def __init__(self, folder, program):
        self.root = folder.path / "s3"
        (self.root / self.NAME).mkdir(parents=True, mode=0o700)
        self.keys = ("benchmark", secrets.token_hex(16))
        self.port = free_port()
        command = [program, "--port", "127.0.0.1:%d" % self.port, "--quiet", "posix", self.root]
        super().__init__("the S3 server", command, folder.path / "s3.log",
                         env={**os.environ, "ROOT_ACCESS_KEY": self.keys[0], "ROOT_SECRET_KEY": self.keys[1]})
        folder.callback(self.stop)
        self.await_that(self.answers, 30)

    def answers(self):
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", self.port)) == 0

    @staticmethod
    def program():
        """Where the S3 server is, or None: its part of a benchmark is left out then."""
        on_path = shutil.which("versitygw")
        for found in ([on_path] if on_path else []) + sorted(map(str, (ROOT / ".tools").rglob("versitygw"))):
            if os.path.isfile(found) and os.access(found, os.X_OK):
                return found
        return None


class Lifeboat(Server):
    """A Lifeboat worker with a configuration, a key and a repository of its own; {databases} by name: its settings."""

    def __init__(self, folder, postgres, temporal, databases, bucket=None, name="lifeboat"):
        home = folder.path / name
        for part in (home, home / "repository"):
            part.mkdir(mode=0o700)
        self.repository = home / "repository"
        self.configuration = home / "lifeboat.yml"
        key = home / "age.key"
        output("age-keygen", "-o", key)
        key.chmod(0o600)
        self.recipient = output("age-keygen", "-y", key).strip()
        self._secret(home / "database.password", postgres.password + "\n")
        place = "recipients: [%s], identity: file:age.key" % self.recipient
        lines = ["repositories:", '  main: { url: "file:%s/repository", %s, minimum-free: 1MB }' % (home, place)]
        more = {}
        if bucket:
            lines.append('  s3: { url: "s3://%s/lifeboat", endpoint: "http://127.0.0.1:%d", region: us-east-1, %s }' % (
                bucket.NAME, bucket.port, place))
            more = {"AWS_ACCESS_KEY_ID": bucket.keys[0], "AWS_SECRET_ACCESS_KEY": bucket.keys[1]}
        lines += ['temporal: { address: "%s" }' % temporal.address, 'worker: { state: "%s/state" }' % home, "databases:"]
        for database, (real, settings) in databases.items():
            lines.append('  %s: { url: "%s", password: file:database.password, backup: { %s } }' % (database, postgres.url(real), settings))
        self.configuration.write_text("\n".join(lines) + "\n")
        self.environment = {**os.environ, "LIFEBOAT_PG_BIN": str(postgres.programs), **more}
        output(LIFEBOAT, "version")  # builds what is not built, before anything is measured
        super().__init__("the worker", [LIFEBOAT, "worker", "--config", self.configuration], home / "worker.log",
                         env=self.environment)
        folder.callback(self.stop)
        self.await_that(lambda: "worker ready" in self.log.read_text(errors="replace"), 90)

    def command(self, *words):
        return [str(LIFEBOAT), "--config", str(self.configuration), *words]

    @staticmethod
    def _secret(file, text):
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(text)
