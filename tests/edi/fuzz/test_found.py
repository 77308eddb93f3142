"""What fuzzing found once stays mended."""

import pytest

from drawbar.edi import read, write
from drawbar.edi.component import component

MESSAGE = "UNB+UNOD:3+A+B+260301:0930+7'UNH+1+IFTSTA:D:96A:UN'BGM+77+1+9'UNT+3+1'UNZ+1+7'"


@pytest.mark.parametrize("syntax", ["UNOC", "UNOD", "UNOW"], ids=["Latin-1", "Latin-2", "UTF-8"])
@pytest.mark.parametrize("mark", ["+", ":", "'"], ids=["element", "component", "terminator"])
def test_a_separator_that_is_no_ascii_is_written_as_it_was(syntax: str, mark: str):
    text = f"UNA:+.? '{MESSAGE}".replace("UNOD", syntax).replace(mark, "\0")
    data = text.encode().replace(b"\0", b"\xe5")

    document = read(data)

    (interchange,) = document.interchanges
    assert write(document) == data
    assert [item.code for item in interchange.sets] == ["IFTSTA"]
    assert component(interchange.header, 1, 1, interchange.dialect) == syntax
