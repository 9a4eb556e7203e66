"""The HTTP application: its routers, and what surrounds every request."""

from fastapi import FastAPI
from starlette.responses import JSONResponse

from fenqi import __version__
from fenqi.api import channel, finance, merchant, staff
from fenqi.api.h5 import checkout, loan
from fenqi.api.limit import BodyLimit
from fenqi.api.refusal import answer_refusals
from fenqi.wiring import Installation


def build_app(installation: Installation) -> FastAPI:
    """The application that serves an installation."""
    app = FastAPI(title="Fenqi 分期", version=__version__, docs_url=None, redoc_url=None)
    app.state.installation = installation
    app.add_middleware(BodyLimit)
    answer_refusals(app)
    for router in (merchant.router, checkout.router, loan.router, staff.router, finance.router, channel.router):
        app.include_router(router)

    @app.get("/healthz", tags=["operation"])
    async def healthz() -> JSONResponse:  # pyright: ignore[reportUnusedFunction]
        """Whether service and database answer."""
        async with installation.transaction():  # it begins in the database, or not at all
            return JSONResponse({"status": "ok", "version": __version__})

    return app
