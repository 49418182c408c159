"""Examples for the OpenAPI document: one answer a shape."""

from __future__ import annotations

from typing import Any, Final

ANSWERS: Final[dict[str, dict[str, Any]]] = {
    "IssueAnswer": {
        "number": "A-012",
        "service": "A",
        "secret": "bontang.20261123.A-012.5mM0kq7yVtGxg1o2nN3bTjVh4Ks",
        "link": "https://antrean.example/t/bontang.20261123.A-012.5mM0kq7yVtGxg1o2nN3bTjVh4Ks",
        "position": 7,
        "wait": {"low_min": 15, "high_min": 25, "rough": True},
        "presence": True,
        "seq": 41,
    },
    "CallAnswer": {
        "number": "A-003",
        "counter": "2",
        "rule": "priority",
        "overtook": ["A-001", "A-002"],
        "seq": 42,
    },
    "TicketAnswer": {"number": "A-003", "state": "serving", "counter": "2", "seq": 43},
    "ErasedAnswer": {"number": "A-003", "rows": 1, "live": False},
    "CounterAnswer": {"counter": "2", "state": "open", "returned": [], "seq": 12},
    "DayAnswer": {"day": "open", "intake": True, "unserved": [], "seq": 2},
    "TicketPage": {
        "tickets": [
            {
                "number": "A-020",
                "state": "missed",
                "since": "2026-11-23T01:42:10Z",
                "rejoins_left": 2,
                "can": "yjx",
                "issued_at": "2026-11-23T00:58:03Z",
                "channel": "phone",
            }
        ],
        "count": 1,
        "page": 1,
        "next": None,
        "seq": 812,
    },
    "PlanView": {
        "branch": "bontang",
        "name": "Kantor Cabang Bontang",
        "zone": "Asia/Makassar",
        "plan": "5f1c09ab",
        "services": [{"letter": "A", "name_id": "Klaim JHT", "name_en": "Old-age benefit"}],
        "counters": [{"name": "1", "kind": "desk", "capacity": 1, "groups": [["A"]]}],
        "outcomes": ["served"],
        "pause_reasons": ["break"],
        "call_reasons": [],
    },
}
