"""What the demo's vehicles are called, (zh, en): the label of each `Scenario` in people's words."""

SCENARIOS: dict[str, tuple[str, str]] = {
    "valid": ("合格", "valid"),
    "valid_two_codes": ("合格，两个码", "valid, two codes"),
    "valid_family": ("合格，两人", "valid, two people"),
    "yellow": ("黄码", "yellow code"),
    "forged": ("伪造的码", "forged code"),
    "foreign_signer": ("不明签发机构", "unknown issuer"),
    "expired_code": ("过期的码", "expired code"),
    "unreadable": ("看不清的码", "unreadable code"),
    "other_person": ("他人的证明", "somebody else's"),
    "pay_code": ("收款码", "payment code"),
    "online_code": ("须联网的码", "online code"),
    "red": ("红码", "red code"),
    "expired_test": ("核酸过期", "test too old"),
    "positive": ("核酸阳性", "positive test"),
    "no_test": ("没有核酸", "no test"),
    "fever": ("发热", "fever"),
    "family_expired_test": ("同车一人核酸过期", "one test too old"),
}
