"""Files: a table is saved as CSV, Parquet or Excel, with the same numbers, or refused."""

import pandas as pd
import pytest

from kit.display.files import export
from kit.text import Refusal

TABLE = pd.DataFrame(
    {"date": pd.date_range("2020-08-01", periods=3, freq="7D"), "gmv": [1 / 3, 2e9, 0.1], "orders": [1, 2, 3]}
)


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".xlsx"])
def test_a_file_holds_the_numbers_of_its_table(tmp_path, ending):
    path = export(TABLE, tmp_path / f"weeks{ending}")
    read = {".csv": pd.read_csv, ".parquet": pd.read_parquet, ".xlsx": pd.read_excel}[ending](path)
    assert list(read) == list(TABLE)
    numbers = [column for column in TABLE if column != "date"]
    assert read[numbers].to_numpy(float) == pytest.approx(TABLE[numbers].to_numpy(float), rel=1e-12)
    assert pd.to_datetime(read["date"]).tolist() == TABLE["date"].tolist()


def test_a_kind_of_file_that_we_do_not_write_is_refused_with_those_that_we_do(tmp_path):
    with pytest.raises(Refusal, match="parquet"):
        export(TABLE, tmp_path / "weeks.docx")
    assert not list(tmp_path.iterdir())
