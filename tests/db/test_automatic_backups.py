"""Automatic backups: made when something changed, thinned out, and nothing else touched."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from ipfinance.db.automatic_backups import automatic_backups, back_up, superfluous
from ipfinance.db.backup import look_into
from ipfinance.db.connection import Store
from ipfinance.db.facts import Facts, write_facts
from ipfinance.errors import UserError

NOW = datetime(2020, 6, 30, 17, 0, 0)


def test_that_a_backup_is_made_only_when_something_changed(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    write_facts(store, Facts(office="示例局"))
    first = back_up(store, folder, NOW)
    assert first is not None
    assert look_into(first) == 0
    assert back_up(store, folder, NOW + timedelta(hours=1)) is None
    write_facts(store, Facts(office="示例知识产权局"))
    second = back_up(store, folder, NOW + timedelta(hours=2))
    assert automatic_backups(store.path, folder) == [second, first]


def test_that_a_damaged_newest_backup_is_made_again(store: Store, tmp_path: Path) -> None:
    write_facts(store, Facts(office="示例局"))
    first = back_up(store, tmp_path / "copies", NOW)
    assert first is not None
    first.write_bytes(b"not a store")
    assert back_up(store, tmp_path / "copies", NOW + timedelta(hours=1)) is not None


def test_that_older_backups_grow_thin_and_other_files_stay(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    stem = store.path.stem
    made = [NOW - timedelta(hours=8 * step) for step in range(1, 3 * 400)]
    for moment in made:
        (folder / f"{stem}-自动-{moment:%Y%m%d-%H%M%S}.db").touch()
    others = [folder / f"{stem}-20190101-000000.db", folder / f"{stem}-自动-年报.db"]
    others.append(folder / "另一个-自动-20190101-000000.db")
    for other in others:
        other.touch()
    write_facts(store, Facts(office="示例局"))
    newest = back_up(store, folder, NOW)
    assert all(other.exists() for other in others)
    # Computed another way: the last moment of each day, week or month, by its age.
    wanted = {newest.name if newest else ""}
    lasts: dict[object, datetime] = {}
    for moment in made:
        age = (NOW.date() - moment.date()).days
        if age < 2:
            wanted.add(f"{stem}-自动-{moment:%Y%m%d-%H%M%S}.db")
            continue
        form = "d%Y%m%d" if age < 30 else "w%G%V" if age < 180 else "m%Y%m"
        key = moment.strftime(form)
        lasts[key] = max(lasts.get(key, moment), moment)
    wanted |= {f"{stem}-自动-{moment:%Y%m%d-%H%M%S}.db" for moment in lasts.values()}
    assert {file.name for file in automatic_backups(store.path, folder)} == wanted


def test_that_nothing_is_superfluous_within_two_days() -> None:
    store = Path("store.db")
    files = [Path(f"store-自动-20200630-{hour:02}0000.db") for hour in range(23, -1, -1)]
    assert superfluous(files, store, date(2020, 7, 1)) == []
    assert superfluous(files, store, date(2020, 7, 3)) == files[1:]


def test_that_a_folder_that_cannot_be_written_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "copies").write_text("a file")
    write_facts(store, Facts(office="示例局"))
    with pytest.raises(UserError, match="无法写入文件夹"):
        back_up(store, tmp_path / "copies", NOW)
