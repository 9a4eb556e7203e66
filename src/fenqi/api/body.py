"""What every request body has in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator


class Body(BaseModel):
    """A request body: unknown fields are refused, not ignored, and so is the character that no text can hold."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*")
    @classmethod
    def _holds_no_null_character(cls, value: Any) -> Any:
        if isinstance(value, str) and "\0" in value:
            raise ValueError("a null character is no text")
        return value
