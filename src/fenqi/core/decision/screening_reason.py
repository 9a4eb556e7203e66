"""Why the screening stopped an order, for those who look into it and for the shopper, in both languages."""

from fenqi.core.decision.reason import Reason

_CHANGE = ("可要求人工处理", "You may ask for a person")
_SHOW_WHO = ("再次验证您的身份", "Show once more who you are")


def _hidden(code: str, zh: str, en: str) -> Reason:
    """A reason that would tell a deceiver what to avoid."""
    return Reason(code, zh, en, *_CHANGE, hidden=True)


_SHOWN = (
    Reason(
        "being_checked",
        "为保护您的账户，订单正由专人核对",
        "To protect your account, a person is checking this order",
        *_CHANGE,
    ),
    Reason(
        "show_who_you_are",
        "为保护您的账户，请再次验证身份",
        "To protect your account, show once more who you are",
        *_SHOW_WHO,
    ),
    Reason(
        "place_far",
        "下单地点与最近一次使用的地点相距较远",
        "The order comes from far away from where you were last",
        *_SHOW_WHO,
    ),
    Reason(
        "new_device",
        "在未使用过的设备上下单",
        "The order comes from a device that you have not used before",
        *_SHOW_WHO,
    ),
    Reason("unlike_usual", "订单与您以往的订单差别较大", "The order is unlike your earlier ones", *_CHANGE),
    Reason(
        "many_alike",
        "订单中同款商品数量较多",
        "The order holds many of the same article",
        "减少同款商品数量",
        "Order fewer of the same article",
    ),
    Reason(
        "orders_close_together",
        "短时间内下单较多",
        "There were many orders within a short time",
        "稍后再下单",
        "Order again later",
    ),
    Reason("features_missing", "核对所需的部分信息暂未取得", "Some of what the check needs could not be had", *_CHANGE),
)
_HIDDEN = (
    _hidden("device_busy", "同一设备下单频繁", "Many orders come from one device"),
    _hidden("ip_busy", "同一网络地址下单频繁", "Many orders come from one IP address"),
    _hidden("device_shared", "多人共用同一设备", "Several people order from one device"),
    _hidden("address_shared", "多人寄往同一地址", "Several people have goods sent to one address"),
    _hidden("card_shared", "多人共用同一扣款账户", "Several people pay from one account"),
    _hidden("contact_shared", "多人共用同一收货电话", "Several people name one recipient's phone"),
    _hidden("phones_tried", "同一设备尝试多个手机号", "Several phones were tried from one device"),
    _hidden("ring_large", "与多名客户存在强关联", "Strong ties lead to many customers"),
    _hidden(
        "ring_tight",
        "与少数客户关联紧密、往来尚短，且模型评分偏高",
        "Strong ties lead to a few customers, little was ordered before, and the score is raised",
    ),
    _hidden("ring_frozen", "与已冻结的订单存在强关联", "Strong ties lead to frozen orders"),
    _hidden("ring_fraud", "与已确认的欺诈存在强关联", "Strong ties lead to a fraud that was found"),
    _hidden(
        "key_in_fraud",
        "设备、账户、地址或电话曾用于已确认的欺诈",
        "The device, account, address or phone was used in a fraud",
    ),
    _hidden("resale_address", "多人的大额订单寄往同一地址", "Large orders of several people go to one address"),
    _hidden("cash_out_merchant", "商户的订单集中来自少数设备", "A merchant's orders come from few devices"),
    _hidden("takeover", "账户疑似被他人使用", "Somebody else seems to use the account"),
    _hidden("model_high", "模型评分显示风险很高", "The model's score says the risk is high"),
    _hidden("model_raised", "模型评分显示风险偏高", "The model's score says the risk is raised"),
)

SCREENING_REASONS: dict[str, Reason] = {reason.code: reason for reason in (*_SHOWN, *_HIDDEN)}
"""Every reason that a screening rule may give; a code never changes its meaning."""
BEING_CHECKED, SHOW_WHO = SCREENING_REASONS["being_checked"], SCREENING_REASONS["show_who_you_are"]
