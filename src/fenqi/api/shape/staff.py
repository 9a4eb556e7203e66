"""What the staff console's routes answer."""

from datetime import datetime

from fenqi.api.shape.part import Shape


class StaffSessionShape(Shape):
    """A session of a member of staff; its token is told once."""

    token: str
    expires_at: datetime
    roles: list[str]


class StaffShape(Shape):
    """Who is here, and what they are there for."""

    login: str
    roles: list[str]
    is_demo: bool


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("POST", "/staff/session"): StaffSessionShape,
    ("GET", "/staff/me"): StaffShape,
}
