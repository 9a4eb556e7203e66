"""The shapes of responses, written beside the routes: `/openapi.json` tells them, and the pages' client is made of it.

Responses are not validated by them at run time; a test holds what the service really answers against them.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, ConfigDict

from fenqi.api.shape.bill import SHAPES as BILL
from fenqi.api.shape.checkout import SHAPES as CHECKOUT
from fenqi.api.shape.collection import SHAPES as COLLECTION
from fenqi.api.shape.complaint import SHAPES as COMPLAINT
from fenqi.api.shape.contact import SHAPES as CONTACT
from fenqi.api.shape.credit import SHAPES as CREDIT
from fenqi.api.shape.credit_report import SHAPES as CREDIT_REPORT
from fenqi.api.shape.hardship import SHAPES as HARDSHIP
from fenqi.api.shape.limit import SHAPES as LIMIT
from fenqi.api.shape.merchant import SHAPES as MERCHANT
from fenqi.api.shape.part import Shape
from fenqi.api.shape.shop import SHAPES as SHOP
from fenqi.api.shape.staff import SHAPES as STAFF
from fenqi.api.shape.staff_money import SHAPES as MONEY
from fenqi.api.shape.stand_in import SHAPES as STAND_IN
from fenqi.api.shape.warning import SHAPES as WARNING

SHAPES: Mapping[tuple[str, str], type[Shape]] = {
    **BILL,
    **CHECKOUT,
    **COLLECTION,
    **COMPLAINT,
    **CONTACT,
    **CREDIT,
    **CREDIT_REPORT,
    **HARDSHIP,
    **LIMIT,
    **MERCHANT,
    **MONEY,
    **SHOP,
    **STAFF,
    **STAND_IN,
    **WARNING,
}
"""By method and path."""


class RefusalShape(BaseModel):
    """A no: its code never changes, and `allowed` says what would be possible."""

    model_config = ConfigDict(title="Refusal")

    code: str
    what: str
    allowed: str
    source: str


class RefusedShape(BaseModel):
    """What every request may be answered with instead."""

    model_config = ConfigDict(title="Refused")

    refusal: RefusalShape


def tell_shapes(app: FastAPI) -> None:
    """Let the application's OpenAPI description say what the routes answer."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(title=app.title, version=app.version, routes=app.routes)
            app.openapi_schema = with_shapes(schema)
        return app.openapi_schema

    app.openapi = described


def with_shapes(schema: dict[str, Any]) -> dict[str, Any]:
    """An OpenAPI description in which the successful answers have their shapes, and refusals theirs."""
    known = schema.setdefault("components", {}).setdefault("schemas", {})
    known.pop("HTTPValidationError", None)
    known.pop("ValidationError", None)
    refused = {"description": "Refused", "content": _json(_kept(RefusedShape, known))}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            responses = operation["responses"]
            responses.pop("422", None)
            shape = SHAPES.get((method.upper(), path))
            if shape is not None:
                success = next(status for status in responses if status.startswith("2"))
                responses[success]["content"] = _json(_kept(shape, known))
            responses["default"] = refused
    return schema


def _kept(shape: type[BaseModel], known: dict[str, Any]) -> str:
    """Put a shape among the known ones; its name there.

    Raises: ValueError if the name stands for something else already.
    """
    told = shape.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    for name, schema in {**told.pop("$defs", {}), shape.__name__: told}.items():
        if known.setdefault(name, schema) != schema:
            raise ValueError(f"two shapes are called {name}")
    return shape.__name__


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
