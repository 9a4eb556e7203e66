import re

import pytest

pytestmark = pytest.mark.anyio
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize("path", ["/shop", "/h5/checkouts/0197a000-0000-7000-8000-000000000001", "/staff/decisions/x"])
async def test_a_navigation_gets_the_page_whatever_comes_after_the_apps_name(world, path):
    answer = await world.http.get(path, headers=BROWSER)

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-cache"


async def test_the_same_address_asked_for_json_is_the_api(world):
    checkout_id = await world.order()

    answer = await world.http.get(f"/h5/checkouts/{checkout_id}", headers={"accept": "application/json"})

    assert answer.json()["checkout_id"] == checkout_id


async def test_a_page_runs_no_script_but_ours_and_is_framed_by_nobody(world):
    policy = (await world.http.get("/h5/loans", headers=BROWSER)).headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy


async def test_an_asset_is_kept_for_ever_and_a_page_is_asked_again(world):
    page = await world.http.get("/h5/loans", headers=BROWSER)
    asset = page.text.split('src="')[1].split('"')[0]

    kept = await world.http.get(asset)
    again = await world.http.get("/h5/loans", headers=BROWSER | {"if-none-match": page.headers["etag"]})

    assert "immutable" in kept.headers["cache-control"]
    assert again.status_code == 304


async def test_the_bare_address_leads_to_the_shop(world):
    answer = await world.http.get("/", headers=BROWSER)

    assert answer.headers["location"] == "/shop"


async def test_no_asset_is_found_outside_its_folder(world):
    assert (await world.http.get("/h5/assets/..%2findex.html")).status_code == 404


async def test_a_page_says_ahead_what_it_will_ask_for(world):
    shop, credit = [(await world.http.get(path, headers=BROWSER)).headers["link"] for path in ("/shop", "/h5/")]

    assert shop.startswith("</shop/phones>; rel=preload")
    modules = re.findall(r"<([^>]+)>; rel=modulepreload", credit)
    assert any("list-" in module for module in modules)
    assert all([(await world.http.get(module)).is_success for module in modules])


@pytest.mark.parametrize(
    "path", ["/h5/checkouts/0197a000-0000-7000-8000-000000000001", "/h5/loans/1", "/shop?brand=Apple", "/staff"]
)
async def test_nothing_is_told_ahead_that_is_not_known(world, path):
    assert "link" not in (await world.http.get(path, headers=BROWSER)).headers
