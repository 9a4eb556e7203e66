"""A shop that sells a phone on instalments; a command sent again under the same key still counts once."""

import json
import os
import time
from datetime import timedelta
from types import SimpleNamespace

import httpx
from http_message_signatures import HTTPMessageVerifier, MappingKeyResolver, algorithms

SIGNED = ("@method", "@authority", "@path", "@query", "content-type", "content-digest")


def checked(url, headers, body, *, key_id, secret):
    """The event posted to `url`, if Fenqi signed it just now; the same `event_id` twice is one event."""
    keys = MappingKeyResolver(public_keys={key_id: bytes.fromhex(secret)}, private_keys={})
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.HMAC_SHA256, key_resolver=keys)
    request = SimpleNamespace(method="POST", url=url, headers=headers)
    verifier.verify(request, max_age=timedelta(minutes=5), expect_tag="fenqi", require_components=SIGNED, body=body)
    return json.loads(body)


if __name__ == "__main__":
    fenqi = httpx.Client(base_url=os.environ["FENQI_URL"])
    fenqi.headers["Authorization"] = f"Bearer {os.environ['FENQI_API_KEY']}"
    number = f"order-{time.time_ns()}"
    order = {"order_number": number, "amount_minor": 599_900, "currency": "CNY", "return_url": "https://shop.example/"}
    order["goods"] = [{"sku": "phone", "name": "Phone", "price_minor": 599_900, "quantity": 1}]
    checkout = fenqi.post("/v1/checkouts", json=order, headers={"Idempotency-Key": number}).raise_for_status().json()
    print("The shopper goes on at", checkout["checkout_url"])
    path = f"/v1/checkouts/{checkout['checkout_id']}"
    while fenqi.get(path).raise_for_status().json()["status"] != "authorised":
        time.sleep(1)
    for command, body in (("capture", {}), ("refunds", {"amount_minor": 10_000, "reason": "a scratch"})):
        done = fenqi.post(f"{path}/{command}", json=body, headers={"Idempotency-Key": f"{number}-{command}"})
        print(command, done.raise_for_status().json())
