"""How a no leaves by HTTP: one table from its kind to a status."""

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg import OperationalError
from starlette.exceptions import HTTPException

from fenqi.core.refusal import Kind, Refusal, Unavailable

STATUS: dict[Kind, int] = {
    Kind.BAD_INPUT: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.UNKNOWN: 404,
    Kind.CONFLICT: 409,
    Kind.EXPIRED: 410,
    Kind.TOO_LARGE: 413,
    Kind.RULE: 422,
    Kind.TOO_MANY: 429,
}
_UNAVAILABLE = 503
_log = structlog.get_logger()
_CODES = {400: "json_invalid", 404: "route_unknown", 405: "method_not_allowed"}
"""What the framework itself refuses; its only 400 is a body that cannot be read as JSON."""


def refused(refusal: Refusal) -> JSONResponse:
    """The response that a refusal becomes."""
    return JSONResponse({"refusal": refusal.as_dict()}, status_code=STATUS[refusal.kind])


def answer_refusals(app: FastAPI) -> None:
    """Give every kind of no its response; whatever else is raised is a fault of ours and stays a 500."""

    @app.exception_handler(Refusal)
    async def on_refusal(_: Request, refusal: Refusal) -> JSONResponse:  # pyright: ignore[reportUnusedFunction]
        return refused(refusal)

    @app.exception_handler(Unavailable)
    async def on_unavailable(_: Request, error: Unavailable) -> JSONResponse:  # pyright: ignore[reportUnusedFunction]
        body = {"code": error.code, "what": error.what, "allowed": "again later" if error.retry else "", "source": ""}
        return JSONResponse({"refusal": body}, status_code=_UNAVAILABLE)

    @app.exception_handler(OperationalError)
    async def on_database(request: Request, error: OperationalError) -> JSONResponse:  # pyright: ignore[reportUnusedFunction]
        _log.error("database does not answer", path=request.url.path, what=str(error))
        body = {
            "code": Unavailable.code,
            "what": "the database does not answer",
            "allowed": "again later",
            "source": "",
        }
        return JSONResponse({"refusal": body}, status_code=_UNAVAILABLE)

    @app.exception_handler(RequestValidationError)
    async def on_invalid(_: Request, error: RequestValidationError) -> JSONResponse:  # pyright: ignore[reportUnusedFunction]
        return JSONResponse({"refusal": _invalid(error)}, status_code=400)

    @app.exception_handler(HTTPException)
    async def on_http(_: Request, error: HTTPException) -> JSONResponse:  # pyright: ignore[reportUnusedFunction]
        code = _CODES.get(error.status_code, "http_error")
        body = {"code": code, "what": str(error.detail), "allowed": "see /openapi.json", "source": ""}
        return JSONResponse({"refusal": body}, status_code=error.status_code)


def _invalid(error: RequestValidationError) -> dict[str, str]:
    """The first thing wrong with a request, and where; what was sent is not repeated, it may be personal."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    code = "json_invalid" if first["type"] == "json_invalid" else "request_invalid"
    return {"code": code, "what": f"{where}: {first['msg']}", "allowed": "see /openapi.json", "source": ""}
