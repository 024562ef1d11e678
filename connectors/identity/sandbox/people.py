"""The invented people of the identity sandbox. Every name and number here is sample data (số liệu mẫu)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal


@dataclass(frozen=True)
class SamplePerson:
    """An account of the sandbox. `logins`: what may be typed as account name on the tab of its kind."""

    tech_id: str
    kind: Literal["person", "organisation"]
    logins: tuple[str, ...]
    password: str
    passcode: str
    full_name: str
    national_id: str
    old_id: str | None
    tax_code: str | None
    organisation_name: str | None
    birth_on: date
    sex: Literal["male", "female"]
    phone: str
    email: str
    address: str
    level: int


SAMPLE_PEOPLE: Final[tuple[SamplePerson, ...]] = (
    SamplePerson(
        "mau-0001", "person", ("038203000123",), "An@203Mau", "120301",
        "NGUYỄN VĂN AN", "038203000123", None, None, None, date(2003, 2, 14), "male",
        "+84912345601", "an.nguyen@example.vn", "Số 12 đường Mẫu, phường Hạc Thành, tỉnh Thanh Hóa", 2,
    ),
    SamplePerson(
        "mau-0002", "person", ("038303000123",), "Binh@303Mau", "120302",
        "TRẦN THỊ BÌNH", "038303000123", None, None, None, date(2003, 9, 2), "female",
        "+84912345602", "binh.tran@example.vn", "Thôn Mẫu 3, xã Hoằng Hóa, tỉnh Thanh Hóa", 2,
    ),
    SamplePerson(
        "mau-0003", "person", ("038085004567",), "Cuong@085Mau", "120303",
        "LÊ HOÀNG CƯỜNG", "038085004567", None, None, None, date(1985, 7, 27), "male",
        "+84912345603", "cuong.le@example.vn", "Số 5 ngõ Mẫu, phường Sầm Sơn, tỉnh Thanh Hóa", 2,
    ),
    SamplePerson(
        "mau-0004", "person", ("038190002345",), "Dung@190Mau", "120304",
        "PHẠM THỊ DUNG", "038190002345", None, None, None, date(1990, 12, 5), "female",
        "+84912345604", "dung.pham@example.vn", "Số 88 phố Mẫu, phường Bỉm Sơn, tỉnh Thanh Hóa", 1,
    ),
    SamplePerson(
        "mau-0005", "person", ("038072001234", "171234567"), "Pao@072Mau", "120305",
        "THAO VĂN PÁO", "038072001234", "171234567", None, None, date(1972, 3, 19), "male",
        "+84912345605", "pao.thao@example.vn", "Bản Mẫu, xã Mường Lát, tỉnh Thanh Hóa", 2,
    ),
    SamplePerson(
        "mau-1001", "organisation", ("2800000027",), "Cty@280Mau", "120306",
        "LÊ HOÀNG CƯỜNG", "038085004567", None, "2800000027",
        "CÔNG TY TNHH MẪU SÔNG MÃ", date(1985, 7, 27), "male",
        "+84912345606", "lienhe@songma.example.vn", "Khu công nghiệp Mẫu, phường Hạc Thành, tỉnh Thanh Hóa", 2,
    ),
)  # fmt: skip
