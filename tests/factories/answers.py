"""What officials fill in, where several tests ask for the same."""

from __future__ import annotations

# The household business of `BUSINESS_FORM`, as it is granted.
APPRAISED = {
    "finding": "grant",
    "certificate_name": "Hộ kinh doanh Tạp hóa An",
    "certificate_address": "12 Lê Lợi, phường Hạc Thành",
    "certificate_lines": "Bán lẻ hàng tạp hóa",
    "certificate_capital_vnd": "50000000",
    "certificate_owner": "Nguyễn Văn An",
    "certificate_code": "038203000123",
}
