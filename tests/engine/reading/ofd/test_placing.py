"""Where objects stand in a page, and through what window they are seen."""

from __future__ import annotations

from mingtang.matrices import PLAIN, moved
from mingtang.reading.ofd.markup import parse
from mingtang.reading.ofd.placing import NOWHERE, common, inside, window

DOUBLE = (2.0, 0.0, 0.0, 2.0, 0.0, 0.0)


def node(attributes, held=""):
    return parse(f"<PathObject {attributes}>{held}</PathObject>".encode(), "a.xml")


def clip(box, attributes=""):
    x0, y0, x1, y1 = box
    data = f"M {x0} {y0} L {x1} {y0} L {x1} {y1} L {x0} {y1} C"
    return (
        f"<Clips {attributes}><Clip><Area><Path>"
        f"<AbbreviatedData>{data}</AbbreviatedData></Path></Area></Clip></Clips>"
    )


def test_an_object_is_turned_by_its_matrix_then_moved_to_its_boundary():
    placed = inside(node('Boundary="10 20 5 5" CTM="0 1 -1 0 1 0"'), DOUBLE)
    assert moved(placed, 3, 0) == (22, 46)


def test_an_object_without_boundary_stands_where_its_holder_does():
    assert inside(node(""), DOUBLE) == DOUBLE
    assert window(node(""), DOUBLE) is None


def test_a_boundary_is_a_window():
    assert window(node('Boundary="10 20 5 6"'), DOUBLE) == (20, 40, 30, 52)


def test_a_boundary_without_an_inside_cuts_nothing():
    assert window(node('Boundary="10 20 5 0"'), PLAIN) is None


def test_a_clip_makes_the_window_smaller():
    cut = node('Boundary="10 20 50 60" CTM="2 0 0 2 0 0"', clip((1, 1, 3, 4)))
    assert window(cut, PLAIN) == (12, 22, 16, 28)


def test_a_clip_may_stand_outside_of_the_objects_matrix():
    held = clip((1, 1, 3, 4), 'TransFlag="false"')
    cut = node('Boundary="10 20 50 60" CTM="2 0 0 2 0 0"', held)
    assert window(cut, PLAIN) == (11, 21, 13, 24)


def test_windows_that_share_nothing_leave_nothing():
    assert common([(0, 0, 1, 1), (2, 2, 3, 3)]) == NOWHERE
    assert common([]) is None
