"""The least a route over a database does: one SELECT, one INSERT, one commit; `checkout_route.py PORT DSN`."""

import sys
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import uvicorn
from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

PORT, DSN = int(sys.argv[1]), sys.argv[2]
CONNECTIONS_MAX = 8
FIND = "select amount_minor, currency from plain_order where order_id = %s"
ADD = "insert into plain_answer (answer_id, order_id, outcome, amount_minor, currency) values (%s, %s, %s, %s, %s)"
pool = AsyncConnectionPool(DSN, open=False, min_size=1, max_size=CONNECTIONS_MAX)


@asynccontextmanager
async def lifespan(_app):
    async with pool:
        yield


async def decide(request: Request) -> JSONResponse:
    order_id = UUID(request.path_params["order_id"])
    application = await request.json()
    async with pool.connection() as connection:
        cursor = await connection.execute(FIND, (order_id,))
        amount_minor, currency = await cursor.fetchone()
        outcome = "decline" if application["is_student"] else "approve"
        answer_id = uuid4()
        await connection.execute(ADD, (answer_id, order_id, outcome, amount_minor, currency))
    return JSONResponse(
        {"answer_id": str(answer_id), "outcome": outcome, "amount_minor": amount_minor}, status_code=201
    )


app = Starlette(routes=[Route("/orders/{order_id}/answers", decide, methods=["POST"])], lifespan=lifespan)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="warning", access_log=False)
