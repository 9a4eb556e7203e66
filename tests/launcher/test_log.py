"""What the service writes about itself holds no personal data and never stands in its own way."""

import json

import structlog

from fenqi.cli.log import configure_log, mask_personal


def test_writes_json_lines_to_standard_error_with_masked_tracebacks(capsys):
    configure_log()
    mobile = "13800138000"
    try:
        raise ValueError(f"Key (mobile)=({mobile}) already exists")
    except ValueError:
        structlog.get_logger().exception("loop failed", loop="outbox")
    finally:
        structlog.reset_defaults()

    written = capsys.readouterr()
    event = json.loads(written.err)
    assert (event["event"], event["level"], event["loop"]) == ("loop failed", "error", "outbox")
    assert "already exists" in event["exception"]
    assert mobile not in written.err
    assert written.out == ""


def test_tracebacks_come_without_the_values_of_variables(capsys):
    configure_log()
    word = "-".join(["correct", "horse"])
    try:
        word.index("battery")
    except ValueError:
        structlog.get_logger().exception("failed")
    finally:
        structlog.reset_defaults()

    written = capsys.readouterr().err
    assert "word.index" in written
    assert "correct-horse" not in written


def test_masks_mobile_id_and_card_numbers_and_leaves_other_numbers():
    event = {
        "what": "13800138000 and 11010519491231002X and 6222020200112233445",
        "amount_minor": 59990012345,
        "note": "order 1234567, 0197a000-0000-7000-8000-00000000b001",
    }

    masked = mask_personal(None, "warning", event)

    assert masked == event | {"what": "*** and *** and ***"}
