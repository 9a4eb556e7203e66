"""Why a borrower is watched, in words for staff and, where they ask, for themselves."""

from collections.abc import Mapping

REASONS: Mapping[str, Mapping[str, str]] = {
    "days_late": {"zh-CN": "有已到期未付的分期", "en": "An instalment is past its day"},
    "partial_payment_count": {"zh-CN": "到期款项只付了一部分", "en": "Only part of what was due was paid"},
    "failed_debit_count": {"zh-CN": "自动扣款未成功", "en": "A debit failed"},
    "broken_promise_count": {"zh-CN": "承诺还款未兑现", "en": "A promise to pay was not kept"},
    "complaint_count": {"zh-CN": "近期有投诉", "en": "There was a complaint lately"},
    "used_percent": {"zh-CN": "额度接近用满", "en": "The credit line is nearly used up"},
    "used_percent_rise": {"zh-CN": "额度使用快速上升", "en": "The use of the credit line has jumped"},
    "new_device_count": {"zh-CN": "使用了新的设备", "en": "A new device was used"},
    "new_address_count": {"zh-CN": "使用了新的收货地址", "en": "A new delivery address was used"},
    "frozen_order_count": {"zh-CN": "有订单因可疑被冻结", "en": "An order looked suspicious and was frozen"},
}
"""By fact and language."""
