"""The HTTP application."""

from fastapi import FastAPI


def build_app() -> FastAPI:
    """The application with its routes."""
    app = FastAPI(title="Fenqi")

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    return app
