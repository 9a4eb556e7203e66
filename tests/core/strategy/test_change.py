"""What changed between two strategies is said in words."""

from graphs import assign, graph

from fenqi.core.strategy.change import changes

ENDS = {"inputs": {"a": {"type": "integer"}}, "outputs": {"x": {"type": "integer"}}}


def test_says_which_value_changed_and_what_is_new_and_gone():
    before = graph([assign("n", x="1"), assign("old", y="1")], [("in", "n"), ("n", "out")], **ENDS)
    after = graph([assign("n", x="2", z="3")], [("in", "n"), ("n", "out")], **ENDS)
    found = changes(before, after)
    assert [one.en for one in found] == ["n/x: value was 1, is 2", "n/z is new: key z, value 3", "old is gone"]
    assert [one.zh for one in found] == [
        "n/x:value 由「1」改为「2」",
        "n/z:新增:key z, value 3",
        "old:已删除",
    ]
    assert changes(before, before) == ()
