"""Routes that read their requests themselves: for the busiest ones, whose usual reading costs more than their work."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import request_response

Model = TypeVar("Model", bound=BaseModel)
_ID: TypeAdapter[UUID] = TypeAdapter(UUID)


class PlainRoute(APIRoute):
    """A route whose endpoint gets the request as it is; what it reads is told by its `openapi_extra`.

    It works as a route of the application itself: a router that is included builds its own.
    """

    def __init__(self, path: str, endpoint: Callable[[Request], Awaitable[Response]], **settings: Any) -> None:
        super().__init__(path, endpoint, **settings)
        self.app = request_response(endpoint)


def told(body: type[BaseModel], *, ids: tuple[str, ...]) -> dict[str, Any]:
    """What OpenAPI says of a plain route's body, of the ids in its path and of its token."""
    named = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}} for name in ids
    ]
    token = {"name": "authorization", "in": "header", "required": False, "schema": {"type": "string", "default": ""}}
    content = {"application/json": {"schema": body.model_json_schema()}}
    return {"parameters": [*named, token], "requestBody": {"required": True, "content": content}}


def path_id(request: Request, name: str) -> UUID:
    """An id in the path.

    Raises: RequestValidationError.
    """
    try:
        return _ID.validate_python(request.path_params[name])
    except ValidationError as error:
        raise _invalid(error, "path", name) from error


async def read_body(request: Request, model: type[Model]) -> Model:
    """The body of a request, as JSON says it.

    Raises: RequestValidationError.
    """
    content = await request.body()
    if "json" not in request.headers.get("content-type", ""):
        content = b"null"
    try:
        return model.model_validate_json(content or b"null")
    except ValidationError as error:
        raise _invalid(error, "body") from error


def _invalid(error: ValidationError, *where: str) -> RequestValidationError:
    return RequestValidationError([fault | {"loc": (*where, *fault["loc"])} for fault in error.errors()])
