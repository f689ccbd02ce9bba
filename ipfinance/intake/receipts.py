"""What an import did, to be shown, printed and read by other programs."""

from dataclasses import dataclass

from ipfinance.db.batches import Batch, find_batch, reasons_of
from ipfinance.db.connection import Store
from ipfinance.db.withdrawing import Edited, Withdrawn, withdraw_batch
from ipfinance.domain.money import wan, yuan_text
from ipfinance.errors import UserError
from ipfinance.intake.findings import Finding
from ipfinance.language import tr


@dataclass(frozen=True, slots=True)
class CitySum:
    """What a city has in the store, and will have: registrations, and their amounts in 分."""

    code: str
    name: str
    registrations_before: int
    registrations_after: int
    fen_before: int
    fen_after: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """The outcome of an import, counted in registrations.

    ``batch`` is None when nothing was written. ``secured_amount_fen`` are the amounts of what
    was new, in 分. ``left_out`` are those that a clerk did not want, ``in_doubt`` those of the
    new ones whose 登记号 is in doubt. ``faults`` say why registrations were rejected.
    """

    new: int
    changed: int
    same: int
    rejected: int
    secured_amount_fen: int
    left_out: int = 0
    in_doubt: int = 0
    faults: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    batch: int | None = None
    batch_uid: str = ""
    files: tuple[tuple[str, str], ...] = ()
    skipped: tuple[str, ...] = ()
    cities: tuple[CitySum, ...] = ()

    @property
    def read(self) -> int:
        """How many registrations were read: all counts together."""
        return self.new + self.changed + self.same + self.rejected + self.left_out

    @property
    def is_written(self) -> bool:
        """Whether anything was written to the store."""
        return self.batch is not None

    def as_json(self) -> dict[str, object]:
        """The shape of the fixed contract."""
        return {
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "rejected": self.rejected,
            "in_doubt": self.in_doubt,
            "batch": self.batch_uid or None,
            "secured_amount": yuan_text(self.secured_amount_fen),
            "faults": [fault.as_json() for fault in self.faults],
            "warnings": [warning.as_json() for warning in self.warnings],
            "files": [{"name": name, "sha256": sha256} for name, sha256 in self.files],
            "skipped": list(self.skipped),
        }

    def lines(self) -> list[str]:
        """The receipt in words: files, counts, amount."""
        names = "、".join(name for name, _ in self.files)
        return [
            f"文件：{names}",
            (
                f"读取 {self.read:,} 笔：新增 {self.new:,}，更正 {self.changed:,}，"
                f"相同 {self.same:,}，退回 {self.rejected:,}"
            ),
            *([f"新增的有 {self.in_doubt:,} 笔登记号待核，列在待办里"] if self.in_doubt else []),
            f"新增登记金额：{wan(self.secured_amount_fen)} 万元",
            (
                f"台账担保债权额：导入前 {wan(sum(city.fen_before for city in self.cities))} 万元，"
                f"导入后 {wan(sum(city.fen_after for city in self.cities))} 万元"
            ),
        ]


def receipt_of(store: Store, batch: Batch) -> Receipt:
    """The receipt of an import that stands, to be shown and printed again."""
    return Receipt(
        new=batch.new_count,
        changed=batch.changed_count,
        same=batch.same_count,
        rejected=batch.rejected_count,
        secured_amount_fen=batch.secured_amount_fen,
        left_out=batch.left_out_count,
        in_doubt=batch.in_doubt_count,
        faults=tuple(Finding(*reason) for reason in reasons_of(store, batch)),
        batch=batch.id,
        batch_uid=batch.uid,
        files=((batch.file_name, batch.sha256),),
        cities=tuple(CitySum(*line) for line in batch.sums),
    )


def batch_as_json(batch: Batch) -> dict[str, object]:
    """A batch for other programs, in the words of the receipt."""
    return {
        "batch": batch.uid,
        "id": batch.id,
        "happened_at": batch.happened_at,
        "who": batch.who,
        "file": batch.file_name,
        "sha256": batch.sha256,
        "read": batch.read_count,
        "new": batch.new_count,
        "changed": batch.changed_count,
        "same": batch.same_count,
        "rejected": batch.rejected_count,
        "left_out": batch.left_out_count,
        "in_doubt": batch.in_doubt_count,
        "secured_amount": yuan_text(batch.secured_amount_fen),
    }


def withdraw(store: Store, name: str, edited: Edited | None = None) -> Withdrawn:
    """Take back the import with this number or uid, whole, as one act that can be undone.

    Raises:
        UserError: when there is no such import.
        EditedSinceError: when later acts touched its registrations and ``edited`` does not say
            what is to become of them; nothing is changed.
    """
    batch = find_batch(store, name)
    if batch is None:
        raise UserError(
            tr("没有批次 {name}", name=name),
            tr("它可能已经撤回；请刷新导入批次（命令行用 ipfinance batches）后再看。"),
        )
    return withdraw_batch(store, batch, edited)
