"""A machine is gone, and another goes on where it stood."""

import base64
import json
import os
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pyrage
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.db import connection

from punte.accounts.models import FormDraft
from punte.kernel.errors import DomainError
from punte.operations import backup
from punte.operations.backup import back_up, new_key, restore
from tests.factories import UserFactory

ROOT = Path(__file__).resolve().parents[2]
# So long that no ciphertext holds it by chance.
SENT = b"what somebody sent to the town hall"


@pytest.fixture
def var(tmp_path: Path, settings: Any) -> Path:
    """A folder of the installation, with a file that somebody sent."""
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    FileSystemStorage(settings.VAR / "files").save("petitions/one", ContentFile(SENT))
    return settings.VAR


@pytest.fixture
def key(tmp_path: Path) -> tuple[Path, str]:
    """The operator's: what opens backups, and what writes them."""
    file = tmp_path / "key"
    return file, new_key(file)


@pytest.fixture
def other_machine(tmp_path: Path, settings: Any) -> Iterator[dict[str, str]]:
    """The environment of a machine without any data, to which the keys were brought."""
    folder = tmp_path / "other"
    folder.mkdir()
    keys = {number: base64.b64encode(value).decode() for number, value in settings.DATA_KEYS.items()}
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PUNTE_", "DJANGO"))} | {
        "PUNTE_VAR": str(folder),
        "PYTHONPATH": str(ROOT),
        "PUNTE_DATA_KEYS": ",".join(f"{number}={value}" for number, value in keys.items()),
        "PUNTE_BLIND_INDEX_KEY": base64.b64encode(settings.BLIND_INDEX_KEY).decode(),
        "PUNTE_SECRET_KEY": settings.SECRET_KEY,
    }
    own.pop("DATABASE_URL", None)
    if connection.vendor == "sqlite":
        yield own
        return
    url, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    name = f"restored_{uuid4().hex[:12]}"
    with psycopg.connect(f"{url.replace('postgres:', 'postgresql:')}/postgres", autocommit=True) as home:
        home.execute(f'CREATE DATABASE "{name}"')
        try:
            yield own | {"DATABASE_URL": f"{url}/{name}"}
        finally:
            home.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def punte(environment: dict[str, str], *arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run the command on another machine."""
    command = [sys.executable, "-W", "ignore", "-c", "from punte.command import main; main()"]
    return subprocess.run(
        [*command, *map(str, arguments)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


_READ = (
    "from punte.accounts.models import FormDraft as F; print([f.fields for f in F.objects.order_by('key')])"
)


@pytest.mark.both
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_what_was_acknowledged_before_is_there_and_nothing_half(
    var: Path, key: tuple[Path, str], other_machine: dict[str, str], tmp_path: Path
) -> None:
    """People write while the backup is made; another machine reads all that they were told was kept by then."""
    user = UserFactory()
    FormDraft.objects.bulk_create(FormDraft(user=user, key=f"{n:03}", fields=f"ș{n}") for n in range(50))
    begun, ended, kept = threading.Event(), threading.Event(), []

    def write() -> None:
        while not ended.is_set():
            number = 1_000 + len(kept)
            FormDraft.objects.create(user=user, key=str(number), fields=f"ș{number}")
            kept.append(number)
            if len(kept) == 3:
                begun.set()
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(60)
    acknowledged = len(kept)
    held = back_up(tmp_path / "backup", to=key[1])
    ended.set()
    writer.join()
    assert held.files == 1
    done = punte(other_machine, "restore", tmp_path / "backup", "--key", key[0])
    assert done.returncode == 0, done.stderr
    read = punte(other_machine, "shell", "--no-imports", "-c", _READ)
    restored = json.loads(read.stdout.replace("'", '"'))
    assert restored[:50] == [f"ș{n}" for n in range(50)]
    assert restored[50:] == [f"ș{1_000 + n}" for n in range(len(restored) - 50)]
    assert len(restored) - 50 >= acknowledged
    assert (Path(other_machine["PUNTE_VAR"]) / "files/petitions/one").read_bytes() == SENT
    doctor = punte(other_machine, "doctor")
    assert "✗" not in doctor.stdout, doctor.stdout + doctor.stderr
    again = punte(other_machine, "restore", tmp_path / "backup", "--key", key[0])
    assert again.returncode != 0
    assert "date" in again.stderr


@pytest.mark.django_db
def test_the_keys_are_not_in_it(var: Path, key: tuple[Path, str], tmp_path: Path) -> None:
    (var / "secrets.json").write_text("{}")
    back_up(tmp_path / "backup", to=key[1])
    identity = pyrage.x25519.Identity.from_str(key[0].read_text().splitlines()[1])
    with tarfile.open(fileobj=BytesIO(pyrage.decrypt((tmp_path / "backup").read_bytes(), [identity]))) as tar:
        assert tar.getnames() == ["about.json", "database", "files/petitions/one"]
    assert SENT not in (tmp_path / "backup").read_bytes()


@pytest.mark.django_db
class TestNothingIsHalf:
    """What cannot be written or read is said, and leaves all as it was."""

    def test_a_full_disk(
        self, var: Path, key: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(backup.database, "take", full)
        with pytest.raises(CommandError, match="discul este plin"):
            call_command("backup", str(tmp_path / "backup"), to=key[1])
        assert sorted(one.name for one in tmp_path.iterdir()) == ["key", "var"]
        assert [one.name for one in var.iterdir()] == ["files"]

    def test_the_backup_before_stays_until_the_new_one_is_whole(
        self, var: Path, key: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        target = tmp_path / "backup"
        back_up(target, to=key[1])
        before = target.read_bytes()
        monkeypatch.setattr(backup, "_read", lambda _path: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            back_up(target, to=key[1])
        assert target.read_bytes() == before
        assert not list(tmp_path.glob("*.part"))

    def test_without_a_key_none_is_written(self, var: Path, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="--make-key"):
            call_command("backup", str(tmp_path / "backup"), to="")
        with pytest.raises(DomainError):
            back_up(tmp_path / "backup", to="age1x")
        assert not (tmp_path / "backup").exists()

    def test_a_key_is_never_written_over(self, key: tuple[Path, str]) -> None:
        with pytest.raises(CommandError):
            call_command("backup", str(key[0]), make_key=True)
        assert key[0].stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize("spoiled", ["cut", "changed", "another key", "nothing"])
    def test_a_damaged_backup(
        self, spoiled: str, var: Path, key: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file, identity = tmp_path / "backup", key[0]
        back_up(file, to=key[1])
        content = bytearray(file.read_bytes())
        if spoiled == "cut":
            file.write_bytes(content[:-100])
        elif spoiled == "changed":
            content[len(content) // 2] ^= 1
            file.write_bytes(content)
        elif spoiled == "another key":
            identity = tmp_path / "another"
            new_key(identity)
        else:
            file.write_bytes(b"")
        monkeypatch.setattr(backup, "_require_nothing_here", lambda: None)
        before = sorted(var.rglob("*"))
        with pytest.raises(DomainError):
            restore(file, identity=identity)
        assert sorted(var.rglob("*")) == before

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"vendor": "oracle"}, "oracle"),
            ({"migrations": ["people.9999_later"]}, "9.9"),
            ({"keys": {"1": "0"}}, "secrets.json"),
        ],
    )
    def test_what_does_not_fit_here(
        self,
        changed: dict[str, Any],
        said: str,
        var: Path,
        key: tuple[Path, str],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        about = backup._about()
        monkeypatch.setattr(
            backup, "_about", lambda: backup.About(**{**vars(about), "version": "9.9", **changed})
        )
        back_up(tmp_path / "backup", to=key[1])
        monkeypatch.setattr(backup, "_require_nothing_here", lambda: None)
        with pytest.raises(DomainError, match=said):
            restore(tmp_path / "backup", identity=key[0])
        assert (var / "files/petitions/one").exists()

    def test_one_from_before_keys_had_their_names_of_today_fits_its_keys(self, settings: Any) -> None:
        settings.DATA_KEYS, settings.BLIND_INDEX_KEY = {"1": b"a" * 32}, b"c" * 32
        about = vars(backup._about()) | {"keys": {"1": "79afca6ac311a56d", "blind": "5538e7fafd5c3472"}}
        backup._require_fit(backup.About(**about))
        settings.DATA_KEYS = {"1": b"b" * 32}
        with pytest.raises(DomainError, match="secrets.json"):
            backup._require_fit(backup.About(**about))

    def test_data_is_never_written_over(self, var: Path, key: tuple[Path, str], tmp_path: Path) -> None:
        back_up(tmp_path / "backup", to=key[1])
        with pytest.raises(DomainError, match="deja"):
            restore(tmp_path / "backup", identity=key[0])


@pytest.mark.parametrize(
    ("name", "kind"), [("../one", tarfile.REGTYPE), ("/one", tarfile.REGTYPE), ("files/one", tarfile.SYMTYPE)]
)
def test_nothing_is_put_outside_the_folder(name: str, kind: bytes, tmp_path: Path) -> None:
    packed, member = BytesIO(), tarfile.TarInfo(name)
    member.type, member.linkname = kind, "/etc"
    with tarfile.open(fileobj=packed, mode="w|") as tar:
        tar.addfile(member)
    packed.seek(0)
    with tarfile.open(fileobj=packed, mode="r|") as tar, pytest.raises(tarfile.TarError):
        backup._take_out(tar, tmp_path / "home")
    assert not list(tmp_path.iterdir())
